"""Files become articles: any of the formats, any of the encodings, any of the layouts.

What an article's publisher put around it (credits, dates, page furniture) becomes metadata or
goes; what is doubtful becomes a diagnostic. A file or a line that cannot be read costs itself
alone.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from os import PathLike

from kg.articles.documents import parse_docx, parse_pdf
from kg.articles.doubts import find_doubts
from kg.articles.drafts import Draft
from kg.articles.encodings import decode_bytes
from kg.articles.formats import Fault, parse_json_lines, parse_markdown, parse_text
from kg.articles.inputs import FORMATS, Source, find_sources
from kg.articles.restorations import Restored, restore_draft
from kg.articles.variants import simplify_draft
from kg.articles.webpages import parse_html
from kg.errors import KgError
from kg.iris import mint_id
from kg.records import Article, Diagnostic
from kg.schema import DiagnosticCode

__all__ = ["FORMATS", "Corpus", "Source", "find_sources", "nothing_read", "read_articles", "read_source"]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles in the order of their files and places, and the doubts about files.

    ``diagnostics`` are those that belong to no article (a file that cannot be read, a broken
    line); an article carries its own.
    """

    articles: tuple[Article, ...]
    diagnostics: tuple[Diagnostic, ...] = ()

    def __iter__(self) -> Iterator[Article]:
        return iter(self.articles)

    def __len__(self) -> int:
        return len(self.articles)


def read_articles(*inputs: str | PathLike[str], encoding: str | None = None) -> Corpus:
    """Return the articles behind *inputs*: files, folders, globs, or ``"-"`` for standard input.

    Articles are sorted by file name and stand in the order of their file. Their ids come from
    the name of the file, relative to the folder that was named, and their place in it.

    Args:
        inputs: What to read; folders are searched through, hidden files and READMEs left out.
        encoding: The encoding of text files; found out where it is not given.

    Raises:
        KgError: An input does not exist, or nothing could be read.

    Example:
        >>> import pathlib, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, "07.txt")
        ...     _ = path.write_text("量子技术开辟新赛道\\n\\n袁小康\\n\\n量子技术潜力巨大。", encoding="gbk")
        ...     article = read_articles(folder).articles[0]
        >>> article.id, article.title, article.authors
        ('article/07.txt', '量子技术开辟新赛道', ('袁小康',))
    """
    articles: list[Article] = []
    diagnostics: list[Diagnostic] = []
    for source in find_sources(inputs):
        for item in read_source(source, encoding=encoding):
            if isinstance(item, Article):
                articles.append(item)
            else:
                diagnostics.append(item)
    if not articles:
        raise nothing_read(diagnostics)
    return Corpus(tuple(articles), tuple(diagnostics))


def read_source(
    source: Source, *, data: bytes | None = None, encoding: str | None = None
) -> Iterator[Article | Diagnostic]:
    """Yield the articles of one source as they are found, and the doubts about it.

    Whatever goes wrong is a diagnostic, not an error. *data* is the content, where it has been read already.

    Example:
        >>> source = Source("07.txt", "text", None)
        >>> [article.text for article in read_source(source, data="量子技术潜力巨大。".encode())]
        ['量子技术潜力巨大。']
    """
    try:
        yield from _read_drafts(source, data, encoding)
    except KgError as error:
        yield Diagnostic(DiagnosticCode.UNREADABLE_INPUT, str(error), source.name)
    except Exception as error:  # a fault of ours, of any kind, must cost this file alone
        if os.environ.get("KG_TRACEBACK"):
            raise
        fault = f"{type(error).__name__}: {error}" if not isinstance(error, MemoryError) else "MemoryError"
        message = f"reading it failed with {fault}; KG_TRACEBACK=1 shows where; please report it"
        yield Diagnostic(DiagnosticCode.UNREADABLE_INPUT, message, source.name)


def nothing_read(diagnostics: Sequence[Diagnostic]) -> KgError:
    """Return the error that says why inputs gave no article at all.

    Example:
        >>> nothing_read([Diagnostic(DiagnosticCode.UNREADABLE_INPUT, "the file is empty", "a.txt")])
        KgError('a.txt: the file is empty')
    """
    if not diagnostics:  # lines of JSON, each of them blank
        return KgError("the input holds no article; check the files")
    first = diagnostics[0]
    place = f"{first.source_file}:{first.line}" if first.line else first.source_file
    more = f" (and {len(diagnostics) - 1} more)" if len(diagnostics) > 1 else ""
    return KgError(f"{place}: {first.message}{more}")


