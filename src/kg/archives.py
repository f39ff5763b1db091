"""A graph kept as a file that gives the same graph back, so that it can be exported again later.

JSON lines: a head with the version and the settings, then one record a line. A record is the list of its
fields in their order, and reading is led by the types of :mod:`kg.records`: nothing but the records of
that module can come out of a file, whoever wrote it.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType, NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from kg.errors import InternalError, KgError
from kg.graph import KnowledgeGraph
from kg.outputs import complete_output
from kg.records import Article, Diagnostic, Entity, Observation, Relation, Sentence

ARCHIVE = "archive.jsonl"
_VERSION = 1  # of this form; changes when a record of the graph does
_KINDS: dict[str, type] = {
    kind.__name__: kind for kind in (Article, Sentence, Entity, Relation, Observation, Diagnostic)
}

Decode = Callable[[Any], Any]


def write_archive(graph: KnowledgeGraph, path: Path) -> None:
    """Write *graph* so that :func:`read_archive` gives it back."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        head = {"version": _VERSION, "settings": dict(graph.settings)}
        for line in (head, *_lines(graph)):
            file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")


def read_graph(directory: Path | str) -> KnowledgeGraph:
    """Return the graph that ``kg build`` has left in *directory*.

    Raises:
        KgError: There is no build, or its archive is damaged.
    """
    folder = Path(directory)
    complete_output(folder)
    if not (folder / ARCHIVE).is_file():
        raise KgError(f"{folder}: holds no build; make one with 'kg build INPUT -o {folder}'")
    return read_archive(folder / ARCHIVE)


def read_archive(path: Path) -> KnowledgeGraph:
    """Return the graph that was written to *path*.

    Raises:
        KgError: The file cannot be read, is damaged or was written by another version.
    """
    found: dict[str, list[Any]] = {name: [] for name in _KINDS}
    try:
        with path.open(encoding="utf-8") as file:
            settings = _parse_head(next(file, ""), path)
            for number, line in enumerate(file, start=2):
                name, record = _parse_line(line, f"{path}:{number}")
                found[name].append(record)
    except (OSError, UnicodeDecodeError) as error:
        reason = str(getattr(error, "strerror", None) or error).lower()
        raise KgError(f"{path}: cannot be read ({reason}); build it again") from error
    return _to_graph(found, settings)


def _parse_head(line: str, path: Path) -> dict[str, str]:
    try:
        head = json.loads(line)
        if head["version"] == _VERSION:
            return dict(head["settings"])
    except (ValueError, TypeError, KeyError):
        pass
    raise KgError(f"{path}: not a graph of this version of kg; build it again")


def _parse_line(line: str, place: str) -> tuple[str, Any]:
    try:
        name, record = json.loads(line)
        return name, _decoder(_KINDS[name])(record)
    except (ValueError, TypeError, KeyError, ArithmeticError) as error:
        raise KgError(f"{place}: damaged ({error}); build it again") from error


def _lines(graph: KnowledgeGraph) -> Iterator[tuple[str, Any]]:
    sentences = (sentence for some in graph.sentences.values() for sentence in some)
    for records in (graph.articles, sentences, graph.entities, graph.edges, graph.numbers, graph.diagnostics):
        for record in records:
            yield type(record).__name__, _encode(record)


def _to_graph(found: dict[str, list[Any]], settings: dict[str, str]) -> KnowledgeGraph:
    sentences: dict[str, list[Sentence]] = {article.id: [] for article in found["Article"]}
    for sentence in found["Sentence"]:
        sentences.setdefault(sentence.article_id, []).append(sentence)
    return KnowledgeGraph(
        articles=tuple(found["Article"]),
        sentences=MappingProxyType({key: tuple(some) for key, some in sentences.items()}),
        entities=tuple(found["Entity"]),
        edges=tuple(found["Relation"]),
        numbers=tuple(found["Observation"]),
        diagnostics=tuple(found["Diagnostic"]),
        settings=MappingProxyType(settings),
    )


def _encode(value: Any) -> Any:
    """Return *value* as JSON has it; text, numbers and nothing stay as they are."""
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    if isinstance(value, Decimal):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return [_encode(getattr(value, name)) for name in _field_names(type(value))]
    return value


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _decoder(kind: Any) -> Decode:
    """Return what makes a value of *kind* from its JSON."""
    if is_dataclass(kind) and isinstance(kind, type):
        return _record_decoder(kind)
    if isinstance(kind, UnionType):
        (inner,) = (one for one in get_args(kind) if one is not NoneType)
        decode = _decoder(inner)
        return lambda value: None if value is None else decode(value)
    if get_origin(kind) is tuple:
        decode_item = _decoder(get_args(kind)[0])
        return lambda value: tuple([decode_item(item) for item in value])
    if isinstance(kind, type) and issubclass(kind, StrEnum | Decimal):
        return kind
    if kind in (str, int, float, bool):
        return _checker(kind)
    raise InternalError(f"archives: no way to read a {kind}")


def _record_decoder(kind: type) -> Decode:
    hints = get_type_hints(kind)
    decoders = [_decoder(hints[name]) for name in _field_names(kind)]

    def decode(values: Any) -> Any:
        return kind(*[decode(value) for decode, value in zip(decoders, values, strict=True)])

    return decode


def _checker(kind: type) -> Decode:
    allowed = (int, float) if kind is float else kind

    def check(value: Any) -> Any:
        if not isinstance(value, allowed) or (kind is not bool and isinstance(value, bool)):
            raise TypeError(f"expected {kind.__name__}, got {value!r}")
        return value

    return check
