"""The graph as RDF: an rdflib data set, Turtle and TriG.

All three say the same, by the contract in ``docs/model.md``: one named graph for each article,
everything else in the default graph, no blank nodes, no clock. Turtle is the union of the graphs.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from rdflib import Dataset, Graph, URIRef
from rdflib import Literal as RdflibLiteral
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.term import Node

from kg.blocks import Part, digest_block
from kg.errors import KgError
from kg.graph import KnowledgeGraph
from kg.iris import DEFAULT_BASE
from kg.rdf.corpora import describe_dataset
from kg.rdf.descriptions import Describer
from kg.rdf.minting import Minter
from kg.rdf.names import KG, prefixes
from kg.rdf.quads import write_quads
from kg.rdf.terms import Description, Term
from kg.rdf.turtle import TurtleWriter

_BASE_RE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>\"{}|^`\\]+[/#]")


def to_rdf(graph: KnowledgeGraph, *, base: str = DEFAULT_BASE) -> Dataset:
    """Return the graph as an rdflib data set whose default graph is the union of all.

    Example:
        >>> from types import MappingProxyType
        >>> empty = KnowledgeGraph((), MappingProxyType({}), (), (), ())
        >>> sorted({str(s) for s, _, _, _ in to_rdf(empty).quads()})
        ['https://w3id.org/zhengtu/id/dataset']
    """
    dataset = Dataset(default_union=True)
    _bind(dataset, base)
    for name, _, descriptions in _graphs(graph, base):
        target = dataset.graph(DATASET_DEFAULT_GRAPH_ID if name is None else URIRef(name))
        dataset.addN((s, p, o, target) for s, p, o in _rdflib_triples(descriptions))
    return dataset


def to_rdf_graph(graph: KnowledgeGraph, *, base: str = DEFAULT_BASE) -> Graph:
    """Return the same knowledge as one rdflib graph, as ``graph.ttl`` holds it."""
    union = Graph()
    _bind(union, base)
    for triple in _rdflib_triples(_union(graph, base)):
        union.add(triple)
    return union


def write_turtle(graph: KnowledgeGraph, path: Path | str, *, base: str = DEFAULT_BASE) -> None:
    """Write the graph as Turtle in UTF-8; the same graph gives the same bytes."""
    _write(path, turtle_chunks(graph, base=base))


def write_trig(graph: KnowledgeGraph, path: Path | str, *, base: str = DEFAULT_BASE) -> None:
    """Write the graph as TriG in UTF-8, one named graph for each article."""
    _write(path, trig_chunks(graph, base=base))


def turtle_chunks(graph: KnowledgeGraph, *, base: str = DEFAULT_BASE) -> Iterator[str]:
    """Yield the text of the Turtle export piece by piece."""
    return _chunks(turtle_parts(graph, base=base))


def trig_chunks(graph: KnowledgeGraph, *, base: str = DEFAULT_BASE) -> Iterator[str]:
    """Yield the text of the TriG export piece by piece."""
    return _chunks(trig_parts(graph, base=base))


def turtle_parts(graph: KnowledgeGraph, *, base: str = DEFAULT_BASE) -> Iterator[Part]:
    """Yield the Turtle export in blocks; that of an article depends on what :func:`article_keys` tells."""
    check_base(base)
    writer = TurtleWriter(prefixes(base))
    describer = Describer(graph, base)
    yield None, iter([writer.header()])
    yield None, writer.write(describer.describe_corpus())
    yield None, writer.write(describer.describe_relations())
    for article in describer.articles:
        yield article.id, writer.write(describer.describe_article(article))


def trig_parts(graph: KnowledgeGraph, *, base: str = DEFAULT_BASE) -> Iterator[Part]:
    """Yield the TriG export in blocks; that of an article depends on what :func:`article_keys` tells."""
    check_base(base)
    writer = TurtleWriter(prefixes(base))
    yield None, iter([writer.header()])
    for name, article_id, descriptions in _graphs(graph, base):
        if name is None:
            yield None, writer.write(descriptions)
        else:
            writer.forget()
            yield article_id, writer.write_graph(name, descriptions)


def article_keys(graph: KnowledgeGraph, packed: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return what tells whether an article's block is as it was: a digest of all it depends on but the base.

    That are its facts, given *packed* by its id, and what its description takes from the corpus. Corrections
    are not among it.
    """
    describer = Describer(graph, DEFAULT_BASE)
    return {
        article.id: digest_block(packed[article.id], *map(str.encode, describer.context(article)))
        for article in describer.articles
    }


