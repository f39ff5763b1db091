"""What XML can hold, and how: every text made fit for it, every attribute of the network with its type."""

import re
from collections.abc import Iterable, Mapping
from itertools import islice

from kg.network import Attribute

# All but the characters of XML 1.0: control characters, halves of surrogate pairs, two non-characters.
_NOT_XML = "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_NOT_XML_RE = re.compile(_NOT_XML)
_SPECIAL_RE = re.compile(f'[&<>"\t\n\r]|{_NOT_XML}')
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_TYPES = {str: "string", int: "long", float: "double", bool: "boolean"}


def clean_text(text: str) -> str:
    """Return *text* with what XML cannot hold replaced by U+FFFD.

    Example:
        >>> clean_text("a" + chr(0) + "b") == "a" + chr(0xFFFD) + "b"
        True
    """
    return _NOT_XML_RE.sub("\ufffd", text)


def escape_value(value: Attribute) -> str:
    """Return a value as it stands in an attribute or between tags, cleaned.

    Example:
        >>> escape_value('<"新质">'), escape_value(True), escape_value(0.5)
        ('&lt;&quot;新质&quot;&gt;', 'true', '0.5')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    return _SPECIAL_RE.sub(_escape, value) if isinstance(value, str) else str(value)


def column_types(rows: Iterable[Mapping[str, Attribute]]) -> dict[str, str]:
    """Return the names of attributes with their types; all rows have those of the first.

    Example:
        >>> column_types([{"weight": 1, "disputed": False}])
        {'weight': 'long', 'disputed': 'boolean'}
    """
    return {name: _TYPES[type(value)] for row in islice(rows, 1) for name, value in row.items()}


def _escape(match: re.Match[str]) -> str:
    return _NAMED.get(match.group(), "\ufffd")
