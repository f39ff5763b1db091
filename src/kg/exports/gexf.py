"""GEXF, the own format of Gephi.

Written line by line, and without the clock: networkx, whose writer holds a tree of all of it, takes several
times as long and writes today's date.
"""

from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path

import networkx as nx

from kg.exports.xmltexts import column_types, escape_value
from kg.graph import KnowledgeGraph
from kg.iris import DEFAULT_BASE
from kg.network import Attribute, to_networkx

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://www.gexf.net/1.2draft http://www.gexf.net/1.2draft/gexf.xsd" version="1.2">
<meta><creator>zhengtu</creator></meta>
<graph defaultedgetype="directed" mode="static" name="">
"""
# These have a place of their own in GEXF; all others are values of declared attributes.
_OF_NODES = frozenset(("label",))
_OF_EDGES = frozenset(("id", "label", "weight"))
_KEY = "networkx_key"  # by which networkx tells parallel edges apart when it reads them back


def write_gexf(
    graph: KnowledgeGraph,
    path: Path | str,
    *,
    base: str = DEFAULT_BASE,
    network: "nx.MultiDiGraph[str] | None" = None,
) -> None:
    """Write the network as GEXF 1.2; edge thickness follows the number of statements.

    *network* is that of the graph, where it is at hand.
    """
    with Path(path).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_lines(to_networkx(graph, base=base) if network is None else network))


def _lines(network: "nx.MultiDiGraph[str]") -> Iterator[str]:
    yield _HEAD
    numbers = count()
    of_nodes = _number(column_types(row for _, row in network.nodes(data=True)), _OF_NODES, numbers)
    columns = column_types(row for _, _, row in network.edges(data=True))
    of_edges = _number(columns | {_KEY: "string"}, _OF_EDGES, numbers)
    yield from _declare("node", of_nodes)
    yield from _declare("edge", of_edges)
    yield "<nodes>\n"
    for node, attributes in network.nodes(data=True):
        label = escape_value(attributes["label"])
        yield f'<node id="{escape_value(node)}" label="{label}">\n{_values(attributes, of_nodes)}</node>\n'
    yield "</nodes>\n<edges>\n"
    for source, target, key, attributes in network.edges(keys=True, data=True):
        ends = f'source="{escape_value(source)}" target="{escape_value(target)}"'
        own = " ".join(f'{name}="{escape_value(attributes[name])}"' for name in sorted(_OF_EDGES))
        yield f"<edge {ends} {own}>\n{_values(attributes | {_KEY: key}, of_edges)}</edge>\n"
    yield "</edges>\n</graph>\n</gexf>\n"


def _number(
    types: Mapping[str, str], but: frozenset[str], numbers: Iterator[int]
) -> dict[str, tuple[int, str]]:
    """Return the attributes to declare with their numbers and types."""
    return {name: (next(numbers), type_) for name, type_ in types.items() if name not in but}


def _declare(kind: str, columns: Mapping[str, tuple[int, str]]) -> Iterator[str]:
    yield f'<attributes mode="static" class="{kind}">\n'
    for name, (number, type_) in columns.items():
        yield f'<attribute id="{number}" title="{name}" type="{type_}"/>\n'
    yield "</attributes>\n"


def _values(attributes: Mapping[str, Attribute], columns: Mapping[str, tuple[int, str]]) -> str:
    values = "".join(
        f'<attvalue for="{number}" value="{escape_value(attributes[name])}"/>'
        for name, (number, _) in columns.items()
    )
    return f"<attvalues>{values}</attvalues>\n"
