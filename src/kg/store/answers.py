"""What a query gives: rows, yes or no, or triples, and how each is written."""

import csv
import io
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import IO

import pyoxigraph as ox

from kg.errors import KgError
from kg.rdf.terms import Description, Fact, Literal, Term
from kg.rdf.turtle import TurtleWriter

Value = str | int | Decimal | bool | None

FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle")
_RESULTS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
_GRAPHS = {"json": ox.RdfFormat.JSON_LD, "xml": ox.RdfFormat.RDF_XML}
# The media types of the SPARQL protocol, the preferred one first; the plain ones are what browsers ask for.
_RESULT_TYPES = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/xml": ox.QueryResultsFormat.XML,
}
_GRAPH_TYPES = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/json": ox.RdfFormat.JSON_LD,
    "application/xml": ox.RdfFormat.RDF_XML,
    "text/plain": ox.RdfFormat.N_TRIPLES,
}
_XSD = "http://www.w3.org/2001/XMLSchema#"


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer to one query.

    A SELECT has ``variables`` and ``rows``, an ASK only ``truth``, a CONSTRUCT or DESCRIBE the rows
    of its triples under ``subject``, ``predicate``, ``object``. IRIs and strings are ``str``, numbers
    ``int`` or ``Decimal``, booleans ``bool``; what a row lacks is ``None``.

    Example:
        >>> answer = read_answer(ox.Store().query("SELECT (1 AS ?n) {}"), {})
        >>> answer.variables, answer.rows
        (('n',), ((1,),))
        >>> print(answer.to_text("csv"), end="")  # doctest: +NORMALIZE_WHITESPACE
        n
        1
    """

    variables: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    truth: bool | None = None
    payload: bytes = field(default=b"", repr=False)  # SPARQL JSON, or N-Triples of a graph
    is_graph: bool = False
    prefixes: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType({}), repr=False, compare=False
    )

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        return bool(self.rows) if self.truth is None else self.truth

    def to_text(self, format: str = "table") -> str:  # noqa: A002 - as the command calls it
        """Return the answer in one of ``FORMATS``.

        Raises:
            KgError: There is no such format, or it cannot hold this kind of answer.
        """
        if format not in FORMATS:
            raise KgError(f"format {format!r}: not known; choose one of {', '.join(FORMATS)}")
        if format == "table":
            return self._to_table()
        if self.is_graph:
            return self._graph_to_text(format)
        if format == "turtle":
            raise KgError(
                "format 'turtle': holds triples only; use it with CONSTRUCT or DESCRIBE, or choose csv"
            )
        if self.truth is not None and format in ("csv", "tsv"):
            return f"{str(self.truth).lower()}\n"  # the standard gives ASK no CSV
        results = ox.parse_query_results(self.payload, format=ox.QueryResultsFormat.JSON)
        data = results.serialize(format=_RESULTS[format])
        return (data or b"").decode("utf-8")

    def _graph_to_text(self, format: str) -> str:  # noqa: A002
        if format == "csv":
            return _rows_to_csv(self.variables, self.rows)
        triples = ox.parse(self.payload, format=ox.RdfFormat.N_TRIPLES)
        if format == "tsv":
            lines = ("\t".join(map(str, (t.subject, t.predicate, t.object))) for t in triples)
            return "".join(f"{line}\n" for line in ("\t".join(f"?{name}" for name in self.variables), *lines))
        if format in _GRAPHS:
            prefixes = dict(self.prefixes) if format == "xml" else None
            return (ox.serialize(triples, format=_GRAPHS[format], prefixes=prefixes) or b"").decode("utf-8")
        by_subject: dict[str, list[Fact]] = {}
        for triple in sorted(ox.parse(self.payload, format=ox.RdfFormat.N_TRIPLES), key=str):
            fact = (triple.predicate.value, _term(triple.object))
            by_subject.setdefault(str(triple.subject).strip("<>"), []).append(fact)
        writer = TurtleWriter(self.prefixes)
        descriptions = (Description(subject, tuple(facts)) for subject, facts in by_subject.items())
        return writer.header() + "".join(writer.write(descriptions))

    def _to_table(self) -> str:
        if self.truth is not None:
            return "yes\n" if self.truth else "no\n"
        cells = [[_cell(value, self.prefixes) for value in row] for row in self.rows]
        columns = list(zip(self.variables, *cells, strict=True))
        widths = [max(map(_width, column)) for column in columns]
        lines = [_line(self.variables, widths), _line(["─" * width for width in widths], widths)]
        lines += [_line(row, widths) for row in cells]
        return "\n".join([*lines, f"({len(cells)} row{'' if len(cells) == 1 else 's'})", ""])


def read_answer(
    results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, prefixes: Mapping[str, str]
) -> Answer:
    """Return all that a query yields as one record."""
    if isinstance(results, ox.QueryTriples):
        triples = sorted(results, key=str)
        payload = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
        rows: tuple[tuple[Value, ...], ...] = tuple(
            (_value(t.subject), _value(t.predicate), _value(t.object)) for t in triples
        )
        return Answer(("subject", "predicate", "object"), rows, None, payload, True, prefixes)
    if isinstance(results, ox.QueryBoolean):
        truth = bool(results)
        payload = results.serialize(format=ox.QueryResultsFormat.JSON) or b""
        return Answer((), (), truth, payload, False, prefixes)
    payload = results.serialize(format=ox.QueryResultsFormat.JSON) or b""
    again = ox.parse_query_results(payload, format=ox.QueryResultsFormat.JSON)
    if not isinstance(again, ox.QuerySolutions):  # what was solutions reads back as solutions
        raise TypeError("SPARQL JSON of a SELECT must read back as solutions")
    variables = tuple(variable.value for variable in again.variables)
    found = tuple(tuple(_value(value) for value in solution) for solution in again)
    return Answer(variables, found, None, payload, False, prefixes)


def write_answer(
    results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples,
    output: IO[bytes],
    choose: Callable[[Sequence[str]], str],
    prefixes: Mapping[str, str],
) -> str:
    """Write what a query yields in the media type that *choose* picks, and return that."""
    if not isinstance(results, ox.QueryTriples):
        media_type = choose(tuple(_RESULT_TYPES))
        results.serialize(output, format=_RESULT_TYPES[media_type])
        return media_type
    media_type = choose(tuple(_GRAPH_TYPES))
    graph_format = _GRAPH_TYPES[media_type]
    has_prefixes = graph_format in (ox.RdfFormat.TURTLE, ox.RdfFormat.RDF_XML)
    ox.serialize(results, output, format=graph_format, prefixes=dict(prefixes) if has_prefixes else None)
    return media_type


def _rows_to_csv(variables: Sequence[str], rows: Sequence[Sequence[Value]]) -> str:
    output = io.StringIO()
    writer = csv.writer(output)
    writer.writerow(variables)
    writer.writerows(
        [str(value).lower() if isinstance(value, bool) else value for value in row] for row in rows
    )
    return output.getvalue()


def _term(term: object) -> Term:
    if isinstance(term, ox.Literal):
        plain = term.language is None and term.datatype.value == f"{_XSD}string"
        datatype = None if plain or term.language is not None else term.datatype.value
        return Literal(term.value, datatype, term.language)
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _value(term: object) -> Value:
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        return _literal(term)
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _literal(literal: ox.Literal) -> Value:
    datatype, text = literal.datatype.value, literal.value
    try:
        if datatype == f"{_XSD}integer":
            return int(text)
        if datatype == f"{_XSD}decimal":
            return Decimal(text)
    except (ValueError, InvalidOperation):
        return text
    if datatype == f"{_XSD}boolean" and text in ("true", "false"):
        return text == "true"
    return text


def _cell(value: Value, prefixes: Mapping[str, str]) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return str(value)
    short = _shorten(value, prefixes)
    # A text from an article must not move the cursor or colour the terminal.
    return "".join(" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in short)


def _shorten(text: str, prefixes: Mapping[str, str]) -> str:
    fitting = [(len(space), prefix) for prefix, space in prefixes.items() if text.startswith(space)]
    if not fitting:
        return text
    length, prefix = max(fitting)
    return f"{prefix}:{text[length:]}"


def _width(text: str) -> int:
    """Return the columns a terminal takes for *text*: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _line(cells: tuple[str, ...] | list[str], widths: list[int]) -> str:
    padded = [cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True)]
    return "  ".join(padded).rstrip()
