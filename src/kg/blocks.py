"""Files made of one block an article, or one file an article: what has not changed since the last build is
copied, not made.

An export gives its file as parts, in order: texts of no article, and the block of each article. What a
block depends on is told by its key; where the last build's file has a block under the same key, the block
is copied and its text never made. An index beside the files tells where each block stands. It promises
nothing: a block that is not as it was written, an index that is damaged or missing, costs time only.
"""

import hashlib
import mmap
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from kg.outputs import link_file
from kg.paths import written

BLOCKS = "blocks.index"
PAGES = "pages.index"  # of the pages, which are written by a process of their own
_DIGEST_SIZE = 32

Part = tuple[str | None, Iterator[str]]
"""The id of an article, or ``None`` for what belongs to none, and the text piece by piece."""


class Block(msgspec.Struct, frozen=True, array_like=True):
    """Where a block stands in its file, in bytes; what it was made of; a checksum of what it holds."""

    key: bytes
    start: int
    size: int
    checksum: int


class _Index(msgspec.Struct, frozen=True, array_like=True):
    request: str
    files: dict[str, dict[str, Block]]


@dataclass(frozen=True, slots=True)
class Difference:
    """What of a file was in the last build alone, and what is in this one alone; heads are always told."""

    head_before: bytes
    head: bytes
    before: tuple[bytes, ...]
    after: tuple[bytes, ...]

    @property
    def n_blocks(self) -> int:
        """Return how many blocks were taken away or came."""
        return len(self.before) + len(self.after)


_encoder = msgspec.msgpack.Encoder(order="deterministic")
_decoder = msgspec.msgpack.Decoder(_Index)


class Blocks:
    """Files in blocks that stand in a folder; made by :func:`open_blocks`, used in a ``with`` statement."""

    def __init__(self, folder: Path, index: _Index) -> None:
        self.folder = folder
        self._index = index
        self._contents: dict[str, mmap.mmap | None] = {}
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def blocks(self, name: str) -> Mapping[str, Block]:
        """Return the blocks of a file by article; none where there is no such file."""
        return self._index.files.get(name, {})

    def read(self, name: str, article_id: str, key: bytes) -> bytes | None:
        """Return the block of an article, if it has this key and stands there as it was written."""
        block = self.blocks(name).get(article_id)
        if block is None or block.key != key:
            return None
        content = self._content(name)
        data = b"" if content is None else content[block.start : block.start + block.size]
        return data if len(data) == block.size and zlib.crc32(data) == block.checksum else None

    def find(self, group: str, article_id: str, name: str, key: bytes) -> tuple[Path, Block] | None:
        """Return the file of an article, if it has this key and stands under *name* as it was written."""
        block = self.blocks(group).get(article_id)
        if block is None or block.key != key:
            return None
        path = self.folder / name
        try:
            data = path.read_bytes()
        except OSError:
            return None
        return (path, block) if len(data) == block.size and zlib.crc32(data) == block.checksum else None

    def head(self, name: str) -> bytes:
        """Return what stands before the first block of a file; nothing where there is none."""
        content = self._content(name) or b""
        return content[: min((block.start for block in self.blocks(name).values()), default=len(content))]

    def stamp(self, name: str) -> str | None:
        """Return a digest of what a file was made of, or ``None`` where it was not written in blocks."""
        blocks = self.blocks(name)
        if not blocks:
            return None
        return digest_block(self._index.request.encode(), _encoder.encode(blocks), self.head(name)).hex()

    def _content(self, name: str) -> mmap.mmap | None:
        if name not in self._contents:
            self._contents[name] = None
            with suppress(OSError, ValueError), (self.folder / name).open("rb") as file:  # none can be empty
                content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
                self._contents[name] = self._open.enter_context(closing(content))
        return self._contents[name]


def open_blocks(folder: Path, *, request: str | None = None, index: str = BLOCKS) -> Blocks:
    """Open the files in blocks in *folder*; of another *request* than this there are none.

    *index* is the path of their index in the folder.
    """
    found = _read_index(folder / index)
    if found is None or request not in (None, found.request):
        found = _Index("", {})
    return Blocks(folder, found)


