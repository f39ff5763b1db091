"""Gold articles: what people have marked in a text, read from JSON lines.

One JSON object a line and an article; the fields are those of the annotation guide. A wrong line is
told by file and line, with what was expected.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from kg.errors import KgError
from kg.paths import check_file
from kg.schema import EntityKind, Modality, ObservationKind, RelationKind

ARTICLE = "ARTICLE"
"""The subject of what the writer of an article calls for."""

_Kind = TypeVar("_Kind", bound=StrEnum)
_Fact = TypeVar("_Fact")


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """A thing the article talks about; ``aliases`` are its other forms there."""

    name: str
    kind: EntityKind
    aliases: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """A relation the article states; the ends are names of entities, or ``ARTICLE``."""

    subject: str
    kind: RelationKind
    object: str
    evidence: str = ""
    action: str | None = None
    label: str | None = None
    modality: Modality = Modality.ASSERTED
    negated: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldObservation:
    """A number that measures something; ``time`` is ISO, or as written where it cannot be resolved."""

    indicator: str
    value: Decimal
    unit: str = ""
    time: str | None = None
    place: str | None = None
    kind: ObservationKind = ObservationKind.ACTUAL
    approximate: bool = False
    source: str | None = None
    evidence: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """One annotated article; ``file`` is the name of the file it stands in, where that is known."""

    id: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    date: str | None = None
    file: str | None = None
    entities: tuple[GoldEntity, ...] = ()
    relations: tuple[GoldRelation, ...] = ()
    observations: tuple[GoldObservation, ...] = ()


def read_gold(path: Path) -> tuple[GoldArticle, ...]:
    """Return the gold articles of a JSON lines file, in its order.

    Raises:
        KgError: The file cannot be read, holds no article, or a line is not a gold article.
    """
    check_file(path)
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise KgError(f"{path}: {error.strerror or error}; expected a file of gold articles") from error
    except UnicodeDecodeError as error:
        raise KgError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    golds = tuple(
        parse_gold(line, place=f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()
    )
    if not golds:
        raise KgError(f"{path}: holds no gold article; expected one JSON object a line")
    return golds


def parse_gold(line: str, *, place: str = "gold") -> GoldArticle:
    """Return the gold article that one JSON line describes; *place* names it in errors.

    Example:
        >>> gold = parse_gold('{"id": "a1", "entities": [{"name": "算力", "type": "Technology"}]}')
        >>> gold.entities[0].kind.value
        'Technology'
        >>> parse_gold('{"id": "a1", "entities": [{"name": "算力", "type": "Tech"}]}', place="g.jsonl:7")
        Traceback (most recent call last):
        ...
        kg.errors.KgError: g.jsonl:7: entities[0].type is 'Tech'; expected one of Concept, Policy, Sector, \
Technology, Organization, Person, Place, Event, Indicator, Issue
    """
    try:
        fields = json.loads(line, parse_float=Decimal)
    except json.JSONDecodeError as error:
        raise KgError(
            f"{place}: not JSON at character {error.pos + 1} ({error.msg}); mend the line"
        ) from error
    row = _Row(_object(fields, place), place)
    return GoldArticle(
        id=row.text("id"),
        title=row.option("title"),
        authors=row.texts("authors"),
        publisher=row.option("publisher"),
        date=row.option("date"),
        file=row.option("file"),
        entities=row.facts("entities", _entity),
        relations=row.facts("relations", _relation),
        observations=row.facts("observations", _observation),
    )


def _entity(row: "_Row") -> GoldEntity:
    return GoldEntity(
        row.text("name"), row.kind("type", EntityKind), row.texts("aliases"), row.truth("optional")
    )


def _relation(row: "_Row") -> GoldRelation:
    return GoldRelation(
        subject=row.text("s"),
        kind=row.kind("p", RelationKind),
        object=row.text("o"),
        evidence=row.option("evidence") or "",
        action=row.option("action"),
        label=row.option("label"),
        modality=row.kind("modality", Modality, Modality.ASSERTED),
        negated=row.option("polarity") == "-",
        optional=row.truth("optional"),
    )


def _observation(row: "_Row") -> GoldObservation:
    return GoldObservation(
        indicator=row.text("indicator"),
        value=row.number("value"),
        unit=row.option("unit") or "",
        time=row.option("time"),
        place=row.option("place"),
        kind=row.kind("kind", ObservationKind, ObservationKind.ACTUAL),
        approximate=row.truth("approx"),
        source=row.option("source"),
        evidence=row.option("evidence") or "",
        optional=row.truth("optional"),
    )


class _Row:
    """One JSON object and its place, for messages."""

    def __init__(self, fields: Mapping[str, Any], place: str) -> None:
        self._fields, self._place = fields, place

    def text(self, key: str) -> str:
        value = self.option(key)
        if not value:
            raise self._wrong(key, "a text")
        return value

    def option(self, key: str) -> str | None:
        value = self._fields.get(key)
        if value is not None and not isinstance(value, str):
            raise self._wrong(key, "a text or null")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        values = self._list(key)
        if not all(isinstance(value, str) for value in values):
            raise self._wrong(key, "a list of texts")
        return tuple(values)

    def number(self, key: str) -> Decimal:
        value = self._fields.get(key)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self._wrong(key, "a number")
        return Decimal(value)

    def truth(self, key: str) -> bool:
        value = self._fields.get(key)
        if value not in (None, True, False):
            raise self._wrong(key, "true or false")
        return bool(value)

    def kind(self, key: str, kinds: type[_Kind], default: _Kind | None = None) -> _Kind:
        value = self._fields.get(key)
        if value is None and default is not None:
            return default
        for kind in kinds:
            if isinstance(value, str) and value.lower() == kind.value.lower():
                return kind
        raise self._wrong(key, f"one of {', '.join(kinds)}")

    def facts(self, key: str, parse: Callable[["_Row"], _Fact]) -> tuple[_Fact, ...]:
        rows = enumerate(self._list(key))
        places = ((fields, f"{self._place}: {key}[{index}]") for index, fields in rows)
        return tuple(parse(_Row(_object(fields, place), place)) for fields, place in places)

    def _list(self, key: str) -> Sequence[Any]:
        value = self._fields.get(key)
        if value is not None and not isinstance(value, list):
            raise self._wrong(key, "a list")
        return value or []

    def _wrong(self, key: str, expected: str) -> KgError:
        joint = "." if self._place.endswith("]") else ": "
        return KgError(f"{self._place}{joint}{key} is {self._fields.get(key)!r}; expected {expected}")


def _object(fields: Any, place: str) -> Mapping[str, Any]:
    if not isinstance(fields, dict):
        raise KgError(f"{place}: is {type(fields).__name__}; expected a JSON object")
    return fields
