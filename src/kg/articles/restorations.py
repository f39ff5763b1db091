"""A draft becomes articles: titles found, credits taken out, paragraphs mended, doubts told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from kg.articles.characters import tidy_heading_text, tidy_sentence_text
from kg.articles.credits import Found, collect_metadata, find_credits
from kg.articles.dates import parse_url_date
from kg.articles.drafts import Draft, Level, Line, Metadata
from kg.articles.edges import take_closing, take_credits, take_opening
from kg.articles.furniture import load_furniture
from kg.articles.headed import split_headed
from kg.articles.pages import drop_page_furniture, drop_trail
from kg.articles.paragraphs import MAX_HEADING, Paragraph, has_ended, is_like_heading, join_lines
from kg.records import Span

_MAX_TITLE = 60
_MAX_LONG_TITLE = 120  # of one that stands alone over its text; headlines of several parts have ninety
_TITLE_LINES = 12  # of a text, among which its title is looked for
_HEADER_LINES = 40  # of a text, among which labels stand over their values
_MAX_INNER_HEADING = 30
_INFERRED_TITLE = 30
_CLAUSE_RE = re.compile(r"[，。；：！？]")
_WORD_RE = re.compile(r"[^\W_]")
_CLAUSE_END_RE = re.compile("[，；]")
_QUOTED_RE = re.compile(r"“[^“”]*”|《[^《》]*》|【[^【】]*】")
_NOISE_RE = re.compile(r"[\W_]+")
_NAMED_RE = re.compile(
    r"(?:《|^附件[：:]?(?:\d{1,2}[.．、])?)([^《》]{6,60})(?:》|$)"
)  # the shortest names are those of newspapers
_REPEATED_WITHIN = 4  # lines of the text, among which its title may stand once more
_MAX_TITLE_LINES = 5
_LEAST_REPEATED = 0.3  # of a title: a last line of it (的通知) would be too little


@dataclass(frozen=True, slots=True)
class Restored:
    """An article without its id: what it is called, what it says, where its headings stand.

    ``places`` are the paragraphs of the body by offset in ``text``, each with the 1-based line of the
    source it begins on, 0 where the source has no lines.
    """

    metadata: Metadata
    text: str
    body_start: int
    heading_spans: tuple[Span, ...]
    number: int
    places: tuple[tuple[int, int], ...] = ()


def restore_draft(draft: Draft) -> Iterator[Restored]:
    """Yield the articles of *draft* in reading order; those without any text are left out."""
    lines = _join_labels(drop_page_furniture(drop_trail(draft.lines)))
    parts = (lines,) if draft.is_single else split_headed(lines, has_title=bool(draft.stated.title))
    for part in parts:
        restored = _restore_part(part, draft if len(parts) == 1 else replace(draft, stated=Metadata()))
        if restored is not None:
            yield restored


def _join_labels(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Put the value that stands under a label beside it: 发文机关： / 国务院办公厅."""
    labels = load_furniture().labels
    joined: list[Line] = []
    is_label = False
    for line in lines:
        if is_label and not line.after_gap and not line.level and len(line.text) <= _MAX_TITLE:
            label = joined.pop()
            joined.append(replace(label, text=label.text + line.text))
            is_label = False
        else:
            joined.append(line)
            is_label = len(joined) < _HEADER_LINES and labels.fullmatch(line.text) is not None
    return tuple(joined)


def _restore_part(lines: tuple[Line, ...], draft: Draft) -> Restored | None:
    number = lines[0].number if lines else draft.number
    title, lines, before = _take_title(lines, draft.stated.title or draft.assumed.title)
    lines, found = take_credits(lines, has_title=bool(title))
    known = title or collect_metadata([*before, *found]).title
    lines = _mark_attached(_drop_broken_title(lines, known))
    paragraphs = _drop_repeated_title(join_lines(lines), title)
    paragraphs, inline = _take_inline_credits(paragraphs)
    said = collect_metadata([*before, *found, *inline])
    title = tidy_heading_text(draft.stated.title or title or said.title or draft.assumed.title)
    paragraphs = tuple(p for p in map(_tidy, _mark_headings(paragraphs)) if _WORD_RE.search(p.text))
    if not paragraphs:
        return None
    metadata = replace(draft.stated, title=title).or_else(said).or_else(draft.assumed)
    metadata = metadata.or_else(
        Metadata(title=_infer_title(paragraphs[0].text), date=parse_url_date(metadata.url or ""))
    )
    texts = [title] * bool(title) + [p.text for p in paragraphs]
    body_start = len(title) + 1 if title else 0
    starts = tuple(accumulate((len(p.text) + 1 for p in paragraphs[:-1]), initial=body_start))
    placed = tuple(zip(starts, paragraphs, strict=True))
    return Restored(
        metadata=metadata,
        text="\n".join(texts),
        body_start=body_start,
        heading_spans=tuple(Span(start, start + len(p.text)) for start, p in placed if p.level),
        number=number,
        places=tuple((start, p.number) for start, p in placed),
    )


