"""Word and PDF files, through the libraries of the extras ``docx`` and ``pdf``."""

import io
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.articles.characters import normalize_characters
from kg.articles.drafts import Draft, Level, Line
from kg.articles.formats import split_lines
from kg.errors import KgError

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # its remarks are no message to our user

_MAX_RUNNING_HEAD = 60
_MIN_PAGES = 3


def parse_docx(data: bytes) -> Draft:
    """Return a Word document as a draft: paragraphs with their headings, tables row by row.

    Raises:
        KgError: It is no such document, or the extra ``docx`` is not installed.
    """
    try:
        import docx
    except ImportError as error:
        raise KgError("Word files need python-docx; install it with: pip install 'zhengtu[docx]'") from error
    try:
        document = docx.Document(io.BytesIO(data))
        blocks = list(document.iter_inner_content())
    except Exception as error:  # python-docx lets errors of zipfile, lxml and its own pass
        raise KgError("no Word document that can be opened; save it again as .docx") from error
    return Draft(tuple(_read_blocks(blocks)))


def _read_blocks(blocks: Sequence[object]) -> Iterator[Line]:
    for block in blocks:
        rows = getattr(block, "rows", None)
        if rows is not None:
            for row in rows:
                cells = [cell.text.strip().replace("\n", " ") for cell in row.cells]
                text = "\t".join(dict.fromkeys(filter(None, cells)))  # merged cells repeat
                yield from _as_lines(text, Level.PLAIN)
        else:
            yield from _as_lines(getattr(block, "text", ""), _docx_level(block))


def _as_lines(text: str, level: int) -> Iterator[Line]:
    for line in split_lines(text):
        yield replace(line, number=0, level=level, after_gap=True, is_whole=True)


def _docx_level(paragraph: object) -> int:
    name = str(getattr(getattr(paragraph, "style", None), "name", "") or "")
    if name == "Title":
        return 1
    if name.startswith("Heading ") and name[8:].isdigit():
        return min(int(name[8:]), 6)
    runs = [run for run in getattr(paragraph, "runs", []) if run.text.strip()]
    is_bold = bool(runs) and all(run.bold for run in runs)
    return Level.EMPHASIS if is_bold and sum(len(run.text) for run in runs) <= _MAX_RUNNING_HEAD else 0


def parse_pdf(data: bytes) -> Draft:
    """Return the text layer of a PDF file as a draft, without what repeats on every page.

    Raises:
        KgError: It cannot be opened, holds no text, or the extra ``pdf`` is not installed.
    """
    try:
        import pypdf
    except ImportError as error:
        raise KgError("PDF files need pypdf; install it with: pip install 'zhengtu[pdf]'") from error
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        pages = [page.extract_text() for page in reader.pages]
    except Exception as error:  # pypdf lets errors of many kinds pass on damaged files
        raise KgError("no PDF that can be opened; check that it is whole and not encrypted") from error
    lines = [list(split_lines(text)) for text in pages]
    if not any(lines):
        raise KgError("the PDF holds no text, only pictures; run it through character recognition first")
    return Draft(tuple(_without_running_heads(lines)))


def _without_running_heads(pages: list[list[Line]]) -> Iterator[Line]:
    edges = Counter(_mask(line.text) for page in pages for line in {*page[:2], *page[-2:]})
    repeated = {text for text, n in edges.items() if len(pages) >= _MIN_PAGES and n * 2 > len(pages)}
    for page in pages:
        for index, line in enumerate(page):
            is_edge = min(index, len(page) - 1 - index) < 2 and len(line.text) <= _MAX_RUNNING_HEAD
            if not (is_edge and _mask(line.text) in repeated):
                yield replace(line, number=0)


def _mask(text: str) -> str:
    return "".join("0" if char.isdigit() else char for char in normalize_characters(text))
