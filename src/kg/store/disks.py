"""The store on disk: a graph that is open at once, however large, where a file must be read first.

A folder of RocksDB, as Oxigraph keeps it. Its bytes differ from build to build, so no manifest promises
them; what it holds is what ``graph.trig`` holds, with the union of all graphs as the default graph.
"""

import errno
import gzip
import io
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from kg.errors import KgError
from kg.graph import KnowledgeGraph
from kg.iris import DEFAULT_BASE
from kg.rdf import trig_chunks

STORE = "graph.store"
_BUFFER = 1 << 20


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
