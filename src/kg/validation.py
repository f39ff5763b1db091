"""Whether a graph keeps the contract: ``ontology/shapes.ttl`` asked of the graph or of its export.

Shapes of single things are checked by pySHACL on an rdflib graph in memory. The laws of the whole
graph (offsets, plain triples and their statements) are SPARQL in the same file and are asked of
Oxigraph, because rdflib takes minutes for what it answers in a second.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyshacl
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

from kg.errors import KgError
from kg.graph import KnowledgeGraph
from kg.resources import resource_path
from kg.store import GraphStore, open_store

_SH = Namespace("http://www.w3.org/ns/shacl#")
_SHAPES = "https://w3id.org/zhengtu/shapes#"
_N_SHOWN = 20  # faults of one kind are alike; the report of a thousand must stay readable


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that does not keep a shape; ``is_warning`` tells what is unusual from what is wrong."""

    is_warning: bool
    shape: str
    node: str
    path: str
    message: str

    def __str__(self) -> str:
        where = f" {self.path}" if self.path else ""
        return f"{'warning' if self.is_warning else 'fault'}: {self.node}{where}: {self.message}"


@dataclass(frozen=True, slots=True)
class Report:
    """What validation found, faults before warnings, in a stable order."""

    faults: tuple[Fault, ...]
    n_triples: int

    @property
    def conforms(self) -> bool:
        """Tell whether the graph is without fault; warnings may remain."""
        return all(fault.is_warning for fault in self.faults)

    def to_text(self) -> str:
        """Return the report as lines, the last of which sums it up."""
        lines = [str(fault) for fault in self.faults[:_N_SHOWN]]
        if len(self.faults) > _N_SHOWN:
            lines.append(f"… and {len(self.faults) - _N_SHOWN} more")
        n_warnings = sum(fault.is_warning for fault in self.faults)
        n_faults = len(self.faults) - n_warnings
        verdict = "conforms" if self.conforms else "does not conform"
        lines.append(f"{self.n_triples} triples: {verdict}; {n_faults} faults, {n_warnings} warnings")
        return "\n".join(lines)


def validate(source: KnowledgeGraph | GraphStore | str | Path) -> Report:
    """Check a graph, the folder of a build or an RDF file against the shapes.

    Raises:
        KgError: There is no graph to read.

    Example:
        >>> from types import MappingProxyType
        >>> empty = KnowledgeGraph((), MappingProxyType({}), (), (), ())
        >>> validate(empty).conforms
        True
    """
    store = open_store(source)
    data = _to_rdflib(store)
    n_triples = len(data)
    if not n_triples:
        raise KgError(f"{source}: holds no triple; nothing to validate")
    shapes, laws = _shapes()
    faults = [*_check_shapes(data, shapes), *_check_laws(store, laws)]
    return Report(tuple(sorted(set(faults))), n_triples)


@cache
def _shapes() -> tuple[Graph, tuple[tuple[str, str, str], ...]]:
    """Return the shapes for pySHACL, and the laws as name, SPARQL and message."""
    shapes = Graph().parse(resource_path("shapes.ttl"))
    laws = tuple(
        sorted(
            (
                str(law).removeprefix(_SHAPES),
                str(shapes.value(law, _SH.select)),
                str(shapes.value(law, _SH.message)),
            )
            for law in shapes.objects(None, _SH.sparql)
        )
    )
    shapes.remove((None, _SH.sparql, None))
    return shapes, laws


@cache
def _ontology() -> Graph:
    return Graph().parse(resource_path("kg.ttl"))


def _check_shapes(data: Graph, shapes: Graph) -> Iterator[Fault]:
    _conforms, results, _text = pyshacl.validate(
        data, shacl_graph=shapes, ont_graph=_ontology(), inplace=True, allow_warnings=True
    )
    if not isinstance(results, Graph):
        raise KgError(f"validation: pySHACL failed: {results}")
    for result in results.subjects(RDF.type, _SH.ValidationResult):
        value = results.value(result, _SH.value)
        message = str(results.value(result, _SH.resultMessage))
        path = results.value(result, _SH.resultPath)
        shape = results.value(result, _SH.sourceShape)
        yield Fault(
            is_warning=results.value(result, _SH.resultSeverity) == _SH.Warning,
            shape=_short(shape) if isinstance(shape, URIRef) else "",
            node=_short(results.value(result, _SH.focusNode)),
            path=_short(path) if isinstance(path, URIRef) else "",
            message=message if value is None or path is None else f"{message}; found {_short(value)}",
        )


def _check_laws(store: GraphStore, laws: Iterable[tuple[str, str, str]]) -> Iterator[Fault]:
    for name, text, message in laws:
        answer = store.query(text)
        column = answer.variables.index("value")
        for row in answer:
            yield Fault(False, name, str(row[column]), "", message)


def _short(node: Node | None) -> str:
    text = str(node)
    return text.rsplit("#", 1)[-1] if isinstance(node, URIRef) and "#" in text else text[:80]


def _to_rdflib(store: GraphStore) -> Graph:
    graph = Graph()
    for quad in store.triples():
        graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return graph


def _term(term: object) -> Node:
    """Return Oxigraph's term as rdflib's; blank nodes, which no export has, become IRIs to be told by."""
    language, datatype = getattr(term, "language", None), getattr(term, "datatype", None)
    value = str(getattr(term, "value", term))
    if datatype is None:
        return URIRef(value)
    if language is not None:
        return Literal(value, lang=language)
    return Literal(value, datatype=URIRef(datatype.value), normalize=False)
