"""Turtle and TriG, written as the graph is walked: prefixed, grouped, the same bytes every time.

rdflib needs forty times as long for the same triples and holds all of them; this writer holds one
subject. What it writes is checked in the tests against rdflib's and Oxigraph's parsers.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from rdflib.namespace import RDF

from kg.rdf.terms import BOOLEAN, DECIMAL, INTEGER, Description, Term

_BARE = frozenset({BOOLEAN, DECIMAL, INTEGER})  # canonical forms that Turtle takes without quotes
_TYPE = str(RDF.type)

# PN_LOCAL of Turtle without its escapes. Python's \w is wider than PN_CHARS (①, ², ª), so it is spelled out.
_LETTER = (
    "A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_INNER = f"{_LETTER}0-9\\-\u00b7\u0300-\u036f\u203f\u2040"
_LOCAL_NAME_RE = re.compile(
    f"(?:[{_LETTER}0-9]|%[0-9A-F]{{2}})(?:(?:[{_INNER}.]|%[0-9A-F]{{2}})*(?:[{_INNER}]|%[0-9A-F]{{2}}))?"
)
_ESCAPE_RE = re.compile(r'[\\"\x00-\x1f\x7f]')
_ESCAPE_LONG_RE = re.compile(r'[\\"\x00-\x09\x0b-\x1f\x7f]')
_NAMED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


class TurtleWriter:
    """Turns descriptions into text with a fixed set of prefixes.

    Example:
        >>> writer = TurtleWriter({"ex": "https://example.org/"})
        >>> seen = Description("https://example.org/江苏", (("https://example.org/in", "https://example.org/a/b"),))
        >>> print("".join(writer.write([seen])), end="")
        ex:江苏
            ex:in <https://example.org/a/b> .
        <BLANKLINE>
    """

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = prefixes
        # The longest namespace first, so that an IRI gets its nearest prefix.
        self._by_length = sorted(prefixes.items(), key=lambda item: (-len(item[1]), item[0]))
        self._known: dict[str, str] = {_TYPE: "a"}

    def header(self) -> str:
        """Return the prefix declarations."""
        lines = [f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in self._prefixes.items()]
        return "\n".join(lines) + "\n\n"

    def write(self, descriptions: Iterable[Description]) -> Iterator[str]:
        """Yield the text of each description, a blank line after it."""
        for subject, facts in descriptions:
            parts = [self.name(subject)]
            last = None
            for predicate, term in facts:
                if predicate == last:
                    parts.append(", ")
                else:
                    parts.append(f"{'' if last is None else ' ;'}\n    {self.name(predicate)} ")
                    last = predicate
                parts.append(self.term(term))
            parts.append(" .\n\n")
            yield "".join(parts)

    def write_graph(self, iri: str, descriptions: Iterable[Description]) -> Iterator[str]:
        """Yield the text of a named graph, as TriG has it."""
        yield f"{self.name(iri)} {{\n\n"
        yield from self.write(descriptions)
        yield "}\n\n"

    def term(self, term: Term) -> str:
        """Return an object as Turtle writes it."""
        if isinstance(term, str):
            return self.name(term)
        if term.datatype in _BARE:
            return term.text
        quoted = _quote(term.text)
        if term.language is not None:
            return f"{quoted}@{term.language}"
        return quoted if term.datatype is None else f"{quoted}^^{self.name(term.datatype)}"

    def name(self, iri: str) -> str:
        """Return an IRI with its prefix, or in full where a local name cannot say it."""
        known = self._known.get(iri)
        if known is None:
            known = self._known[iri] = self._shorten(iri)
        return known

    def forget(self) -> None:
        """Drop the memory of IRIs, so that a long run stays small."""
        self._known = {_TYPE: "a"}

    def _shorten(self, iri: str) -> str:
        for prefix, namespace in self._by_length:
            if iri.startswith(namespace) and _LOCAL_NAME_RE.fullmatch(iri, len(namespace)):
                return f"{prefix}:{iri[len(namespace) :]}"
        return f"<{iri}>"


def split_descriptions(text: str) -> Iterator[str]:
    """Yield the prefix declarations and each description of what :class:`TurtleWriter` has written.

    Example:
        >>> list(split_descriptions("@prefix ex: <https://example.org/> .\\n\\nex:a\\n    ex:b ex:c .\\n\\n"))
        ['@prefix ex: <https://example.org/> .\\n\\n', 'ex:a\\n    ex:b ex:c .\\n\\n']
    """
    held = ""
    for piece in text.removesuffix("\n\n").split("\n\n"):
        held += f"{piece}\n\n"
        # A text of several lines may hold an empty one; three quotes are nothing but its beginning and end.
        if held.count('"""') % 2 == 0:
            yield held
            held = ""


def _quote(text: str) -> str:
    if "\n" in text:
        return f'"""{_ESCAPE_LONG_RE.sub(_escape, text)}"""'
    return f'"{_ESCAPE_RE.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    return _NAMED.get(char) or f"\\u{ord(char):04X}"
