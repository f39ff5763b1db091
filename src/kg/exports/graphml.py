"""GraphML, for Gephi, yEd, Cytoscape and igraph.

Written line by line: networkx, whose writer holds a tree of all of it, takes several times as long.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import networkx as nx

from kg.exports.xmltexts import column_types, escape_value
from kg.graph import KnowledgeGraph
from kg.iris import DEFAULT_BASE
from kg.network import Attribute, to_networkx

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def write_graphml(
    graph: KnowledgeGraph,
    path: Path | str,
    *,
    base: str = DEFAULT_BASE,
    network: "nx.MultiDiGraph[str] | None" = None,
) -> None:
    """Write the network as GraphML; attributes keep their names and types.

    *network* is that of the graph, where it is at hand.
    """
    with Path(path).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_lines(to_networkx(graph, base=base) if network is None else network))


def _lines(network: "nx.MultiDiGraph[str]") -> Iterator[str]:
    yield _HEAD
    names: dict[tuple[str, str], str] = {}
    for kind, rows in (
        ("node", (row for _, row in network.nodes(data=True))),
        ("edge", (row for _, _, row in network.edges(data=True))),
    ):
        for name, type_ in column_types(rows).items():
            key = names[kind, name] = f"d{len(names)}"
            yield f'<key id="{key}" for="{kind}" attr.name="{name}" attr.type="{type_}"/>\n'
    yield '<graph edgedefault="directed">\n'
    for node, attributes in network.nodes(data=True):
        yield f'<node id="{escape_value(node)}">\n{_data("node", attributes, names)}</node>\n'
    for source, target, attributes in network.edges(data=True):
        # Edge keys repeat (every "promotes"); readers want ids that do not.
        ends = f'source="{escape_value(source)}" target="{escape_value(target)}"'
        edge_id = escape_value(attributes["id"])
        yield f'<edge {ends} id="{edge_id}">\n{_data("edge", attributes, names)}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _data(kind: str, attributes: Mapping[str, Attribute], names: Mapping[tuple[str, str], str]) -> str:
    return "".join(
        f'  <data key="{names[kind, name]}">{escape_value(value)}</data>\n'
        for name, value in attributes.items()
    )