def _take_title(lines: tuple[Line, ...], known: str) -> tuple[str, tuple[Line, ...], list[Found]]:
    """Return the title, the lines without it, and what credits above it say.

    A known title is taken out where it stands; else the first heading, or a first line that could
    be one, is the title.
    """
    found: list[Found] = []
    kept: list[Line] = []
    lines = lines if known else lines[_find_repeated(lines) :]
    for index, line in enumerate(lines[:_TITLE_LINES]):
        if known and _is_same(line.text, known):
            return line.text, (*kept, *lines[index + 1 :]), found
        is_marked = 0 < line.level < Level.EMPHASIS
        is_title = is_marked or (not index and _is_round_up(line, lines[1:]))
        said = None if is_title else find_credits(line.text)
        if said is not None:
            found.extend(said)
        elif not known and (is_title or (not kept and _may_be_title(line, lines[index + 1 :]))):
            title, used = _complete_title(lines, index)
            return title, (*kept, *lines[index + used :]), found
        else:
            kept.append(line)
    return known, (*kept, *lines[_TITLE_LINES:]), found


def _find_repeated(lines: tuple[Line, ...]) -> int:
    """Return where a title stands that is set twice over the credits, under the names of columns; else 0."""
    for index, (line, following) in enumerate(pairwise(lines[:_REPEATED_WITHIN])):
        if line.level or not is_like_heading(line.text) or find_credits(line.text) is not None:
            return 0
        below = lines[index + 2 : index + 3]
        if line.text == following.text and below and find_credits(below[0].text):
            return index
    return 0


def _may_be_title(line: Line, rest: tuple[Line, ...]) -> bool:
    if not rest:
        return False
    if len(line.text) > MAX_HEADING and _stands_alone(line, rest[0]):
        return True
    if len(line.text) > _MAX_TITLE:
        return False
    if has_ended(line.text):  # 谁会是新宠？ over the line of its date
        return line.text[-1] in "？！?!" and find_credits(rest[0].text) is not None
    if load_furniture().pattern("fragment").match(line.text):
        return False
    return is_like_heading(line.text) or line.level == Level.EMPHASIS


def _stands_alone(line: Line, following: Line) -> bool:
    """Tell whether a long first line is a headline: a gap parts it from a text that begins anew, and it
    has no comma, as no sentence so long lacks one (某某会议强调 推动甲 加快乙), or a subtitle (甲——乙).
    """
    text = line.text
    is_apart = following.after_gap and len(text) <= _MAX_LONG_TITLE and not has_ended(text)
    if not is_apart or load_furniture().pattern("fragment").match(following.text):
        return False
    bare = _QUOTED_RE.sub("", text)
    return "。" not in bare and ("——" in bare or not _CLAUSE_END_RE.search(bare))


def _is_round_up(line: Line, rest: tuple[Line, ...]) -> bool:
    """Tell whether a first line is the name of several short news, which stand under it."""
    return (
        bool(rest)
        and rest[0].after_gap
        and take_opening(rest[0].text)[0] != rest[0].text
        and (load_furniture().pattern("round-up").fullmatch(line.text) is not None)
    )


def _complete_title(lines: tuple[Line, ...], index: int) -> tuple[str, int]:
    """Join a title set on two lines (国务院关于印发 / … 的通知); part one from the name of its site."""
    furniture, text = load_furniture(), lines[index].text
    for line in lines[index + 1 : index + 1 + _REPEATED_WITHIN]:
        rest = text.removeprefix(line.text)
        if rest != text and furniture.pattern("site-suffix").fullmatch(rest):
            return line.text, 1
    if index + 1 < len(lines) and furniture.pattern("title-open").fullmatch(text):
        following = lines[index + 1].text
        if furniture.pattern("title-close").fullmatch(following) and is_like_heading(following):
            return text + following, 2
    return text, 1


def _drop_broken_title(lines: tuple[Line, ...], title: str) -> tuple[Line, ...]:
    """Drop the title where it is set once more over the text, on as many lines as it takes.

    国务院关于印发 / 某某规划的通知 / 各省人民政府：; a first line that was taken for a credit may lack.
    """
    whole = _NOISE_RE.sub("", title)
    kept: list[Line] = []
    index = 0
    while index < len(lines) and len(kept) < _REPEATED_WITHIN:
        last = _end_of_title(lines, index, whole)
        kept += lines[index : index + 1] if last == index else ()
        index = max(last, index + 1)
    return (*kept, *lines[index:])


