"""Word and PDF files, through the libraries of the extras ``docx`` and ``pdf``."""

import io
import logging
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from kg.articles.characters import normalize_characters
from kg.articles.drafts import Draft, Level, Line
from kg.articles.formats import split_lines
from kg.errors import KgError

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # its remarks are no message to our user

_MAX_RUNNING_HEAD = 60
_MIN_PAGES = 3
# A small file may unpack to gigabytes. Real documents stay far below these.
_MAX_DOCX = 300 << 20  # bytes of all parts, pictures among them
_MAX_COLUMNS = 63  # of a table, as Word itself has it
_LEAST_CONTENT, _MOST_PACKED = 4 << 20, 20  # bytes of page content that any PDF may have; times its size
_PDF_LIMITS = {  # where pypdf gives up; its own are made for pictures, and let a page take minutes
    "zlib_maximum_output_length": 20_000_000,
    "lzw_maximum_output_length": 20_000_000,
    "run_length_maximum_output_length": 20_000_000,
    "array_based_stream_maximum_output_length": 20_000_000,
    "stream_parsing_work_maximum_count": 500_000,
    "xform_maximum_invocations_per_extraction": 500,
    "page_tree_maximum_entries": 20_000,
}


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
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > _MAX_DOCX:
                raise KgError(f"the Word document unpacks to more than {_MAX_DOCX >> 20} MB; split it")
        document = docx.Document(io.BytesIO(data))
        return Draft(tuple(_read_blocks(list(document.iter_inner_content()))))
    except KgError:
        raise
    except Exception as error:  # python-docx lets errors of zipfile, lxml and its own pass
        raise KgError("no Word document that can be opened; save it again as .docx") from error


def _read_blocks(blocks: Sequence[object]) -> Iterator[Line]:
    for block in blocks:
        if hasattr(block, "rows"):
            for cells in _read_rows(block):
                text = "\t".join(dict.fromkeys(filter(None, cells)))  # merged cells repeat
                yield from _as_lines(text, Level.PLAIN)
        else:
            yield from _as_lines(getattr(block, "text", ""), _docx_level(block))


def _read_rows(table: Any) -> Iterator[list[str]]:
    """Yield the texts of each row; a cell that goes on from the row above has the text of that one.

    ``row.cells`` gives the same and goes up cell by cell, row by row, and sideways as far as a file says.
    """
    from docx.table import _Cell

    above: dict[int, str] = {}
    for row in table._tbl.tr_lst:
        here: dict[int, str] = {}
        column = min(row.grid_before, _MAX_COLUMNS)
        for cell in row.tc_lst:
            if cell.vMerge == "continue":
                here[column] = above.get(column, "")
            else:
                here[column] = _Cell(cell, table).text.strip().replace("\n", " ")
            column += min(cell.grid_span, _MAX_COLUMNS)
        yield list(here.values())
        above = here


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
        with pypdf.apply_configuration(pypdf.get_configuration().with_overwrites(**_PDF_LIMITS)):
            pages = list(_read_pages(pypdf.PdfReader(io.BytesIO(data)), len(data)))
    except KgError:
        raise
    except Exception as error:  # pypdf lets errors of many kinds pass on damaged files
        raise KgError("no PDF that can be opened; check that it is whole and not encrypted") from error
    lines = [list(split_lines(text)) for text in pages]
    if not any(lines):
        raise KgError("the PDF holds no text, only pictures; run it through character recognition first")
    return Draft(tuple(_without_running_heads(lines)))


def _read_pages(reader: Any, size: int) -> Iterator[str]:
    left = max(_LEAST_CONTENT, _MOST_PACKED * size)  # a thousand pages may share one content
    for page in reader.pages:
        content = page.get_contents()
        left -= 0 if content is None else len(content.get_data())
        if left < 0:
            raise KgError("the PDF unpacks to far more than its size; print it to PDF again")
        yield page.extract_text()


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
