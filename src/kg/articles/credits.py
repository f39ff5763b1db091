"""Lines that tell of the text and are no part of it: who wrote it, who published it, and when."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg.articles.dates import DATE_PATTERN, parse_date
from kg.articles.drafts import Line, Metadata
from kg.articles.furniture import Furniture, Rule, load_furniture
from kg.articles.names import parse_names

_MAX_CREDIT = 200  # characters: longer lines are prose
_MAX_BYLINE = 60
_MAX_VALUE = 60
_HEAD = 8  # lines after the title, and before the end, in which credits stand
_BYLINE_HEAD = 3
_DATE_RE = re.compile(DATE_PATTERN)
_PUBLISHER_EDGE = ' -—_·:：《》“”"()（）[]【】'
_DATE_ORDER = ("written", "signed", "date")


class Found(NamedTuple):
    """One thing that a credit says: ``title authors writer publisher issuer date written url``."""

    field: str
    value: str


def collect_metadata(found: Iterable[Found]) -> Metadata:
    """Return what the credits of one article say together; the first of a kind wins.

    The organ that issued a document is its publisher, and its author where no person is named.

    Example:
        >>> collect_metadata([Found("issuer", "国务院办公厅"), Found("date", "2018年12月24日")])
        Metadata(title='', authors=('国务院办公厅',), publisher='国务院办公厅', date='2018-12-24', url=None)
    """
    values: dict[str, list[str]] = {}
    for field, value in found:
        values.setdefault(field, []).append(value)
    authors = [name for value in values.get("authors", []) for name in parse_names(value)]
    writers = values.get("writer", [])
    authors += [name for value in writers for name in (parse_names(value) or (value,))]
    issuers = values.get("issuer", [])
    dates = [parse_date(value) for field in _DATE_ORDER for value in values.get(field, [])]
    return Metadata(
        title=next(iter(values.get("title", [])), ""),
        authors=tuple(dict.fromkeys(authors or issuers)),
        publisher=next(iter([*values.get("publisher", []), *issuers]), None),
        date=next(filter(None, dates), None),
        url=next(iter(values.get("url", [])), None),
    )


def take_credits(lines: tuple[Line, ...], *, has_title: bool) -> tuple[tuple[Line, ...], list[Found]]:
    """Return the lines that are text, and what the others said.

    Credits stand near the start and near the end; lines that publishers print on every page go
    wherever they stand.
    """
    lines, signature = _take_signature(lines)
    kept: list[Line] = []
    found: list[Found] = []
    for index, line in enumerate(lines):
        if len(line.text) > _MAX_CREDIT:
            kept.append(line)
            continue
        is_near_edge = len(kept) < _HEAD or len(lines) - index <= _HEAD
        may_be_byline = has_title and len(kept) - sum(k.level > 0 for k in kept) < 1 and index < _HEAD
        said = find_credits(line.text, is_near_edge=is_near_edge, may_be_byline=may_be_byline)
        if said is None:
            kept.append(line)
        else:
            found.extend(said)
    return tuple(kept), [*found, *signature]


def find_credits(text: str, *, is_near_edge: bool = True, may_be_byline: bool = False) -> list[Found] | None:
    """Return what a line says of its article, or ``None`` where it is text.

    Example:
        >>> find_credits("2024-03-05 09:12:33 来源：新华网")
        [Found(field='publisher', value='新华网'), Found(field='date', value='2024-03-05')]
    """
    furniture = load_furniture()
    said = _parse_fields(text, furniture) if is_near_edge else None
    if said is not None:
        return said
    for rule in furniture.rules["line"]:
        if rule.field == "byline" and not (may_be_byline and len(text) <= _MAX_BYLINE):
            continue
        if rule.field != "drop" and not is_near_edge:
            continue
        match = rule.pattern.fullmatch(text)
        if match is None:
            continue
        said = list(_read_groups(rule, match))
        if rule.field != "byline" or said:
            return said
    return None


def _read_groups(rule: Rule, match: re.Match[str]) -> Iterator[Found]:
    groups = match.groupdict()
    if rule.field == "byline" or (rule.field != "drop" and "publisher" not in groups):
        names = parse_names(match.group())
        if names:
            yield Found("authors", "、".join(names))
        elif groups.get("writer"):
            yield Found("writer", groups["writer"])
    elif rule.field != "drop":
        rest = match.group().replace(groups["publisher"] or "", "")
        if parse_names(rest.partition("：")[2] or rest):
            yield Found("authors", "、".join(parse_names(rest)))
    publisher = _clean_publisher(groups.get("publisher") or "")
    if publisher:
        yield Found("publisher", publisher)
    if groups.get("date") and parse_date(groups["date"]):
        yield Found("date", groups["date"])
    if groups.get("url"):
        yield Found("url", groups["url"])


def _parse_fields(text: str, furniture: Furniture) -> list[Found] | None:
    """Read a line of labelled fields (发布时间：… 来源：… 字号：大 中 小); ``None`` if it is prose."""
    labels = list(furniture.labels.finditer(text))
    if not labels or "。" in text:
        return None
    found: list[Found] = []
    head = text[: labels[0].start()]
    stamp = _DATE_RE.search(head)
    rest = [head.replace(stamp.group(), "") if stamp else head]
    for label, end in zip(labels, [*(m.start() for m in labels[1:]), len(text)], strict=True):
        field = furniture.label_fields[re.sub(r"\s", "", label.group("label"))]
        value = text[label.end() : end].strip(" 】])）")
        if len(value) > _MAX_VALUE and field != "title":
            return None
        said, left = _read_value(field, value)
        found.extend(said)
        rest.append(left)
    if stamp:
        found.append(Found("date", stamp.group()))
    is_credit = all(not furniture.residue.sub("", part).strip() for part in rest)
    return found if is_credit else None


def _read_value(field: str, value: str) -> tuple[list[Found], str]:
    """Return what a field says and what of its value is left over."""
    if not value or field == "ignore":
        return [], ""
    date = _DATE_RE.search(value)
    if field in ("date", "written"):
        return ([Found(field, date.group())], value.replace(date.group(), "")) if date else ([], value)
    if field == "url":
        return ([Found("url", value)], "") if value.startswith("http") else ([], value)
    if field == "authors":
        names = parse_names(value)
        return ([Found("authors", "、".join(names))], "") if names else ([], value)
    if field == "publisher":
        said = [Found("date", date.group())] if date else []
        name = _clean_publisher(
            re.split(r"\s{2,}|[|｜]", value.replace(date.group(), "  ") if date else value)[0]
        )
        return ([Found("publisher", name), *said], "") if name else (said, "")
    return [Found(field, value)], ""


def _clean_publisher(text: str) -> str:
    return text.strip(_PUBLISHER_EDGE).strip()


def _take_signature(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], list[Found]]:
    """Take the organ and the day (二〇〇五年三月三日) under a document, its 落款."""
    issuer_re = load_furniture().pattern("issuer")
    for index in range(len(lines) - 1, max(len(lines) - _HEAD, 0), -1):
        if not _DATE_RE.fullmatch(lines[index].text):
            continue
        first = index
        while first > 0 and len(lines[first - 1].text) <= 40 and issuer_re.fullmatch(lines[first - 1].text):
            first -= 1
        if first == index:
            continue
        found = [Found("issuer", re.sub(r"\s+", "", line.text)) for line in lines[first:index]]
        return lines[:first] + lines[index + 1 :], [*found, Found("signed", lines[index].text)]
    return lines, []


def take_opening(text: str) -> tuple[str, list[Found]]:
    """Return the first paragraph without its dateline, and what the dateline said.

    The dateline (新华社北京3月5日电（记者 …）) tells who reports from where; it is no part of the
    first sentence, so it goes into the metadata.

    Example:
        >>> take_opening("中新社北京5月12日电 （记者 夏宾）发布会12日在北京举行。")[0]
        '发布会12日在北京举行。'
    """
    found: list[Found] = []
    for _ in range(2):  # an outlet's column mark may stand before the dateline
        for rule in load_furniture().rules["opening"]:
            match = rule.pattern.match(text)
            if match is None or match.end() == len(text):
                continue
            found.extend(_read_opening(match))
            text = text[match.end() :].lstrip()
            break
        else:
            break
    return text, found


def take_closing(text: str) -> tuple[str, list[Found]]:
    """Return a paragraph without the credits in brackets at its end, and what they said.

    Example:
        >>> take_closing("会议闭幕。（记者 夏宾）（完）")
        ('会议闭幕。', [Found(field='authors', value='夏宾')])
    """
    found: list[Found] = []
    start = max(len(text) - _MAX_CREDIT, 0)
    for _ in range(3):
        for rule in load_furniture().rules["closing"]:
            matches = [m for m in rule.pattern.finditer(text, start) if m.end() == len(text)]
            if matches:
                found.extend(_read_opening(matches[0]))
                text = text[: matches[0].start()]
                break
        else:
            break
    return text, found


def _read_opening(match: re.Match[str]) -> Iterator[Found]:
    groups = match.groupdict()
    publisher = _clean_publisher(groups.get("publisher") or "")
    if publisher and not load_furniture().pattern("own-outlet").fullmatch(publisher):
        yield Found("publisher", publisher)
    if groups.get("credit"):
        names = parse_names(groups["credit"])
        if names:
            yield Found("authors", "、".join(names))
    if groups.get("date") and parse_date(groups["date"]):
        yield Found("date", groups["date"])
