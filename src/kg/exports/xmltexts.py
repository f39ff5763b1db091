"""What XML can hold: the network with every text made fit for it."""

import re

import networkx as nx

# All but the characters of XML 1.0: control characters, halves of surrogate pairs, two non-characters.
_NOT_XML_RE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean_text(text: str) -> str:
    """Return *text* with what XML cannot hold replaced by U+FFFD.

    Example:
        >>> clean_text("a" + chr(0) + "b") == "a" + chr(0xFFFD) + "b"
        True
    """
    return _NOT_XML_RE.sub("\ufffd", text)


def clean_network(network: "nx.MultiDiGraph[str]") -> "nx.MultiDiGraph[str]":
    """Return a copy of *network* whose attributes XML can hold."""
    clean: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, attributes in network.nodes(data=True):
        clean.add_node(node, **_clean(attributes))
    for source, target, key, attributes in network.edges(keys=True, data=True):
        clean.add_edge(source, target, key=key, **_clean(attributes))
    return clean


def _clean(attributes: dict[str, object]) -> dict[str, object]:
    return {key: clean_text(value) if isinstance(value, str) else value for key, value in attributes.items()}
