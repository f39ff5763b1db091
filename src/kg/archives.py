"""A graph kept as a file that gives the same graph back, so that it can be exported again later.

JSON lines: a head with the version and the settings, then one record a line after the name of its type.
Reading is led by the types of :mod:`kg.records`: nothing but the records of that module can come out of a
file, whoever wrote it.
"""

from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from kg.errors import KgError
from kg.graph import KnowledgeGraph
from kg.outputs import complete_output
from kg.records import Article, Diagnostic, Entity, Observation, Relation, Sentence

ARCHIVE = "archive.jsonl"
_VERSION = 2  # of this form; changes when a record of the graph does
_KINDS: dict[str, type] = {
    kind.__name__: kind for kind in (Article, Sentence, Entity, Relation, Observation, Diagnostic)
}

_encoder = msgspec.json.Encoder()
_decoders = {name: msgspec.json.Decoder(tuple[str, kind]) for name, kind in _KINDS.items()}  # type: ignore[valid-type]


class _Head(msgspec.Struct, frozen=True):
    version: int
    settings: dict[str, str]


def write_archive(graph: KnowledgeGraph, path: Path) -> None:
    """Write *graph* so that :func:`read_archive` gives it back."""
    with path.open("wb") as file:
        file.write(_encoder.encode(_Head(_VERSION, dict(graph.settings))) + b"\n")
        for name, record in _lines(graph):
            file.write(_encoder.encode((name, record)) + b"\n")


def read_graph(directory: Path | str) -> KnowledgeGraph:
    """Return the graph that ``kg build`` has left in *directory*.

    Raises:
        KgError: There is no build, or its archive is damaged.
    """
    folder = Path(directory)
    complete_output(folder)
    if not (folder / ARCHIVE).is_file():
        if (folder / "facts").is_dir():
            raise KgError(
                f"{folder}: was built in partitions and holds no whole graph; build without nq, parquet "
                "and --engine dask"
            )
        raise KgError(f"{folder}: holds no build; make one with 'kg build INPUT -o {folder}'")
    return read_archive(folder / ARCHIVE)


def read_archive(path: Path) -> KnowledgeGraph:
    """Return the graph that was written to *path*.

    Raises:
        KgError: The file cannot be read, is damaged or was written by another version.
    """
    found: dict[str, list[Any]] = {name: [] for name in _KINDS}
    try:
        with path.open("rb") as file:
            settings = _parse_head(next(file, b""), path)
            for number, line in enumerate(file, start=2):
                name, record = _parse_line(line, f"{path}:{number}")
                found[name].append(record)
    except OSError as error:
        raise KgError(f"{path}: cannot be read ({str(error.strerror).lower()}); build it again") from error
    return _to_graph(found, settings)


def read_diagnostics(path: Path) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of the graph that was written to *path*, and nothing else of it.

    Raises:
        KgError: The file cannot be read or is damaged.
    """
    start = f'["{Diagnostic.__name__}",'.encode()
    try:
        with path.open("rb") as file:
            found = [
                _parse_line(line, f"{path}:{number}")[1]
                for number, line in enumerate(file, start=1)
                if line.startswith(start)
            ]
    except OSError as error:
        raise KgError(f"{path}: cannot be read ({str(error.strerror).lower()}); build it again") from error
    return tuple(found)


def _parse_head(line: bytes, path: Path) -> dict[str, str]:
    try:
        head = msgspec.json.decode(line, type=_Head)
        if head.version == _VERSION:
            return head.settings
    except msgspec.DecodeError:
        pass
    raise KgError(f"{path}: not a graph of this version of kg; build it again")


def _parse_line(line: bytes, place: str) -> tuple[str, Any]:
    name = line[2 : line.find(b'"', 2)].decode("ascii", "replace")  # a line begins ["Name",
    decoder = _decoders.get(name)
    if decoder is None:
        raise KgError(f"{place}: damaged (no record of the graph begins so); build it again")
    try:
        return name, decoder.decode(line)[1]
    except msgspec.DecodeError as error:
        raise KgError(f"{place}: damaged ({error}); build it again") from error


def _lines(graph: KnowledgeGraph) -> Iterator[tuple[str, Any]]:
    sentences = (sentence for some in graph.sentences.values() for sentence in some)
    for records in (graph.articles, sentences, graph.entities, graph.edges, graph.numbers, graph.diagnostics):
        for record in records:
            yield type(record).__name__, record


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
