"""The graph in the formats of other programs: Gephi, spreadsheets, the Web.

Each module writes one format and gives the same bytes for the same graph.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from kg.blocks import Part
from kg.errors import KgError
from kg.graph import KnowledgeGraph
from kg.iris import DEFAULT_BASE

Writer = Callable[[KnowledgeGraph, Path, str], None]


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
    if name not in EXPORT_FILES:
        raise KgError(f"export {name!r}: not known; choose from {', '.join(EXPORT_FILES)}")
    _WRITERS[name](graph, Path(directory), base)


def export_parts(graph: KnowledgeGraph, name: str, *, base: str = DEFAULT_BASE) -> Iterator[Part]:
    """Yield one of the exports in ``IN_BLOCKS`` as parts: the same text, the block of each article apart.

    Example:
        >>> from types import MappingProxyType
        >>> parts = export_parts(KnowledgeGraph((), MappingProxyType({}), (), (), ()), "ttl")
        >>> {article_id for article_id, _ in parts}
        {None}
    """
    if name == "jsonld":
        from kg.exports.jsonld import jsonld_parts

        return jsonld_parts(graph, base=base)
    from kg.rdf import trig_parts, turtle_parts

    return trig_parts(graph, base=base) if name == "trig" else turtle_parts(graph, base=base)


def _write_ttl(graph: KnowledgeGraph, directory: Path, base: str) -> None:
    from kg.rdf import write_turtle

    write_turtle(graph, directory / "graph.ttl", base=base)


def _write_trig(graph: KnowledgeGraph, directory: Path, base: str) -> None:
    from kg.rdf import write_trig

    write_trig(graph, directory / "graph.trig", base=base)


def _write_graphml(graph: KnowledgeGraph, directory: Path, base: str) -> None:
    from kg.exports.graphml import write_graphml

    write_graphml(graph, directory / "graph.graphml", base=base)


def _write_gexf(graph: KnowledgeGraph, directory: Path, base: str) -> None:
    from kg.exports.gexf import write_gexf

    write_gexf(graph, directory / "graph.gexf", base=base)


def _write_jsonld(graph: KnowledgeGraph, directory: Path, base: str) -> None:
    from kg.exports.jsonld import write_jsonld

    write_jsonld(graph, directory / "graph.jsonld", base=base)


def _write_csv(graph: KnowledgeGraph, directory: Path, base: str) -> None:
    from kg.exports.spreadsheets import write_edges, write_nodes

    write_nodes(graph, directory / "nodes.csv", base=base)
    write_edges(graph, directory / "edges.csv")


# Each export is imported only when it is asked for: a command starts quickly.
_WRITERS: Mapping[str, Writer] = MappingProxyType(
    {
        "ttl": _write_ttl,
        "trig": _write_trig,
        "graphml": _write_graphml,
        "gexf": _write_gexf,
        "jsonld": _write_jsonld,
        "csv": _write_csv,
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
