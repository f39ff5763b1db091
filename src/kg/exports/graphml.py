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
    with Path(path).open("wb") as file:
        # The writer upon lxml lays down one element after the other; the other one holds them all.
        # Edge keys repeat (every "promotes"); readers want ids that do not.
        nx.write_graphml_lxml(network, file, edge_id_from_attribute="id")
