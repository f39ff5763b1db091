"""Questions to a graph: SPARQL 1.1 through Oxigraph, over a graph in memory, a folder or a file.

Prefixes need not be typed, named graphs need not be named: a query sees the union of all articles.
Nothing is changed and nothing is fetched.
"""

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any

import pyoxigraph as ox

from kg.errors import KgError
from kg.graph import KnowledgeGraph
from kg.iris import DEFAULT_BASE
from kg.paths import check_file
from kg.rdf import prefixes, trig_chunks
from kg.store.answers import FORMATS, Answer, read_answer, write_answer
from kg.store.disks import (
    MOST_REPLACED,
    STORE,
    changed_quads,
    has_stamp,
    is_store,
    open_disk,
    read_chunks,
    stamp_store,
    update_store,
    with_union,
    write_store,
    write_store_of,
)
from kg.store.guards import RefusedError, check_query, explain_syntax_error, find_graph_names
from kg.store.questions import (
    Parameter,
    Question,
    find_question,
    is_question_name,
    named_questions,
    parse_question,
    read_question,
)

# In a folder the first of these is read; TriG also tells which article says what.
GRAPH_FILES = ("graph.trig", "graph.ttl")
_FIND_BASE = "SELECT ?dataset { ?dataset a kg:Dataset }"
_FIND_NAMED = (
    "SELECT DISTINCT ?node { VALUES ?name { %s } ?node skos:prefLabel|skos:altLabel|dcterms:title ?name }"
)
_ALL_NAMES = "SELECT DISTINCT ?name { ?node skos:prefLabel|skos:altLabel ?name }"
_LANGUAGES = ("", "zh", "en")
_QUESTION_FILES = (".rq", ".sparql")
_TERM_RE = re.compile(r"kg:[A-Za-z]+")


