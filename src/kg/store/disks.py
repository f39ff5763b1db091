"""The store on disk: a graph that is open at once, however large, where a file must be read first.

A folder of RocksDB, as Oxigraph keeps it. Its bytes differ from build to build, so no manifest promises
them; what it holds is what ``graph.trig`` holds, with the union of all graphs as the default graph.
"""

import errno
import gzip
import io
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from kg.errors import KgError
from kg.graph import KnowledgeGraph
from kg.iris import DEFAULT_BASE
from kg.outputs import link_file
from kg.rdf import trig_chunks
from kg.rdf.turtle import split_descriptions

STORE = "graph.store"
MOST_REPLACED = 1 / 16
"""The share of the articles that may be replaced in a store: each takes as long as to load some 16 anew."""

_BUFFER = 1 << 20
_STAMP = "zhengtu"  # a file beside those of RocksDB, which leaves alone what it does not know
_OWN = ("LOCK", "LOG")  # files that each opening makes anew


def write_store(graph: KnowledgeGraph, path: Path, *, base: str = DEFAULT_BASE) -> None:
    """Write *graph* as a store into a folder that does not exist yet.

    Raises:
        OSError: The folder cannot be written.
    """
    trig = read_chunks(trig_chunks(graph, base=base))
    _fill(path, ox.parse(trig, format=ox.RdfFormat.TRIG))


def write_store_of(files: Iterable[Path], path: Path) -> None:
    """Write what packed *files* of N-Quads hold together as a store into a folder that does not exist yet.

    Raises:
        OSError: The folder cannot be written.
    """
    _fill(path, chain.from_iterable(map(_parse_packed, files)))


def stamp_store(path: Path, stamp: str) -> None:
    """Leave word in the store at *path* of what it holds."""
    (path / _STAMP).write_text(stamp, encoding="utf-8")


def has_stamp(path: Path, stamp: str | None) -> bool:
    """Tell whether the store at *path* holds what *stamp* says."""
    try:
        return is_store(path) and (path / _STAMP).read_text(encoding="utf-8") == stamp
    except (OSError, UnicodeDecodeError):
        return False


def update_store(last: Path, path: Path, *, removed: Iterable[ox.Quad], added: Iterable[ox.Quad]) -> bool:
    """Write the store at *last* without the quads *removed* and with those *added* to *path*.

    *last* stays as it is. What the default graph says by itself, no named graph says: so a triple leaves it
    when the last graph that states it does. Tell whether that could be done: *last* may be damaged, and of a
    disk that is full whoever fills the store anew will hear.
    """
    gone, come = set(removed), set(added)
    gone, come = gone - come, come - gone
    try:
        _copy_store(last, path)
        store = ox.Store(str(path))
        for quad in gone:
            store.remove(quad)
        store.extend(with_union(come))
        for quad in _orphans(store, gone):
            store.remove(quad)
        store.flush()
    except OSError:
        shutil.rmtree(path, ignore_errors=True)
        return False
    return True


def trig_quads(head: str, blocks: Iterable[str]) -> Iterator[ox.Quad]:
    """Yield the quads of blocks of TriG under the prefixes that *head* declares.

    Example:
        >>> len(list(trig_quads("@prefix ex: <https://example.org/> .", ["ex:g { ex:a ex:b ex:c . }"])))
        1
    """
    return ox.parse(read_chunks(chain([head], blocks)), format=ox.RdfFormat.TRIG)


def parse_lines(texts: Iterable[bytes]) -> Iterator[ox.Quad]:
    """Yield the quads of *texts*, each of which is some lines of N-Quads.

    Example:
        >>> len(list(parse_lines([b"<ex:a> <ex:b> <ex:c> .\\n", b""])))
        1
    """
    for text in texts:
        yield from ox.parse(text, format=ox.RdfFormat.N_QUADS)


def changed_quads(before: bytes, after: bytes, others: Sequence[bytes]) -> Iterator[ox.Quad]:
    """Yield the quads of the TriG *before*, without the descriptions that *after* has too, and of *others*.

    Both begin with the same prefixes; *others* are blocks under them.
    """
    pieces = split_descriptions(before.decode("utf-8"))
    head = next(pieces)
    known = set(split_descriptions(after.decode("utf-8")))
    own = (piece for piece in pieces if piece not in known)
    return trig_quads(head, chain(own, (block.decode("utf-8") for block in others)))


def _copy_store(last: Path, path: Path) -> None:
    """Copy a store; the tables of RocksDB, all of its size, never change, so links to them will do."""
    path.mkdir()
    for file in last.iterdir():
        if file.suffix == ".sst":
            link_file(file, path / file.name)
        elif file.name not in (*_OWN, _STAMP):
            shutil.copyfile(file, path / file.name)


def _orphans(store: ox.Store, gone: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield of the triples that were *gone* from a named graph those that no other states."""
    by_subject: dict[object, list[ox.Triple]] = defaultdict(list)
    for quad in gone:
        if not isinstance(quad.graph_name, ox.DefaultGraph):
            by_subject[quad.subject].append(quad.triple)
    for subject, triples in by_subject.items():
        stated = {
            quad.triple
            for quad in store.quads_for_pattern(cast("ox.NamedNode", subject), None, None, None)
            if not isinstance(quad.graph_name, ox.DefaultGraph)
        }
        for triple in set(triples) - stated:
            yield ox.Quad(triple.subject, triple.predicate, triple.object)


def _parse_packed(file: Path) -> Iterator[ox.Quad]:
    with gzip.open(file) as packed:
        yield from ox.parse(cast("IO[bytes]", packed), format=ox.RdfFormat.N_QUADS)


def _fill(path: Path, quads: Iterable[ox.Quad]) -> None:
    try:
        store = ox.Store(str(path))
        store.bulk_extend(with_union(quads))
        store.flush()
    except OSError as error:
        raise OSError(error.errno or errno.EIO, _reason(error)) from error


def is_store(path: Path) -> bool:
    """Tell whether *path* is the folder of a store."""
    return (path / "CURRENT").is_file()


def open_disk(path: Path) -> ox.Store:
    """Open the store at *path* for reading; many may at once.

    Raises:
        KgError: It is damaged, or open for writing.
    """
    try:
        return ox.Store.read_only(str(path))
    except OSError as error:
        message = f"{path}: the store cannot be opened ({_reason(error)}); build again, or remove it"
        raise KgError(message) from error


def with_union(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield each quad for its named graph and once more for the default graph.

    Oxigraph can take all graphs as the default one on the fly, but then a triple that two articles
    state counts twice, against the standard.
    """
    for quad in quads:
        yield quad
        if not isinstance(quad.graph_name, ox.DefaultGraph):
            yield ox.Quad(quad.subject, quad.predicate, quad.object)


def read_chunks(chunks: Iterator[str]) -> IO[bytes]:
    """Return a file that is read as *chunks* come, so that no more than a few are held.

    Example:
        >>> read_chunks(iter(["新质", "生产力"])).read().decode()
        '新质生产力'
    """
    return io.BufferedReader(_Chunks(chunks), _BUFFER)


class _Chunks(io.RawIOBase):
    def __init__(self, chunks: Iterator[str]) -> None:
        self._chunks = chunks
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = chunk.encode("utf-8")
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def _reason(error: OSError) -> str:
    """Return the end of what RocksDB says, which is what the system has said."""
    lines = str(error).strip().splitlines()
    return lines[0].rsplit(": ", 1)[-1].lower() if lines else type(error).__name__