def _read_drafts(source: Source, data: bytes | None, encoding: str | None) -> Iterator[Article | Diagnostic]:
    if not source.format:
        raise KgError(f"this format is not read; save it as one of {' '.join(FORMATS)}")
    if data is None:
        data = source.read_bytes()
    if not data.strip():
        raise KgError("the file is empty; remove it, or fill it")
    yield from _as_articles(source, _restore(source, data, encoding))


def _restore(
    source: Source, data: bytes, encoding: str | None
) -> Iterator[tuple[Draft, Restored] | Diagnostic]:
    for item in _parse(source, data, encoding):
        if isinstance(item, Fault):
            yield Diagnostic(DiagnosticCode.UNREADABLE_INPUT, item.message, source.name, line=item.line)
        elif isinstance(item, Diagnostic):
            yield item
        else:
            yield from _restore_draft(source, item)


def _restore_draft(source: Source, draft: Draft) -> Iterator[tuple[Draft, Restored] | Diagnostic]:
    draft, remark = simplify_draft(draft)
    line = draft.number or None
    if remark:
        yield Diagnostic(DiagnosticCode.TRADITIONAL_CHARACTERS, remark, source.name, line=line)
    found = [(draft, one) for one in restore_draft(draft)]
    yield from found
    if not found:
        yield Diagnostic(DiagnosticCode.NO_SENTENCE, "no text was found in it", source.name, line=line)


def _parse(source: Source, data: bytes, encoding: str | None) -> Iterator[Draft | Fault | Diagnostic]:
    if source.format == "docx":
        yield parse_docx(data)
        return
    if source.format == "pdf":
        yield parse_pdf(data)
        return
    decoded = decode_bytes(data, encoding=encoding)
    if decoded.n_faults:
        encoding, place = decoded.encoding, decoded.first_fault
        message = f"{decoded.n_faults} characters do not fit {encoding}, the first at byte {place}"
        line = data.count(b"\n", 0, decoded.first_fault) + 1
        yield Diagnostic(DiagnosticCode.UNDECODABLE_BYTES, message, source.name, line=line)
    if source.format == "json":
        yield from parse_json_lines(decoded.text)
    elif source.format == "html":
        yield parse_html(decoded.text)
    elif source.format == "markdown":
        draft, faults = parse_markdown(decoded.text)
        yield from faults
        yield draft
    else:
        yield parse_text(decoded.text)


def _as_articles(
    source: Source, found: Iterable[tuple[Draft, Restored] | Diagnostic]
) -> Iterator[Article | Diagnostic]:
    """Yield articles with their ids; the only one of a file is called as the file, others by place or key."""
    used: set[str] = set()
    first: tuple[Draft, Restored] | None = None  # kept until it is known whether there are others
    ordinal = 0
    for item in found:
        if isinstance(item, Diagnostic):
            yield item
            continue
        ordinal += 1
        if ordinal == 1:
            first = item
            continue
        if first is not None:
            yield from _name_article(source, *first, "1", used)
            first = None
        yield from _name_article(source, *item, str(ordinal), used)
    if first is not None:
        yield from _name_article(source, *first, "", used)


def _name_article(
    source: Source, draft: Draft, one: Restored, ordinal: str, used: set[str]
) -> Iterator[Article | Diagnostic]:
    key = draft.key or ordinal
    parts = source.name.split("/") + ([key] if key else [])
    article_id = mint_id("article", *parts)
    if article_id in used:
        message = f"id {key!r} stands for an earlier article of the file; this one gets its line number"
        yield Diagnostic(DiagnosticCode.UNREADABLE_INPUT, message, source.name, line=draft.number)
        article_id = mint_id("article", *parts, str(draft.number))
    used.add(article_id)
    yield _as_article(article_id, source.name, one)


def _as_article(article_id: str, source_file: str, one: Restored) -> Article:
    meta = one.metadata
    doubts = find_doubts(
        one.text,
        body_start=one.body_start,
        heading_spans=one.heading_spans,
        article_id=article_id,
        source_file=source_file,
        places=one.places,
    )
    return Article(
        id=article_id,
        title=meta.title,
        text=one.text,
        authors=meta.authors,
        publisher=meta.publisher,
        date=meta.date,
        source_file=source_file,
        url=meta.url,
        body_start=one.body_start,
        heading_spans=one.heading_spans,
        diagnostics=tuple(doubts),
    )
