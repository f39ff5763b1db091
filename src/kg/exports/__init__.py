"""The graph in the formats of other programs: Gephi, spreadsheets, the Web.

Each module writes one format and gives the same bytes for the same graph.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg.blocks import Part
from kg.errors import KgError
from kg.graph import KnowledgeGraph
from kg.iris import DEFAULT_BASE

if TYPE_CHECKING:
    import networkx as nx


class Exports:
    """The exports of one graph; what several of them show is made once.

    Each module is imported only when its format is asked for: a command starts quickly.
    """

    def __init__(self, graph: KnowledgeGraph, *, base: str = DEFAULT_BASE) -> None:
        self._graph = graph
        self._base = base

    def write(self, name: str, directory: Path) -> None:
        """Write one export into a folder that exists; the file names are those of ``EXPORT_FILES``.

        Raises:
            KgError: There is no such export.
        """
        if name not in EXPORT_FILES:
            raise KgError(f"export {name!r}: not known; choose from {', '.join(EXPORT_FILES)}")
        _WRITERS[name](self, directory)

    def parts(self, name: str) -> Iterator[Part]:
        """Yield one of the exports in ``IN_BLOCKS`` as parts: the same text, the block of each article apart.

        Example:
            >>> from types import MappingProxyType
            >>> parts = Exports(KnowledgeGraph((), MappingProxyType({}), (), (), ())).parts("ttl")
            >>> {article_id for article_id, _ in parts}
            {None}
        """
        if name == "jsonld":
            from kg.exports.jsonld import jsonld_parts

            return jsonld_parts(self._graph, base=self._base)
        from kg.rdf import trig_parts, turtle_parts

        return (trig_parts if name == "trig" else turtle_parts)(self._graph, base=self._base)

    @cached_property
    def _network(self) -> "nx.MultiDiGraph[str]":
        from kg.network import to_networkx

        return to_networkx(self._graph, base=self._base)

    def _write_ttl(self, directory: Path) -> None:
        from kg.rdf import write_turtle

        write_turtle(self._graph, directory / "graph.ttl", base=self._base)

    def _write_trig(self, directory: Path) -> None:
        from kg.rdf import write_trig

        write_trig(self._graph, directory / "graph.trig", base=self._base)

    def _write_graphml(self, directory: Path) -> None:
        from kg.exports.graphml import write_graphml

        write_graphml(self._graph, directory / "graph.graphml", network=self._network)

    def _write_gexf(self, directory: Path) -> None:
        from kg.exports.gexf import write_gexf

        write_gexf(self._graph, directory / "graph.gexf", network=self._network)

    def _write_jsonld(self, directory: Path) -> None:
        from kg.exports.jsonld import write_jsonld

        write_jsonld(self._graph, directory / "graph.jsonld", base=self._base)

    def _write_csv(self, directory: Path) -> None:
        from kg.exports.spreadsheets import write_edges, write_nodes

        write_nodes(self._graph, directory / "nodes.csv", network=self._network)
        write_edges(self._graph, directory / "edges.csv")


def write_export(
    graph: KnowledgeGraph, directory: Path | str, name: str, *, base: str = DEFAULT_BASE
) -> None:
    """Write one export into a folder that exists; the file names are those of ``EXPORT_FILES``.

    Raises:
        KgError: There is no such export.

    Example:
        >>> from types import MappingProxyType
        >>> write_export(KnowledgeGraph((), MappingProxyType({}), (), (), ()), ".", "xlsx")
        Traceback (most recent call last):
        ...
        kg.errors.KgError: export 'xlsx': not known; choose from ttl, trig, graphml, gexf, jsonld, csv
    """
    Exports(graph, base=base).write(name, Path(directory))


_WRITERS: Mapping[str, Callable[[Exports, Path], None]] = MappingProxyType(
    {
        "ttl": Exports._write_ttl,
        "trig": Exports._write_trig,
        "graphml": Exports._write_graphml,
        "gexf": Exports._write_gexf,
        "jsonld": Exports._write_jsonld,
        "csv": Exports._write_csv,
    }
)
EXPORT_FILES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ttl": ("graph.ttl",),
        "trig": ("graph.trig",),
        "graphml": ("graph.graphml",),
        "gexf": ("graph.gexf",),
        "jsonld": ("graph.jsonld",),
        "csv": ("nodes.csv", "edges.csv"),
    }
)
IN_BLOCKS = ("ttl", "trig", "jsonld")
"""Exports that have a block for each article."""