class GraphStore:
    """A graph that answers questions; made by :func:`open_store`."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self.base = DEFAULT_BASE
        self.prefixes: Mapping[str, str] = MappingProxyType(prefixes(DEFAULT_BASE))
        for (dataset,) in self._ask(_FIND_BASE):
            if isinstance(dataset, str) and dataset.endswith("dataset"):
                self.base = dataset.removesuffix("dataset")
                self.prefixes = MappingProxyType(prefixes(self.base))

    def __len__(self) -> int:
        return sum(1 for _ in self.triples())

    def triples(self) -> Iterator[ox.Quad]:
        """Yield every triple of the graph once."""
        return self._store.quads_for_pattern(None, None, None, ox.DefaultGraph())

    def query(self, question: str, *, params: Mapping[str, str] | None = None) -> Answer:
        """Answer SPARQL, the question of this name, or that of ``@file.rq``.

        Raises:
            KgError: The question is unknown, not valid, would change data, or has no such parameter.
        """
        asked, origin = _read(question)
        text = asked.bind(self._terms(asked, params or {}))
        check_query(text, origin)
        try:
            return self._ask(text)
        except SyntaxError as error:
            raise explain_syntax_error(error, text, origin, self.prefixes) from error

    def write(
        self,
        text: str,
        output: IO[bytes],
        *,
        choose: Callable[[Sequence[str]], str],
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> str:
        """Write the answer to SPARQL as it comes, and return its media type.

        *choose* gets the media types that this kind of answer can have and returns one, or raises.
        The graphs, if any, take the place of those that the query names.

        Raises:
            RefusedError: The query would change data or call another machine.
            KgError: It is not valid, or names a graph that is not here.
        """
        check_query(text, "query")
        for iri in find_graph_names(text):
            self._graph(iri)
        data: dict[str, Any] = {}
        if default_graphs or named_graphs:  # one kind without the other means none of the other
            data["default_graph"] = [self._graph(iri) for iri in default_graphs]
            data["named_graphs"] = [self._graph(iri) for iri in named_graphs]
        try:
            results = self._store.query(text, prefixes=dict(self.prefixes), **data)
        except SyntaxError as error:
            raise explain_syntax_error(error, text, "query", self.prefixes) from error
        return write_answer(results, output, choose, self.prefixes)

    def _graph(self, iri: str) -> ox.NamedNode:
        try:
            graph = ox.NamedNode(iri)
        except ValueError as error:
            raise KgError(f"query: graph {iri!r} is no absolute IRI") from error
        if not self._store.contains_named_graph(graph):
            raise KgError(f"query: no graph <{iri}> is here, and none is fetched from elsewhere")
        return graph

    def _ask(self, text: str) -> Answer:
        results = self._store.query(text, prefixes=dict(self.prefixes))
        return read_answer(results, self.prefixes)

    def _terms(self, question: Question, params: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
        known = {parameter.name: parameter for parameter in question.parameters}
        for name in params:
            if name not in known:
                offered = ", ".join(known) or "none"
                raise KgError(f"query {question.name!r}: no parameter {name!r}; it takes: {offered}")
        return {known[name].variable: self._find(value) for name, value in params.items()}

    def _find(self, name: str) -> tuple[str, ...]:
        """Return what bears the name, as SPARQL writes it."""
        if _TERM_RE.fullmatch(name):
            return (name,)
        literals = " ".join(str(ox.Literal(name, language=tag or None)) for tag in _LANGUAGES)
        found = sorted(str(node) for (node,) in self._ask(_FIND_NAMED % literals))
        if not found:
            raise KgError(f"query: nothing in the graph is called {name!r}{self._guess(name)}")
        return tuple(str(ox.NamedNode(iri)) for iri in found)

    def _guess(self, name: str) -> str:
        names = sorted(str(label) for (label,) in self._ask(_ALL_NAMES))
        inside = sorted((label for label in names if name in label or label in name), key=len)
        close = inside[:1] or difflib.get_close_matches(name, names, n=1, cutoff=0.4)
        return f"; did you mean {close[0]!r}?" if close else "; check the name"


def open_store(source: KnowledgeGraph | GraphStore | str | Path, *, in_memory: bool = False) -> GraphStore:
    """Load a graph from memory, from the folder of a build, or from an RDF file, to ask it many questions.

    Where the build has left a store on disk, that is opened and nothing is loaded, unless all of it shall
    be *in_memory*.

    Raises:
        KgError: There is no graph to read.
    """
    if isinstance(source, GraphStore):
        return source
    if isinstance(source, KnowledgeGraph):
        store = ox.Store()
        trig = read_chunks(trig_chunks(source))
        store.bulk_extend(with_union(ox.parse(trig, format=ox.RdfFormat.TRIG)))
        return GraphStore(store)
    path = _graph_path(Path(source), in_memory=in_memory)
    if not is_store(path):
        return GraphStore(_load_file(path))
    try:
        disk = open_disk(path)
    except KgError:
        files = [path.parent / name for name in GRAPH_FILES if (path.parent / name).is_file()]
        if path.name != STORE or not files:
            raise
        return GraphStore(_load_file(files[0]))  # which hold the same
    if in_memory:
        store = ox.Store()
        store.bulk_extend(disk)
        return GraphStore(store)
    return GraphStore(disk)


def _load_file(path: Path) -> ox.Store:
    store = ox.Store()
    format_ = ox.RdfFormat.from_extension(path.suffix.removeprefix("."))
    if format_ is None:
        raise KgError(f"{path}: not an RDF file by its name; expected .trig, .ttl, .nq, .nt, .jsonld or .rdf")
    try:
        store.bulk_extend(with_union(ox.parse(path=str(path), format=format_)))
    except SyntaxError as error:
        raise KgError(
            f"{path}:{error.lineno or 1}: not valid RDF: {' '.join(str(error.msg).split())}"
        ) from error
    except (OSError, ValueError) as error:
        raise KgError(f"{path}: cannot be read: {error}") from error
    return store


def iri_term(iri: str) -> str:
    """Return an IRI as a query has it; what could end it early is refused.

    Raises:
        KgError: It is no absolute IRI.

    Example:
        >>> iri_term("https://example.org/江苏")
        '<https://example.org/江苏>'
        >>> iri_term("https://example.org/> ?s ?p ?o")
        Traceback (most recent call last):
        ...
        kg.errors.KgError: 'https://example.org/> ?s ?p ?o' is no absolute IRI
    """
    try:
        return str(ox.NamedNode(iri))
    except ValueError as error:
        raise KgError(f"{iri!r} is no absolute IRI") from error


def query(
    source: KnowledgeGraph | GraphStore | str | Path,
    question: str,
    *,
    params: Mapping[str, str] | None = None,
) -> Answer:
    """Answer a question about a graph.

    Args:
        source: A graph, the folder of a build, an RDF file, or an opened store.
        question: SPARQL, the name of a question that ships with the package, or ``@file.rq``.
        params: Names that narrow a named question down.

    Raises:
        KgError: The source or the question is not usable; the message says why.

    Example:
        >>> from types import MappingProxyType
        >>> empty = KnowledgeGraph((), MappingProxyType({}), (), (), ())
        >>> query(empty, "SELECT ?version { ?dataset kg:toolVersion ?version }").rows
        (('0.1.0',),)
        >>> query(empty, "ASK { ?x a kg:Article }").truth
        False
    """
    return open_store(source).query(question, params=params)


def _read(question: str) -> tuple[Question, str]:
    """Return what is asked and how an error calls it."""
    if question.startswith("@"):
        path = Path(question[1:])
        return read_question(path), str(path)
    if is_question_name(question.strip()):
        found = find_question(question.strip())
        return found, f"query {found.name}"
    name = question.strip()
    if name.endswith(_QUESTION_FILES):
        raise KgError(f"query: {name} names a file; write @{name} to ask what it holds")
    return parse_question("query", question), "query"


def _graph_path(path: Path, *, in_memory: bool) -> Path:
    """Return the file or store to read; who wants all of it in memory is served sooner by a file."""
    if is_store(path):
        return path
    if path.is_dir():
        names = (*GRAPH_FILES, STORE) if in_memory else (STORE, *GRAPH_FILES)
        for name in names:
            if (path / name).is_file() or is_store(path / name):
                return path / name
        raise KgError(
            f"{path}: holds no graph ({' or '.join(GRAPH_FILES)}); build one with 'kg build INPUT -o {path}'"
        )
    check_file(path)
    if not path.exists():
        raise KgError(f"{path}: no such file or folder; give the folder of a build or an RDF file")
    return path


__all__ = [
    "FORMATS",
    "GRAPH_FILES",
    "MOST_REPLACED",
    "STORE",
    "Answer",
    "GraphStore",
    "Parameter",
    "Question",
    "RefusedError",
    "changed_quads",
    "find_question",
    "has_stamp",
    "iri_term",
    "named_questions",
    "open_store",
    "query",
    "stamp_store",
    "update_store",
    "write_store",
    "write_store_of",
]
