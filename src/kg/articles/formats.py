"""Files become drafts: one function for each format, none of which judges the text."""

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kg.articles.characters import normalize_characters
from kg.articles.dates import parse_date
from kg.articles.drafts import Draft, Line, Metadata
from kg.articles.markup import flatten_tags, has_block_tags, read_markdown_line
from kg.articles.names import parse_names

_UNDERLINE_RE = re.compile(r"={3,}|-{3,}")
_FENCE_RE = re.compile(r"(```|~~~)")


class Fault(NamedTuple):
    """Why a part of a file gave no draft, with its 1-based line where it has one."""

    message: str
    line: int | None = None


def parse_text(text: str) -> Draft:
    """Return plain text as a draft: every line of it, blank lines as gaps.

    Example:
        >>> [line.text for line in parse_text("  题目\\n\\n 正文。").lines]
        ['题目', '正文。']
    """
    return Draft(tuple(split_lines(text)))


def split_lines(text: str, *, first: int = 1) -> Iterator[Line]:
    """Yield the non-blank lines of *text*, numbered from *first*."""
    after_gap = False
    for number, line in enumerate(normalize_characters(text).replace("\f", "\n").split("\n"), start=first):
        content = line.strip(" \t")
        if content:
            is_indented = line.startswith(("  ", "\t"))
            yield Line(content, number, after_gap=after_gap, is_indented=is_indented)
        after_gap = not content


def parse_markdown(text: str) -> tuple[Draft, list[Fault]]:
    """Return Markdown as a draft: front matter, headings, and HTML paragraphs where it has them.

    Example:
        >>> draft, faults = parse_markdown("# 题目\\n\\n<p>正文。</p><p>又一段。</p>")
        >>> [(line.text, int(line.level)) for line in draft.lines]
        [('题目', 1), ('正文。', 0), ('又一段。', 0)]
    """
    body, first, stated, assumed, faults = _read_front_matter(text)
    lines = _flatten_lines(body, first) if has_block_tags(body) else split_lines(body, first=first)
    return Draft(tuple(_read_markdown(lines)), stated, assumed), faults


def _flatten_lines(text: str, first: int) -> Iterator[Line]:
    """Yield the lines of text with HTML tags in it; a paragraph on one line is whole."""
    for number, line in enumerate(flatten_tags(normalize_characters(text)).split("\n"), start=first):
        parts = line.split("\v")
        for index, part in enumerate(parts):
            content = part.strip(" \t")
            if content:
                is_whole = 0 < index < len(parts) - 1
                yield Line(content, number, after_gap=index > 0 or not line.strip(), is_whole=is_whole)


def _read_markdown(lines: Iterator[Line]) -> Iterator[Line]:
    previous: Line | None = None
    is_code = False
    for line in lines:
        if _FENCE_RE.match(line.text):
            is_code = not is_code
            continue
        if is_code:
            continue
        if previous and _UNDERLINE_RE.fullmatch(line.text) and not line.after_gap and not previous.level:
            level = 1 if line.text[0] == "=" else 2
            yield Line(previous.text, previous.number, level, previous.after_gap)
            previous = None
            continue
        if previous:
            yield previous
        previous = read_markdown_line(line)
    if previous:
        yield previous


def _read_front_matter(text: str) -> tuple[str, int, Metadata, Metadata, list[Fault]]:
    """Split YAML front matter off; return body, its first line, what is stated and assumed, faults."""
    start = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    if not text.startswith("---", start):
        return text, 1, Metadata(), Metadata(), []
    import frontmatter  # loads YAML, which most files do not need
    import yaml

    try:
        values, body = frontmatter.parse(text[start:])
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = text[:start].count("\n") + 1 + (mark.line if mark else 0)
        return text, 1, Metadata(), Metadata(), [Fault("front matter is not YAML and was read as text", line)]
    if not values:
        return text, 1, Metadata(), Metadata(), []
    offset = text.rfind(body[:200]) if body else len(text)
    stated, assumed = read_fields(values)
    return text[offset:], text.count("\n", 0, offset) + 1, stated, assumed, []


def read_fields(values: Mapping[str, object]) -> tuple[Metadata, Metadata]:
    """Return what named fields state, and what they let one assume.

    A feed puts the name of its source where the author belongs; so an author that is no person is
    only an assumption about the publisher. Who stands among ``authors`` is one, whatever the name.

    Example:
        >>> stated, assumed = read_fields({"title": "题", "author": "新浪财经", "date": "2022-05-12"})
        >>> stated.authors, stated.date, assumed.publisher
        ((), '2022-05-12', '新浪财经')
        >>> read_fields({"authors": ["程嘉言", "量子研究所"]})[0].authors
        ('程嘉言', '量子研究所')
    """
    low = {str(key).lower(): value for key, value in values.items() if _as_strings(value)}

    def pick(*keys: str) -> object:
        return next((low[key] for key in keys if key in low), None)

    writers = _as_strings(pick("authors", "author", "creator"))
    authors = dict.fromkeys(
        name for writer in writers for name in parse_names(writer) or ((writer,) if "authors" in low else ())
    )
    others = [writer for writer in writers if not parse_names(writer)]
    date = pick("date", "published", "pubdate", "publish_date")
    publisher = _as_strings(pick("publisher", "source", "media"))
    stated = Metadata(
        title=" ".join(" ".join(_as_strings(pick("title"))).split()),
        authors=tuple(authors),
        publisher=publisher[0] if publisher else None,
        date=parse_date(date) if date is not None else None,
        url=next(iter(_as_strings(pick("url", "link", "permalink"))), None),
    )
    return stated, Metadata(publisher=others[0] if others else None)


def _as_strings(value: object) -> list[str]:
    """Return plain values as text; nested ones are none of ours, and YAML can nest without end."""
    items = value if isinstance(value, list) else [value]
    plain = [str(item) for item in items if isinstance(item, str | int | float | datetime.date)]
    return [text for text in (normalize_characters(item).strip() for item in plain) if text]


def parse_json_lines(text: str) -> Iterator[Draft | Fault]:
    """Yield a draft for each line of JSON; a broken line costs itself alone.

    Fields: ``text``, and where known ``id title date authors publisher url``.

    Example:
        >>> [type(item).__name__ for item in parse_json_lines('{"title": "题", "text": "文。"}\\n{')]
        ['Draft', 'Fault']
    """
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line.lstrip("\ufeff"))
        except (ValueError, RecursionError) as error:
            reason = getattr(error, "msg", "nested too deeply")
            yield Fault(f"broken JSON ({reason}); one object a line is expected", number)
            continue
        if not isinstance(record, dict) or not isinstance(record.get("text"), str):
            yield Fault("no field 'text' with a string; a line needs at least {\"text\": …}", number)
            continue
        stated, assumed = read_fields({key: value for key, value in record.items() if key != "text"})
        lines = tuple(
            Line(one.text, number, after_gap=one.after_gap, is_indented=one.is_indented)
            for one in split_lines(record["text"])
        )
        key = str(record["id"]) if record.get("id") not in (None, "") else str(number)
        yield Draft(lines, stated, assumed, key, number, is_single=True)
