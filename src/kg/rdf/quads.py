"""N-Quads: one statement a line, so that a graph may be cut into any number of files."""

import re
from collections.abc import Iterable, Iterator

from kg.rdf.terms import Description, Term

_ESCAPE_RE = re.compile(r'[\\"\x00-\x1f\x7f]')
_NAMED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def write_quads(descriptions: Iterable[Description], graph: str | None = None) -> Iterator[str]:
    """Yield the lines of each description, in the named *graph* or the default one.

    Example:
        >>> seen = Description("https://example.org/江苏", (("https://example.org/in", "https://example.org/a"),))
        >>> print("".join(write_quads([seen])), end="")
        <https://example.org/江苏> <https://example.org/in> <https://example.org/a> .
    """
    end = " .\n" if graph is None else f" <{graph}> .\n"
    for subject, facts in descriptions:
        yield "".join(f"<{subject}> <{predicate}> {_term(term)}{end}" for predicate, term in facts)


def _term(term: Term) -> str:
    if isinstance(term, str):
        return f"<{term}>"
    quoted = f'"{_ESCAPE_RE.sub(_escape, term.text)}"'
    if term.language is not None:
        return f"{quoted}@{term.language}"
    return quoted if term.datatype is None else f"{quoted}^^<{term.datatype}>"


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    return _NAMED.get(char) or f"\\u{ord(char):04X}"