def _end_of_title(lines: tuple[Line, ...], first: int, whole: str) -> int:
    """Return where the lines end that from *first* on are the title, or the last part of it; else *first*."""
    text = ""
    for index in range(first, min(first + _MAX_TITLE_LINES, len(lines))):
        text += _NOISE_RE.sub("", lines[index].text)
        if text not in whole:
            break
        if whole.endswith(text) and len(text) >= _LEAST_REPEATED * len(whole):
            return index + 1
    return first


def _mark_attached(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Mark the titles of what a document brings along as headings: 现将《某某办法》印发 … 某某办法."""
    titles: dict[str, str] = {}
    marked: list[Line] = []
    index = 0
    while index < len(lines):
        line, title, last = lines[index], "", index + 1
        if titles and not line.level:
            title, last = _attached_title(lines, index, titles)
        marked.append(replace(line, text=title, level=Level.EMPHASIS) if title else line)
        names = _NAMED_RE.findall(line.text) if "《" in line.text or "附件" in line.text else ()
        titles.update((_NOISE_RE.sub("", name), name) for name in names)
        index = last
    return tuple(marked)


def _attached_title(lines: tuple[Line, ...], first: int, titles: dict[str, str]) -> tuple[str, int]:
    """Return which of *titles* begins at a line, and where it ends; none ends with the line."""
    text = ""
    for index in range(first, min(first + _MAX_TITLE_LINES, len(lines))):
        text += _NOISE_RE.sub("", lines[index].text)
        if text in titles:
            return titles[text], index + 1
        if not any(title.startswith(text) for title in titles):
            break
    return "", first + 1


def _drop_repeated_title(paragraphs: tuple[Paragraph, ...], title: str) -> tuple[Paragraph, ...]:
    """Drop the title where the text repeats it as its first paragraph."""
    for index, paragraph in enumerate(paragraphs[:2]):
        if title and not has_ended(paragraph.text) and _is_same(paragraph.text, title):
            return paragraphs[:index] + paragraphs[index + 1 :]
    return paragraphs


def _is_same(text: str, title: str) -> bool:
    """Tell whether *text* is *title*, up to marks and a column name before it."""
    if len(text) > 2 * len(title) + 20:
        return False
    shorter, longer = sorted((_NOISE_RE.sub("", text), _NOISE_RE.sub("", title)), key=len)
    return bool(shorter) and shorter in longer and len(shorter) >= 0.6 * len(longer)


def _take_inline_credits(paragraphs: tuple[Paragraph, ...]) -> tuple[tuple[Paragraph, ...], list[Found]]:
    """Take the dateline out of the first prose and the bracketed credits off the last."""
    found: list[Found] = []
    result = list(paragraphs)
    prose = [i for i, p in enumerate(result) if not p.level and not is_like_heading(p.text)]
    for index in prose[:2]:
        text, said = take_opening(result[index].text)
        if text != result[index].text:
            result[index] = replace(result[index], text=text)
            found.extend(said)
            break
    for index in prose[-2:]:
        text, said = take_closing(result[index].text)
        result[index] = replace(result[index], text=text)
        found.extend(said)
    return tuple(result), found


def _mark_headings(paragraphs: tuple[Paragraph, ...]) -> Iterator[Paragraph]:
    """Mark short paragraphs between finished ones as headings, as markup would have done."""
    enumerator_re = load_furniture().pattern("enumerator")
    for index, paragraph in enumerate(paragraphs):
        before = paragraphs[index - 1] if index else None
        after = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        is_heading = (
            not paragraph.level
            and after is not None
            and len(paragraph.text) <= _MAX_INNER_HEADING
            and is_like_heading(paragraph.text)
            and (before is None or has_ended(before.text) or before.level > 0)
            and (not has_ended(paragraph.text) or enumerator_re.match(paragraph.text))
            and len(after.text) > len(paragraph.text)
        )
        yield replace(paragraph, level=Level.EMPHASIS) if is_heading else paragraph


def _tidy(paragraph: Paragraph) -> Paragraph:
    tidy = tidy_heading_text if paragraph.level else tidy_sentence_text
    return replace(paragraph, text=tidy(paragraph.text))


def _infer_title(text: str) -> str:
    """Name an article without a title after its first sentence, its number left aside.

    Example:
        >>> _infer_title("（七）着力抓好“三农”工作，深入推进乡村全面振兴。坚持农业农村优先发展。")
        '着力抓好“三农”工作，深入推进乡村全面振兴'
    """
    number = load_furniture().pattern("enumerator").match(text)
    text = (text[number.end() :] if number else "") or text
    start = re.split("[。！？]", text[: _INFERRED_TITLE + 1], maxsplit=1)[0]
    if len(start) > _INFERRED_TITLE:
        clauses = list(_CLAUSE_RE.finditer(start))
        start = start[: clauses[-1].start()] if clauses else start[:_INFERRED_TITLE]
    return start.strip() or text[:_INFERRED_TITLE]
