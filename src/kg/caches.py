"""The facts of each article in one file, so that the next build reads only what has changed.

A cache belongs to settings (version, lexicon, rules, libraries) and holds, for each source by the digest
of its content, its articles and the doubts about it; for each article, by its own digest, the facts. Facts
stand in the file one after another, packed, and an index at its end tells where: reading is by article, in
any order, without holding more than one. The same sources give the same bytes.

A file that is damaged, in whatever way, is told by its digest before anything of it is used, and nothing
but the records of :mod:`kg.records` can come out of one, whoever wrote it.
"""

import hashlib
import mmap
import os
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from kg.errors import InternalError, KgError
from kg.records import Article, ArticleFacts, Diagnostic

CACHE = "facts.cache"
_MAGIC = b"kg facts 1\n"
_LEVEL = 1  # of zlib: a seventh of the size at a fifth of the time that decoding takes
_DIGEST_SIZE = 32
_PLACE_SIZE = 8
_TAIL_SIZE = _PLACE_SIZE + _DIGEST_SIZE


class CachedArticle(msgspec.Struct, frozen=True, array_like=True):
    """Where the facts of an article stand, and the digest of what they were read from."""

    id: str
    key: bytes
    start: int
    size: int


class CachedSource(msgspec.Struct, frozen=True, array_like=True):
    """What one source gave."""

    name: str
    key: bytes
    articles: tuple[CachedArticle, ...]
    diagnostics: tuple[Diagnostic, ...]


class _Index(msgspec.Struct, frozen=True, array_like=True):
    settings: dict[str, str]
    request: str
    sources: tuple[CachedSource, ...]


_encoder = msgspec.msgpack.Encoder(order="deterministic")
_facts_decoder = msgspec.msgpack.Decoder(ArticleFacts)
_index_decoder = msgspec.msgpack.Decoder(_Index)


def pack_facts(facts: ArticleFacts) -> bytes:
    """Return *facts* as the cache keeps them.

    Example:
        >>> facts = ArticleFacts(Article("article/a", "", "要监管。"), (), (), (), ())
        >>> unpack_facts(pack_facts(facts)) == facts
        True
    """
    return zlib.compress(_encoder.encode(facts), _LEVEL)


def unpack_facts(data: bytes | memoryview) -> ArticleFacts:
    """Return the facts that :func:`pack_facts` has packed.

    Raises:
        KgError: They are damaged or of another version.
    """
    try:
        return _facts_decoder.decode(zlib.decompress(data))
    except (zlib.error, msgspec.DecodeError) as error:
        raise KgError(f"facts of an article: damaged ({error}); build again with --no-cache") from error


def digest_source(name: str, format_: str, encoding: str | None, data: bytes) -> bytes:
    """Return what tells one source from another: where it stands, what it holds, how it is to be read."""
    digest = hashlib.sha256()
    for part in (name.encode("utf-8", "surrogatepass"), format_.encode(), (encoding or "").encode()):
        digest.update(len(part).to_bytes(8, "big") + part)
    digest.update(data)
    return digest.digest()


def digest_article(article: Article) -> bytes:
    """Return what tells one article from another: all its fields."""
    return hashlib.sha256(_encoder.encode(article)).digest()


class FactsCache:
    """A finished cache, opened for reading; made by :func:`open_cache`."""

    def __init__(self, path: Path, content: mmap.mmap, index: _Index, digest: bytes) -> None:
        self._path = path
        self._content = content
        self._index = index
        self.digest = digest

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._content.close()

    def __len__(self) -> int:
        return sum(len(source.articles) for source in self.sources)

    @property
    def settings(self) -> Mapping[str, str]:
        """Return what, besides the sources, the facts depend on."""
        return self._index.settings

    @property
    def request(self) -> str:
        """Return what was asked of the build that wrote the cache."""
        return self._index.request

    @property
    def sources(self) -> tuple[CachedSource, ...]:
        """Return the sources in the order of their names."""
        return self._index.sources

    @property
    def articles(self) -> tuple[CachedArticle, ...]:
        """Return all articles in the order of their ids."""
        found = (article for source in self.sources for article in source.articles)
        return tuple(sorted(found, key=lambda article: article.id))

    def packed(self, article: CachedArticle) -> bytes:
        """Return the facts of an article as they stand in the file."""
        return self._content[article.start : article.start + article.size]

    def facts(self, article: CachedArticle) -> ArticleFacts:
        """Return the facts of an article."""
        return unpack_facts(self.packed(article))

    def __iter__(self) -> Iterator[ArticleFacts]:
        return map(self.facts, self.articles)


