"""GraphML, for Gephi, yEd, Cytoscape and igraph."""

from pathlib import Path

import networkx as nx

from kg.exports.xmltexts import clean_network
from kg.graph import KnowledgeGraph
from kg.iris import DEFAULT_BASE
from kg.network import to_networkx


def write_graphml(graph: KnowledgeGraph, path: Path | str, *, base: str = DEFAULT_BASE) -> None:
    """Write the network as GraphML; attributes keep their names and types."""
    network = clean_network(to_networkx(graph, base=base))
    # Edge keys repeat (every "promotes"); readers want ids that do not.
    lines = nx.generate_graphml(network, edge_id_from_attribute="id")
    with Path(path).open("w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file.writelines(f"{line}\n" for line in lines)
