"""Files made of one block an article: what has not changed since the last build is copied, not made.

An export gives its file as parts, in order: texts of no article, and the block of each article. What a
block depends on is told by its key; where the last build's file has a block under the same key, the block
is copied and its text never made. An index beside the files tells where each block stands. It promises
nothing: a block that is not as it was written, an index that is damaged or missing, costs time only.
"""

import hashlib
import mmap
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

BLOCKS = "blocks.index"
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


_encoder = msgspec.msgpack.Encoder(order="deterministic")
_decoder = msgspec.msgpack.Decoder(_Index)


class BlockFiles:
    """Writes the files of one build in blocks, beside those of the last; use it in a ``with`` statement.

    Args:
        directory: The folder to write into.
        keys: What the block of each article depends on, by its id; the same in all files. Without any, no
            index is written.
        request: What all blocks depend on.
        last: The folder of the last build, if its blocks may serve again.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with BlockFiles(Path(folder), keys={"a": b"1"}, request="") as files:
        ...         files.write("x.txt", [(None, iter(["head "])), ("a", iter(["block"]))])
        ...     Path(folder, "x.txt").read_text()
        'head block'
    """

    def __init__(
        self, directory: Path, *, keys: Mapping[str, bytes], request: str, last: Path | None = None
    ) -> None:
        self.directory = directory
        self._keys = keys
        self.last = last
        self._index = _Index(request, {})
        known = None if last is None else _read_index(last / BLOCKS)
        self._known = known.files if known is not None and known.request == request else {}
        self._open = ExitStack()
        self._contents: dict[Path, mmap.mmap | None] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()
        if kind is None and self._keys and self._index.files:
            _write_index(self._index, self.directory / BLOCKS)

    def write(self, name: str, parts: Iterable[Part]) -> None:
        """Write one file of *parts*, in UTF-8."""
        blocks = self._index.files[name] = {}
        place = 0
        with (self.directory / name).open("wb") as file:
            for article_id, texts in parts:
                key = None if article_id is None else self._keys.get(article_id)
                if article_id is None or key is None:
                    place += sum(file.write(text.encode("utf-8")) for text in texts)
                    continue
                data = self._kept(name, article_id, key)
                if data is None:
                    data = "".join(texts).encode("utf-8")
                file.write(data)
                blocks[article_id] = Block(key, place, len(data), zlib.crc32(data))
                place += len(data)

    def stamp(self, name: str) -> str | None:
        """Return a digest of what a file holds, or ``None`` where it was not written in blocks."""
        blocks = self._index.files.get(name)
        return None if not blocks else self._stamp(blocks, self._head(self.directory, name))

    def stamp_before(self, name: str) -> str | None:
        """Return the same of the last build's file, or ``None`` where there is none."""
        blocks = self._known.get(name)
        if not blocks or self.last is None or self._content(self.last / name) is None:
            return None
        return self._stamp(blocks, self._head(self.last, name))

    def _stamp(self, blocks: Mapping[str, Block], head: bytes) -> str:
        return digest_block(self._index.request.encode(), _encoder.encode(blocks), head).hex()

    def difference(self, name: str, *, most: float) -> Difference | None:
        """Return what has changed in a file that was written.

        ``None`` where the last build's file does not tell, or more than the share *most* has changed.
        """
        old, new = self._known.get(name), self._index.files[name]
        if old is None or self.last is None:
            return None
        gone = [i for i, block in old.items() if i not in new or new[i].key != block.key]
        come = [i for i, block in new.items() if i not in old or old[i].key != block.key]
        if len(gone) + len(come) > most * len(new):
            return None
        before = [_read(self._content(self.last / name), old[article_id]) for article_id in gone]
        after = [_read(self._content(self.directory / name), new[article_id]) for article_id in come]
        whole = [data for data in (*before, *after) if data is not None]
        if len(whole) < len(before) + len(after):
            return None
        heads = self._head(self.last, name), self._head(self.directory, name)
        return Difference(*heads, tuple(whole[: len(before)]), tuple(whole[len(before) :]))

    def _kept(self, name: str, article_id: str, key: bytes) -> bytes | None:
        block = self._known.get(name, {}).get(article_id)
        if self.last is None or block is None or block.key != key:
            return None
        return _read(self._content(self.last / name), block)

    def _head(self, directory: Path, name: str) -> bytes:
        """Return what stands before the first block."""
        files = self._index.files if directory == self.directory else self._known
        content = self._content(directory / name) or b""
        return content[: min((block.start for block in files[name].values()), default=len(content))]

    def _content(self, path: Path) -> mmap.mmap | None:
        if path not in self._contents:
            self._contents[path] = None
            with suppress(OSError, ValueError), path.open("rb") as file:  # mmap takes no empty file
                content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
                self._contents[path] = self._open.enter_context(closing(content))
        return self._contents[path]


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


def _read(content: mmap.mmap | None, block: Block) -> bytes | None:
    data = b"" if content is None else content[block.start : block.start + block.size]
    return data if len(data) == block.size and zlib.crc32(data) == block.checksum else None


def _read_index(path: Path) -> _Index | None:
    try:
        content = path.read_bytes()
        digest, packed = content[:_DIGEST_SIZE], content[_DIGEST_SIZE:]
        return _decoder.decode(zlib.decompress(packed)) if hashlib.sha256(packed).digest() == digest else None
    except (OSError, zlib.error, msgspec.DecodeError):
        return None


def _write_index(index: _Index, path: Path) -> None:
    packed = zlib.compress(_encoder.encode(index), 1)
    path.write_bytes(hashlib.sha256(packed).digest() + packed)
