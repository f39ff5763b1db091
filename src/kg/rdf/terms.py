"""RDF terms light enough for millions: an IRI is a ``str``, a literal a tuple.

rdflib's own terms take ten times longer to make; they are made only for those who ask for rdflib.
"""

import re
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from rdflib.namespace import XSD

_SURROGATE_RE = re.compile("[\ud800-\udfff]")
_NOT_IRI_RE = re.compile(r"[\x00-\x20<>\"{}|^`\\]")
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


def outside_iri(text: str) -> str:
    """Return an IRI that others made, with what no IRI may hold percent-encoded.

    Example:
        >>> outside_iri("https://example.org/a b")
        'https://example.org/a%20b'
    """
    return _NOT_IRI_RE.sub(lambda match: f"%{ord(match.group()):02X}", _SURROGATE_RE.sub("\ufffd", text))


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
