"""What publishers put around a text: credits, sources, dates, page furniture, as data.

``ontology/rules/layout.tsv`` holds the patterns, one row each with an example that it must match;
they are read, checked and compiled once.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.articles.dates import DATE_PATTERN, SHORT_DATE_PATTERN, TIME_PATTERN
from kg.articles.names import NAMES_PATTERN
from kg.errors import KgError
from kg.resources import resource_path
from kg.tables import read_table

COLUMNS = ("id", "kind", "field", "pattern", "example")
# A publisher by the end of its name; 网站, 报道 and 一万多台 are none.
_OUTLET = (
    r"(?:本[报刊网台]|[\w·\-—]{1,16}(?:社|网(?!站)|报(?!道)|(?<![多余万千百个几\d])台|客户端|周刊|杂志|融媒体?"
    r"|之家|新闻(?:中心)?|频道)|[A-Z][A-Z0-9]{1,9})"
)
_WHOLE_KINDS = (
    "line",
    "byline",
    "drop",
    "closing",
    "no-outlet",
    "page",
    "generic-title",
    "home",
    "round-up",
    "issuer",
    "title-close",
)
_START_KINDS = ("opening", "fragment", "enumerator", "inner-heading", "after-quote")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table: where it applies (``kind``), what it yields (``field``), its pattern."""

    id: str
    kind: str
    field: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Furniture:
    """The rules of ``layout.tsv`` by kind, each kind in the order of the file."""

    rules: Mapping[str, tuple[Rule, ...]]
    labels: re.Pattern[str]
    label_fields: Mapping[str, str]
    outlet: re.Pattern[str]
    residue: re.Pattern[str]

    def pattern(self, kind: str) -> re.Pattern[str]:
        """Return the pattern of a kind that has a single rule."""
        return self.rules[kind][0].pattern


@cache
def load_furniture() -> Furniture:
    """Return the rules of ``rules/layout.tsv``, each checked against its example.

    Raises:
        KgError: A row does not compile, matches nothing, or misses its example.

    Example:
        >>> load_furniture().pattern("enumerator").match("（一）总体思路").group()
        '（一）'
    """
    path = resource_path("rules", "layout.tsv")
    rules: dict[str, list[Rule]] = {}
    words: dict[str, str] = {}
    residue: list[str] = []
    for number, (rule_id, kind, field, pattern, example) in read_table(path, COLUMNS):
        where = f"{path.name}:{number}"
        if kind == "label":
            words |= dict.fromkeys(pattern.split("|"), field)
        elif kind == "residue":
            residue.extend(pattern.split("|"))
        else:
            rules.setdefault(kind, []).append(_compile_rule(where, rule_id, kind, field, pattern, example))
    by_kind = {kind: tuple(rows) for kind, rows in rules.items()}
    return Furniture(
        by_kind, _label_pattern(list(words)), words, re.compile(_OUTLET), _residue_pattern(residue)
    )


def _compile_rule(where: str, rule_id: str, kind: str, field: str, pattern: str, example: str) -> Rule:
    try:
        compiled = re.compile(_expand(pattern))
    except re.error as error:
        raise KgError(f"{where}: pattern of {rule_id!r} does not compile ({error}); correct it") from error
    if compiled.fullmatch(""):
        raise KgError(f"{where}: pattern of {rule_id!r} matches the empty text; it would match everywhere")
    if kind in _WHOLE_KINDS:
        found = compiled.fullmatch(example)
    elif kind in _START_KINDS:
        found = compiled.match(example)
    else:
        found = compiled.search(example)
    if not found:
        raise KgError(f"{where}: {rule_id!r} misses its example {example!r}; correct one of the two")
    return Rule(rule_id, kind, field, compiled)


def _expand(pattern: str) -> str:
    """Put names, dates, times and outlets in place of ``{names}``, ``{date}``, ``{time}``, ``{outlet}``."""
    for placeholder, text in (
        ("{names}", NAMES_PATTERN),
        ("{date}", DATE_PATTERN),
        ("{short_date}", SHORT_DATE_PATTERN),
        ("{time}", TIME_PATTERN),
        ("{outlet}", _OUTLET),
    ):
        pattern = pattern.replace(placeholder, text)
    return pattern


def _label_pattern(words: Sequence[str]) -> re.Pattern[str]:
    """Return the pattern of a label and its colon; spaces may stand inside (来　源：), a date before it."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    spaced = "|".join(r"\s{0,4}".join(map(re.escape, word)) for word in ordered)
    return re.compile(rf"(?<![^\W\d])[【\[（(]?\s{{0,4}}(?P<label>{spaced})\s{{0,4}}[：:丨|｜]")


def _residue_pattern(words: Sequence[str]) -> re.Pattern[str]:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"{TIME_PATTERN}|{'|'.join(ordered)}|[\d\s.,:：|｜丨/\\\-—_+·()（）\[\]【】<>{{}}]")
