"""The facts of all inputs, of which only what has changed since the last build is read.

A source whose content is that of the last build is not even parsed; an article that a changed source
still holds as it was is not read again. What comes of it is the same file of facts, byte for byte, as
without a last build.
"""

import platform
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg.articles import Source, find_sources, nothing_read, read_source
from kg.caches import (
    CACHE,
    CachedArticle,
    CachedSource,
    CacheWriter,
    FactsCache,
    digest_article,
    digest_source,
    open_cache,
    pack_facts,
)
from kg.errors import InternalError, KgError
from kg.lexicon import Lexicon
from kg.pipeline import Progress, describe_settings, map_articles
from kg.records import Article, ArticleFacts, Diagnostic
from kg.resources import digest_code
from kg.schema import DiagnosticCode

# What reads files or cuts words; another version, or an extra that was not there, may read otherwise.
_LIBRARIES = (
    "charset-normalizer",
    "jieba",
    "lxml",
    "opencc",
    "pypdf",
    "python-docx",
    "python-frontmatter",
    "rjieba",
    "trafilatura",
)


@dataclass(frozen=True, slots=True)
class Changes:
    """How many articles the last build's facts served for, and how many were read.

    ``remark`` tells why none of them did, where there was a last build and none could.
    """

    n_kept: int
    n_added: int
    n_replaced: int
    n_removed: int
    remark: str = ""

    @property
    def are_none(self) -> bool:
        """Tell whether every article is as it was."""
        return not (self.n_added or self.n_replaced or self.n_removed)


def format_changes(changes: Changes) -> str:
    """Return one line of the report, in the form of the others.

    Example:
        >>> format_changes(Changes(n_kept=9_999, n_added=1, n_replaced=0, n_removed=2))
        'changes            3  kept 9,999, added 1, replaced 0, removed 2'
    """
    total = changes.n_added + changes.n_replaced + changes.n_removed
    told = {
        "kept": changes.n_kept,
        "added": changes.n_added,
        "replaced": changes.n_replaced,
        "removed": changes.n_removed,
    }
    detail = ", ".join(f"{label} {count:,}" for label, count in told.items())
    return f"{'changes':<12} {total:>7,}  {detail}"


@dataclass(frozen=True, slots=True)
class _Start:
    """A source begins; what follows up to the next one comes from it."""

    name: str
    key: bytes


@dataclass(frozen=True, slots=True)
class _Kept:
    """An article with the facts that the last build has of it."""

    article: CachedArticle
    packed: bytes


_Item = _Start | _Kept | Article | Diagnostic


def _pack(facts: ArticleFacts) -> tuple[bytes, bool]:
    """Return facts as they are kept, and whether they may serve again: a failure may pass."""
    failed = any(doubt.code is DiagnosticCode.FAILED_ARTICLE for doubt in facts.article.diagnostics)
    return pack_facts(facts), not failed


def describe_facts(lexicon: Lexicon) -> dict[str, str]:
    """Return what facts depend on besides their article: the settings of a graph, code and libraries.

    Example:
        >>> from kg.lexicon import load_lexicon
        >>> describe_facts(load_lexicon())["version"]
        '0.1.0'
    """
    libraries = {name: _version(name) for name in _LIBRARIES}
    return {
        **describe_settings(lexicon),
        **libraries,
        "code": digest_code(),
        "python": platform.python_version(),
    }


def update_facts(
    inputs: Sequence[str],
    path: Path,
    *,
    lexicon: Lexicon,
    last: Path | None = None,
    encoding: str | None = None,
    jobs: int = 1,
    request: str = "",
    on_progress: Progress | None = None,
) -> Changes:
    """Write the facts of *inputs* to *path* and say what has changed since the build in *last*.

    *request* is kept beside the facts: what else was asked of the build.

    Raises:
        KgError: Nothing could be read.
    """
    settings = describe_facts(lexicon)
    plan, changes = _update(
        find_sources(inputs),
        CacheWriter(path, settings=settings, request=request),
        settings,
        None if last is None else last / CACHE,
        lexicon,
        encoding=encoding,
        jobs=jobs,
        on_progress=on_progress,
    )
    if not plan.n_articles:
        raise nothing_read(plan.diagnostics)
    return changes


def update_part(
    sources: Sequence[Source],
    path: Path,
    *,
    lexicon: Lexicon,
    n_parts: int,
    last: Path | None = None,
    encoding: str | None = None,
) -> tuple[Changes, Sequence[Diagnostic]]:
    """Write the facts of one of *n_parts* parts of a corpus to *path*; *last* are those of its last build.

    Return what has changed, and the doubts about the sources.
    """
    settings = {**describe_facts(lexicon), "partitions": str(n_parts)}
    writer = CacheWriter(path, settings=settings)
    plan, changes = _update(sources, writer, settings, last, lexicon, encoding=encoding)
    return changes, plan.diagnostics


