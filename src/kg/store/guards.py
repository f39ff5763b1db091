"""What may be asked, and how a mistake is told.

The store answers questions and nothing else: updates are refused, and so is ``SERVICE``, which would
send the graph's data to another machine.
"""

import re
from collections.abc import Iterable

from kg.errors import KgError

_SKIPPED_RE = re.compile(
    r"\\."  # the name ex:a\' holds no quote, and ex:a\# no comment
    r"|<[^<>\"{}|^`\\\s]*>"
    r"|\"\"\"(?:\\.|[^\\])*?\"\"\"|'''(?:\\.|[^\\])*?'''"
    r"|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'"
    r"|\#[^\n]*",
    re.DOTALL,
)
_PROLOGUE_RE = re.compile(r"\s*(?:PREFIX\s+[^\s:]*:\s*|BASE\s*)", re.IGNORECASE)
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_SERVICE_RE = re.compile(r"(?<![\w?$:])SERVICE(?![\w:])", re.IGNORECASE)
_PLACE_RE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_PREFIX_RE = re.compile(r"(?<![\w?$:.\-])([A-Za-z_][\w\-]*):")
_DECLARED_RE = re.compile(r"PREFIX\s+([^\s:]*):", re.IGNORECASE)
_FROM_RE = re.compile(r"(?<![\w?$:])FROM\s*(?:NAMED\s*)?(?=<)", re.IGNORECASE)
_IRI_RE = re.compile(r"<([^<>]*)>")
_BRACKETS = (("{", "}"), ("(", ")"), ("[", "]"))
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})


class RefusedError(KgError):
    """What is asked would change data or call another machine."""


def check_query(text: str, origin: str) -> None:
    """Check that *text* asks and does not change or call out.

    Raises:
        RefusedError: It is an update, or holds ``SERVICE``.
        KgError: It is empty.

    Example:
        >>> check_query("", "q")
        Traceback (most recent call last):
        ...
        kg.errors.KgError: q: the query is empty; write SPARQL, the name of a question, or @file.rq
    """
    bare = _without_text(text)
    if not bare.strip():
        raise KgError(f"{origin}: the query is empty; write SPARQL, the name of a question, or @file.rq")
    word = _first_word(bare)
    if word in _UPDATES:
        raise RefusedError(
            f"{origin}: {word} changes data, which is refused; ask with SELECT, ASK, CONSTRUCT or DESCRIBE"
        )
    found = _SERVICE_RE.search(bare)
    if found:
        place = _place(bare, found.start())
        raise RefusedError(
            f"{origin}:{place}: SERVICE asks another machine, which is refused; query this graph alone"
        )


def find_graph_names(text: str) -> list[str]:
    """Return the IRIs after ``FROM`` and ``FROM NAMED``, written in full.

    Example:
        >>> find_graph_names("SELECT * FROM <http://a> FROM NAMED <http://b> { ?s ?p 'FROM <http://c>' }")
        ['http://a', 'http://b']
    """
    found = (_IRI_RE.match(text, match.end()) for match in _FROM_RE.finditer(_without_text(text, keep="<")))
    return [match[1] for match in found if match]


def explain_syntax_error(
    error: SyntaxError, text: str, origin: str, known_prefixes: Iterable[str]
) -> KgError:
    """Return the parser's complaint as one line: place, what stood there, and a hint."""
    match = _PLACE_RE.match(str(error))
    if match is None:
        return KgError(f"{origin}: not valid SPARQL: {' '.join(str(error).split())}")
    line, column = int(match[1]), int(match[2])
    lines = text.split("\n")
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    near = f"at {rest[:20]!r}" if rest else "at the end of the line" if line < len(lines) else "at the end"
    hint = _hint(text, match[3], frozenset(known_prefixes))
    return KgError(f"{origin}:{line}:{column}: not valid SPARQL {near}; {hint}")


def _without_text(text: str, *, keep: str = "") -> str:
    """Blank out IRIs, strings and comments but the characters to *keep*; all others stay at their place."""
    blanked = re.compile(f"[^\n{keep}]")
    return _SKIPPED_RE.sub(lambda match: blanked.sub(" ", match.group()), text)


def _first_word(bare: str) -> str:
    while found := _PROLOGUE_RE.match(bare):
        bare = bare[found.end() :]
    words = bare.split(None, 1)
    return re.split(r"\W", words[0], maxsplit=1)[0].upper() if words else ""


def _place(text: str, position: int) -> str:
    line = text.count("\n", 0, position) + 1
    return f"{line}:{position - (text.rfind(chr(10), 0, position) + 1) + 1}"


def _hint(text: str, complaint: str, known: frozenset[str]) -> str:
    bare = _without_text(text)
    declared = known | set(_DECLARED_RE.findall(bare))
    unknown = sorted(set(_PREFIX_RE.findall(bare)) - declared)
    if unknown:
        return f"prefix {unknown[0]!r} is not declared; known without declaring: {', '.join(sorted(known))}"
    for opening, closing in _BRACKETS:
        if surplus := bare.count(opening) - bare.count(closing):
            return f"a '{opening if surplus > 0 else closing}' has no partner"
    if "unbound" in complaint or "GROUP BY" in complaint:
        return "a variable beside an aggregate must stand in GROUP BY"
    if _first_word(bare) not in _FORMS:
        return "a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE"
    return "a triple is subject, predicate, object and a '.'; text stands in quotes, variables begin with ?"
