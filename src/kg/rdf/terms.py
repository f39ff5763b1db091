"""RDF terms light enough for millions: an IRI is a ``str``, a literal a tuple.

rdflib's own terms take ten times longer to make; they are made only for those who ask for rdflib.
"""

import re
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from rdflib.namespace import XSD

_SURROGATE_RE = re.compile("[\ud800-\udfff]")
# What RFC 3987 lets stand in an IRI after its scheme; brackets are for hosts alone, which no name is.
_NOT_IRI_RE = re.compile(
    r"%(?![0-9A-Fa-f]{2})"
    "|[^!#$%&'()*+,./0-9:;=?@A-Z_a-z~\\-\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd"
    "\U00020000-\U0002fffd\U00030000-\U0003fffd]"
)
_SCHEME_RE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_DATE_TYPES = (
    (re.compile(r"\d{4}"), str(XSD.gYear), "-01-01"),
    (re.compile(r"\d{4}-\d\d"), str(XSD.gYearMonth), "-01"),
    (re.compile(r"\d{4}-\d\d-\d\d"), str(XSD.date), ""),
)
BOOLEAN = str(XSD.boolean)
DECIMAL = str(XSD.decimal)
INTEGER = str(XSD.integer)
ANY_URI = str(XSD.anyURI)


class Literal(NamedTuple):
    """A literal: its lexical form with a datatype or a language, or neither (a plain string)."""

    text: str
    datatype: str | None = None
    language: str | None = None


Term = str | Literal  # a str is an IRI
Fact = tuple[str, Term]  # predicate and object


class Description(NamedTuple):
    """What is said of one subject: pairs of predicate and object, in the order they are written."""

    subject: str
    facts: tuple[Fact, ...]


def plain(text: str) -> Literal:
    """Return a plain string; halves of surrogate pairs, which UTF-8 has no bytes for, become U+FFFD."""
    return Literal(_SURROGATE_RE.sub("\ufffd", text))


def chinese(text: str) -> Literal:
    """Return a string in Chinese, as labels are."""
    return Literal(_SURROGATE_RE.sub("\ufffd", text), language="zh")


def integer(value: int) -> Literal:
    """Return an ``xsd:integer``."""
    return Literal(str(value), INTEGER)


def boolean(value: bool) -> Literal:
    """Return an ``xsd:boolean``."""
    return Literal("true" if value else "false", BOOLEAN)


def decimal(value: Decimal | float) -> Literal:
    """Return a canonical ``xsd:decimal``: a point, no exponent, no idle zeros.

    Example:
        >>> decimal(Decimal("5.787E+11")).text, decimal(0.90).text
        ('578700000000.0', '0.9')
    """
    text = format(Decimal(str(value)), "f")
    whole, _, fraction = text.partition(".")
    return Literal(f"{whole}.{fraction.rstrip('0') or '0'}", DECIMAL)


def calendar(text: str) -> Literal:
    """Return a date, a month or a year with its type; what the calendar lacks stays a plain string.

    Example:
        >>> calendar("2024-03").datatype
        'http://www.w3.org/2001/XMLSchema#gYearMonth'
        >>> calendar("2024-02-30").datatype is None
        True
    """
    for pattern, datatype, rest in _DATE_TYPES:
        if pattern.fullmatch(text) and _is_date(text + rest):
            return Literal(text, datatype)
    return plain(text)


def is_absolute_iri(text: str) -> bool:
    """Tell whether *text* begins with a scheme, as an IRI of others must."""
    return _SCHEME_RE.match(text) is not None


def outside_iri(text: str) -> str:
    """Return an absolute IRI that others made, with what no IRI may hold percent-encoded.

    Example:
        >>> outside_iri("https://example.org/a b#c#d")
        'https://example.org/a%20b#c%23d'
    """
    clean = _NOT_IRI_RE.sub(_percent, _SURROGATE_RE.sub("\ufffd", text))
    head, mark, fragment = clean.partition("#")
    return head + mark + fragment.replace("#", "%23")


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode("utf-8"))


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