def _update(
    sources: Sequence[Source],
    writer: CacheWriter,
    settings: dict[str, str],
    last: Path | None,
    lexicon: Lexicon,
    *,
    encoding: str | None = None,
    jobs: int = 1,
    on_progress: Progress | None = None,
) -> tuple["_Plan", Changes]:
    with writer, ExitStack() as stack:
        old, remark = _open_last(last, settings)
        if old is not None:
            stack.enter_context(old)
        plan = _Plan(sources, old.sources if old and not remark else (), old, encoding, on_progress)
        _write(plan, writer, lexicon, jobs)
        before = {article.id for source in old.sources for article in source.articles} if old else set()
    changes = Changes(
        n_kept=plan.n_kept,
        n_added=len(plan.fresh - before),
        n_replaced=len(plan.fresh & before),
        n_removed=len(before - plan.ids),
        remark=remark,
    )
    return plan, changes


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"


def _open_last(last: Path | None, settings: dict[str, str]) -> tuple[FactsCache | None, str]:
    """Return the cache of the last build, and why it is of no use where it is of none."""
    if last is None or not last.exists():
        return None, ""
    try:
        cache = open_cache(last)
    except KgError as error:
        return None, f"{error}; everything is read again"
    changed = sorted(
        key for key in settings.keys() | cache.settings if settings.get(key) != cache.settings.get(key)
    )
    if changed:
        return cache, f"{', '.join(changed)} changed since the last build; everything is read again"
    return cache, ""


class _Plan:
    """What becomes of each source and article, told in order as it is found out."""

    def __init__(
        self,
        sources: Sequence[Source],
        known: Iterable[CachedSource],
        cache: FactsCache | None,
        encoding: str | None,
        tell: Progress | None,
    ) -> None:
        self._sources = sources
        self._cache = cache
        self._encoding = encoding
        self._tell = tell
        self._known_sources = {source.name: source for source in known}
        self._known_articles = {
            article.key: article for source in self._known_sources.values() for article in source.articles
        }
        self._n_expected = len(sources)
        self.ids: set[str] = set()
        self.fresh: set[str] = set()
        self.n_kept = 0
        self.diagnostics: list[Diagnostic] = []

    @property
    def n_articles(self) -> int:
        return len(self.ids)

    def tell(self, done: int) -> None:
        if self._tell is not None:
            self._tell("reading articles", done, max(done, self._n_expected))

    def items(self) -> Iterator[_Item]:
        for source in self._sources:
            try:
                data = source.read_bytes() if source.format else None
            except KgError:
                data = None  # read_source will say so
            key = digest_source(source.name, source.format, self._encoding, data or b"")
            yield _Start(source.name, key)
            known = self._known_sources.get(source.name)
            if data is not None and known is not None and known.key == key:
                yield from self._keep_source(known)
            else:
                if data is not None and source.format == "json":
                    self._n_expected += max(0, data.count(b"\n") - 1)
                yield from self._read_source(source, data)

    def _keep_source(self, source: CachedSource) -> Iterator[_Item]:
        for doubt in source.diagnostics:
            self.diagnostics.append(doubt)
            yield doubt
        self._n_expected += len(source.articles) - 1
        for article in source.articles:
            yield self._keep(article)

    def _read_source(self, source: Source, data: bytes | None) -> Iterator[_Item]:
        for item in read_source(source, data=data, encoding=self._encoding):
            if isinstance(item, Diagnostic):
                self.diagnostics.append(item)
                yield item
                continue
            known = self._known_articles.get(digest_article(item)) if self._known_articles else None
            if known is not None:
                yield self._keep(known)
            else:
                self.ids.add(item.id)
                self.fresh.add(item.id)
                yield item

    def _keep(self, article: CachedArticle) -> _Kept:
        if self._cache is None:
            raise InternalError("updates: an article is kept of no cache")
        self.ids.add(article.id)
        self.n_kept += 1
        return _Kept(article, self._cache.packed(article))


def _write(plan: _Plan, writer: CacheWriter, lexicon: Lexicon, jobs: int) -> None:
    """Write the items of *plan* in their order, articles with their facts."""
    waiting: deque[_Item] = deque()  # what stands before and between articles that are being read
    n_done = 0

    def articles() -> Iterator[Article]:
        for item in plan.items():
            if isinstance(item, Article) or waiting:
                waiting.append(item)
            else:
                put(item)
            if isinstance(item, Article):
                yield item

    def put(item: _Item) -> None:
        nonlocal n_done
        if isinstance(item, _Start):
            writer.start_source(item.name, item.key)
        elif isinstance(item, Diagnostic):
            writer.add_diagnostic(item)
        elif isinstance(item, _Kept):
            writer.add_article(item.article.id, item.article.key, item.packed)
            n_done += 1

    plan.tell(0)
    for packed, may_serve_again in map_articles(_pack, articles(), lexicon=lexicon, jobs=jobs):
        article = waiting.popleft()
        if not isinstance(article, Article):
            raise InternalError(f"updates: the facts of an article have come for {article!r}")
        writer.add_article(article.id, digest_article(article) if may_serve_again else b"", packed)
        n_done += 1
        plan.tell(n_done)
        while waiting and not isinstance(waiting[0], Article):
            put(waiting.popleft())
    plan.tell(n_done)