def open_cache(path: Path, *, is_trusted: bool = False) -> FactsCache:
    """Open the cache at *path*; one that was written just now may be trusted without a look at its digest.

    Raises:
        KgError: It cannot be read, or is damaged.
    """
    try:
        with path.open("rb") as file:
            content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:  # mmap takes no empty file
        raise KgError(f"{path}: the cache cannot be read ({error})") from error
    try:
        if content[: len(_MAGIC)] != _MAGIC or len(content) < len(_MAGIC) + _TAIL_SIZE:
            raise KgError(f"{path}: the cache is damaged or of another version")
        digest = content[-_DIGEST_SIZE:]
        if not is_trusted and _digest(content) != digest:
            raise KgError(f"{path}: the cache is damaged (its digest does not fit)")
        place = int.from_bytes(content[-_TAIL_SIZE:-_DIGEST_SIZE], "big")
        index = _index_decoder.decode(zlib.decompress(content[place:-_TAIL_SIZE]))
    except (zlib.error, msgspec.DecodeError) as error:
        content.close()
        raise KgError(f"{path}: the cache is damaged ({error})") from error
    except KgError:
        content.close()
        raise
    return FactsCache(path, content, index, digest)


def read_packed(path: Path) -> dict[str, bytes]:
    """Return the packed facts of all articles by id, from a cache that was written just now.

    Raises:
        KgError: It cannot be read, or is damaged.
    """
    with open_cache(path, is_trusted=True) as facts:
        return {article.id: facts.packed(article) for article in facts.articles}


def read_digest(path: Path) -> bytes:
    """Return the digest that stands at the end of a cache, unchecked; nothing where there is none.

    Example:
        >>> read_digest(Path("missing"))
        b''
    """
    try:
        with path.open("rb") as file:
            file.seek(-_DIGEST_SIZE, os.SEEK_END)
            return file.read()
    except OSError:
        return b""


def _digest(content: mmap.mmap) -> bytes:
    with memoryview(content) as view, view[:-_DIGEST_SIZE] as signed:
        return hashlib.sha256(signed).digest()


class CacheWriter:
    """Writes a cache, article by article in the order of the sources.

    Example:
        >>> import pathlib, tempfile
        >>> facts = ArticleFacts(Article("article/a.txt", "", "要监管。"), (), (), (), ())
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, CACHE)
        ...     with CacheWriter(path, settings={"version": "1"}) as writer:
        ...         writer.start_source("a.txt", b"digest")
        ...         writer.add_article("article/a.txt", b"digest", pack_facts(facts))
        ...     with open_cache(path) as cache:
        ...         list(cache) == [facts]
        True
    """

    def __init__(self, path: Path, *, settings: Mapping[str, str], request: str = "") -> None:
        self._file = path.open("wb")
        self._digest = hashlib.sha256()
        self._place = 0
        self._settings = dict(sorted(settings.items()))
        self._request = request
        self._sources: list[CachedSource] = []
        self._articles: list[CachedArticle] = []
        self._diagnostics: list[Diagnostic] = []
        self._current: tuple[str, bytes] | None = None
        self._write(_MAGIC)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._file.close()

    def start_source(self, name: str, key: bytes) -> None:
        """Begin the next source: what is added from now on comes from it."""
        self._end_source()
        self._current = (name, key)

    def add_article(self, article_id: str, key: bytes, packed: bytes) -> None:
        """Add an article with its facts; without a key it will be read again by the next build."""
        self._articles.append(CachedArticle(article_id, key, self._place, len(packed)))
        self._write(packed)

    def add_diagnostic(self, doubt: Diagnostic) -> None:
        """Add a doubt about the source."""
        self._diagnostics.append(doubt)

    def _end_source(self) -> None:
        if self._current is not None:
            name, key = self._current
            if not all(article.key for article in self._articles):
                key = b""  # the source must be read again for the article that must
            self._sources.append(CachedSource(name, key, tuple(self._articles), tuple(self._diagnostics)))
        elif self._articles or self._diagnostics:
            raise InternalError("cache: something was added before the first source began")
        self._articles, self._diagnostics, self._current = [], [], None

    def _finish(self) -> None:
        self._end_source()
        place = self._place
        index = _Index(self._settings, self._request, tuple(self._sources))
        self._write(zlib.compress(_encoder.encode(index), _LEVEL))
        self._write(place.to_bytes(_PLACE_SIZE, "big"))
        self._file.write(self._digest.digest())

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._digest.update(data)
        self._place += len(data)