def find_difference(old: Blocks, new: Blocks, name: str) -> Difference | None:
    """Return what has changed in a file, or ``None`` where a block is not as it was written."""
    before, after = old.blocks(name), new.blocks(name)
    gone = [
        old.read(name, article_id, block.key)
        for article_id, block in before.items()
        if article_id not in after or after[article_id].key != block.key
    ]
    come = [
        new.read(name, article_id, block.key)
        for article_id, block in after.items()
        if article_id not in before or before[article_id].key != block.key
    ]
    whole = [data for data in (*gone, *come) if data is not None]
    if len(whole) < len(gone) + len(come):
        return None
    return Difference(old.head(name), new.head(name), tuple(whole[: len(gone)]), tuple(whole[len(gone) :]))


class BlockWriter:
    """Writes files in blocks, with those that have not changed copied; use it in a ``with`` statement.

    Args:
        folder: Where to write; a file appears under its name when it is whole.
        keys: What the block of each article depends on, by its id; the same in all files. Without any, no
            index is written.
        request: What all blocks depend on.
        last: The folder of the last build, if its blocks may serve again.
        index: The path of the index in either folder.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with BlockWriter(Path(folder), keys={"a": b"1"}, request="") as writer:
        ...         writer.write("x.txt", [(None, iter(["head "])), ("a", iter(["block"]))])
        ...     Path(folder, "x.txt").read_text()
        'head block'
    """

    def __init__(
        self,
        folder: Path,
        *,
        keys: Mapping[str, bytes],
        request: str,
        last: Path | None = None,
        index: str = BLOCKS,
    ) -> None:
        self.keys = keys
        self.request = request
        self._path = folder / index
        self._index = _Index(request, {})
        self.last = None if last is None else open_blocks(last, request=request, index=index)
        self.written = Blocks(folder, self._index)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self.written, self.last or nullcontext():
            if kind is None and self.keys and self._index.files:
                _write_index(self._index, self._path)

    def write(
        self, name: str, parts: Iterable[Part], *, pack: Callable[[bytes], bytes] = lambda data: data
    ) -> None:
        """Write one file of *parts*, in UTF-8, each of them packed by itself."""
        blocks = self._index.files[name] = {}
        place = 0
        with written(self.written.folder / name) as new, new.open("wb") as file:
            for article_id, texts in parts:
                key = None if article_id is None else self.keys.get(article_id)
                if article_id is None or key is None:
                    place += sum(file.write(pack(text.encode("utf-8"))) for text in texts)
                    continue
                data = None if self.last is None else self.last.read(name, article_id, key)
                if data is None:
                    data = pack("".join(texts).encode("utf-8"))
                file.write(data)
                blocks[article_id] = Block(key, place, len(data), zlib.crc32(data))
                place += len(data)

    def write_whole(self, group: str, article_id: str, name: str, make: Callable[[], bytes]) -> Path:
        """Write a file of its own for an article, or link that of the last build; return where it stands.

        *group* is the name under which the index keeps all files of a sort.
        """
        path = self.written.folder / name
        key = self.keys.get(article_id)
        found = self.last.find(group, article_id, name, key) if self.last and key is not None else None
        if found is not None:
            source, block = found
            link_file(source, path)
        else:
            data = make()
            path.write_bytes(data)
            block = Block(key or b"", 0, len(data), zlib.crc32(data))
        if key is not None:
            self._index.files.setdefault(group, {})[article_id] = block
        return path


def digest_block(*parts: bytes) -> bytes:
    """Return the key of a block that depends on *parts*.

    Example:
        >>> digest_block(b"ab", b"c") == digest_block(b"a", b"bc")
        False
    """
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()


def _read_index(path: Path) -> _Index | None:
    try:
        content = path.read_bytes()
        digest, packed = content[:_DIGEST_SIZE], content[_DIGEST_SIZE:]
        return _decoder.decode(zlib.decompress(packed)) if hashlib.sha256(packed).digest() == digest else None
    except (OSError, zlib.error, msgspec.DecodeError):
        return None


def _write_index(index: _Index, path: Path) -> None:
    packed = zlib.compress(_encoder.encode(index), 1)
    with written(path) as new:
        new.write_bytes(hashlib.sha256(packed).digest() + packed)