def quad_parts(graph: KnowledgeGraph, *, base: str = DEFAULT_BASE) -> Iterator[Part]:
    """Yield as N-Quads, in blocks, what articles and their files bring, not what their corpus has in common.

    Graphs of parts of a corpus give together what the graph of the whole gives.
    """
    check_base(base)
    describer = Describer(graph, base)
    yield None, iter(["".join(write_quads(describer.describe_doubts()))])
    for article in describer.articles:
        yield article.id, write_quads(_chain(describer, article.id), describer.mint.iri(article.id))


def name_quads(graph: KnowledgeGraph, *, base: str = DEFAULT_BASE) -> Iterator[str]:
    """Yield as N-Quads the entities of the graph and who wrote and published its articles."""
    check_base(base)
    yield from write_quads(Describer(graph, base).describe_names())


def dataset_quads(graph: KnowledgeGraph, *, base: str = DEFAULT_BASE) -> Iterator[str]:
    """Yield as N-Quads what is said of the data set, and the doubts that belong to no article."""
    check_base(base)
    yield from write_quads([describe_dataset(graph, Minter(base))])
    yield from write_quads(Describer(graph, base).describe_doubts())


def check_base(base: str) -> None:
    """Check that IRIs can be made by adding an id to *base*.

    Raises:
        KgError: It is no absolute IRI that ends in ``/`` or ``#``.

    Example:
        >>> check_base("example.org")
        Traceback (most recent call last):
        ...
        kg.errors.KgError: base IRI 'example.org': must be absolute and end in / or #, such as https://example.org/id/
    """
    if not _BASE_RE.fullmatch(base):
        raise KgError(
            f"base IRI {base!r}: must be absolute and end in / or #, such as https://example.org/id/"
        )


def _graphs(
    graph: KnowledgeGraph, base: str
) -> Iterator[tuple[str | None, str | None, Iterator[Description]]]:
    """Yield the default graph, then that of each article: its name, the article, what it says."""
    check_base(base)
    describer = Describer(graph, base)
    yield None, None, describer.describe_corpus()
    for article in describer.articles:
        yield describer.mint.iri(article.id), article.id, _chain(describer, article.id)


def _chunks(parts: Iterator[Part]) -> Iterator[str]:
    return chain.from_iterable(texts for _, texts in parts)


def _chain(describer: Describer, article_id: str) -> Iterator[Description]:
    article = describer.graph.article(article_id)
    yield from describer.describe_article(article)
    yield from describer.describe_relations(article)


def _union(graph: KnowledgeGraph, base: str) -> Iterator[Description]:
    check_base(base)
    describer = Describer(graph, base)
    yield from describer.describe_corpus()
    yield from describer.describe_relations()
    for article in describer.articles:
        yield from describer.describe_article(article)


def _rdflib_triples(descriptions: Iterator[Description]) -> Iterator[tuple[URIRef, URIRef, Node]]:
    names: dict[str, URIRef] = {}

    def iri(text: str) -> URIRef:
        found = names.get(text)
        if found is None:
            found = names[text] = URIRef(text)
        return found

    def term(value: Term) -> Node:
        if isinstance(value, str):
            return iri(value)
        datatype = None if value.datatype is None else iri(value.datatype)
        return RdflibLiteral(value.text, lang=value.language, datatype=datatype, normalize=False)

    for subject, facts in descriptions:
        for predicate, value in facts:
            yield iri(subject), iri(predicate), term(value)


def _bind(graph: Graph, base: str) -> None:
    for prefix, namespace in prefixes(base).items():
        graph.bind(prefix, namespace, replace=True)


def _write(path: Path | str, chunks: Iterator[str]) -> None:
    with Path(path).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(chunks)


__all__ = [
    "KG",
    "article_keys",
    "check_base",
    "dataset_quads",
    "name_quads",
    "prefixes",
    "quad_parts",
    "to_rdf",
    "to_rdf_graph",
    "trig_chunks",
    "trig_parts",
    "turtle_chunks",
    "turtle_parts",
    "write_trig",
    "write_turtle",
]
