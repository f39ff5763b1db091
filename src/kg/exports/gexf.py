"""GEXF, the own format of Gephi."""

import re
from pathlib import Path

import networkx as nx

from kg.exports.xmltexts import clean_network
from kg.graph import KnowledgeGraph
from kg.iris import DEFAULT_BASE
from kg.network import to_networkx

# networkx writes today's date and its own version; the same graph must give the same bytes.
_CLOCK_RE = re.compile(r' lastmodifieddate="[^"]*"')
_CREATOR_RE = re.compile(r"<creator>[^<]*</creator>")


def write_gexf(graph: KnowledgeGraph, path: Path | str, *, base: str = DEFAULT_BASE) -> None:
    """Write the network as GEXF 1.2; edge thickness follows the number of statements."""
    network = clean_network(to_networkx(graph, base=base))
    text = "\n".join(nx.generate_gexf(network, version="1.2draft"))
    head, meta, rest = text.partition("</meta>")
    head = _CREATOR_RE.sub("<creator>zhengtu</creator>", _CLOCK_RE.sub("", head))
    with Path(path).open("w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file.write(f"{head}{meta}{rest}\n")
