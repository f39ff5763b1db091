"""Lines that tell of the text and are no part of it: who wrote it, who published it, and when."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg.articles.dates import DATE_PATTERN, parse_date
from kg.articles.drafts import Metadata
from kg.articles.furniture import Furniture, Rule, load_furniture
from kg.articles.names import is_all_names, parse_names

MAX_CREDIT = 200  # characters: longer lines are prose
_MAX_BYLINE = 60
_MAX_STOPPED = 60  # a longer line that ends like a sentence is one
_MAX_VALUE = 60
_MAX_WRITER = 20
DATE_RE = re.compile(DATE_PATTERN)
_EDGE_MARKS = ' -—_·:：《》“”"()（）[]【】,，;；/|｜'
_ADDRESS_RE = re.compile(r"(?:https?://|www\.)[\w./-]+")
_PART_RE = re.compile(r"\s{2,}|[\t|｜]")
_TITLE_MARKS_RE = re.compile(r"《([^《》]{2,30})》")
_ISSUE_YEAR_RE = re.compile(r"(?:19|20)\d\d年(?=第)")
_VALUE_END_RE = re.compile(r"\s{2,}|[\t|｜（(]")
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
    names = [name for value in values.get("authors", []) for name in parse_names(value)]
    writers = [name for value in values.get("writer", []) for name in (parse_names(value) or (value,))]
    issuers = values.get("issuer", [])
    dates = [parse_date(value) for field in _DATE_ORDER for value in values.get(field, [])]
    return Metadata(
        title=next(iter(values.get("title", [])), ""),
        authors=tuple(dict.fromkeys([*names, *writers] or _each_issuer(issuers))),
        publisher=next(iter([*values.get("publisher", []), *issuers]), None),
        date=next(filter(None, dates), None),
        url=next(iter(values.get("url", [])), None),
    )


def _each_issuer(issuers: Iterable[str]) -> list[str]:
    """Return the organs of a joint document one by one: 国务院办公厅、中央军委办公厅."""
    issuer_re = load_furniture().pattern("issuer")
    split = ((issuer, issuer.split("、")) for issuer in issuers)
    return [
        name
        for issuer, parts in split
        for name in (parts if all(issuer_re.fullmatch(part) for part in parts) else (issuer,))
    ]


def find_credits(text: str, *, is_near_edge: bool = True, may_be_byline: bool = False) -> list[Found] | None:
    """Return what a line says of its article, or ``None`` where it is text.

    Args:
        text: One line.
        is_near_edge: It stands near the start or the end of its text, where credits stand; lines
            that publishers print on every page are told anywhere.
        may_be_byline: It stands right under a title, so that bare names are its authors.

    Example:
        >>> find_credits("2024-03-05 09:12:33 来源：新华网")
        [Found(field='publisher', value='新华网'), Found(field='date', value='2024-03-05')]
    """
    if len(text) > MAX_CREDIT or (len(text) > _MAX_STOPPED and text[-1] in "。；，”"):
        return None  # prose; most lines are, and the patterns are slow
    furniture = load_furniture()
    said = _parse_fields(text, furniture) if is_near_edge else None
    if said is not None:
        return said
    for rule in furniture.rules["byline"] if may_be_byline and len(text) <= _MAX_BYLINE else ():
        match = rule.pattern.fullmatch(text)
        is_byline = match and (rule.field != "names" or is_all_names(text))
        said = list(_read_byline(match)) if match and is_byline else []
        if said:
            return said
    for rule in furniture.rules["line"] if is_near_edge else ():
        match = rule.pattern.fullmatch(text)
        if match:
            return list(read_groups(match))
    said = _parse_stamp(text, furniture) if is_near_edge else None
    return [] if said is None and _is_dropped(text, furniture.rules["drop"]) else said


def _is_dropped(text: str, rules: tuple[Rule, ...]) -> bool:
    return any(rule.pattern.fullmatch(text) for rule in rules)


def _read_byline(match: re.Match[str]) -> Iterator[Found]:
    names = parse_names(match.group())
    writer = match.groupdict().get("writer")
    if names:
        yield Found("authors", "、".join(names))
    elif writer:
        yield Found("writer", writer)


def read_groups(match: re.Match[str]) -> Iterator[Found]:
    """Yield what the named groups of a rule hold: ``publisher credit date url``."""
    groups = match.groupdict()
    yield from find_publisher(groups.get("publisher") or "")
    names = parse_names(groups.get("credit") or "")
    if names:
        yield Found("authors", "、".join(names))
    if groups.get("date") and parse_date(groups["date"]):
        yield Found("date", groups["date"])
    if groups.get("url"):
        yield Found("url", groups["url"])


def find_publisher(text: str) -> Iterator[Found]:
    """Yield the publisher that *text* names, or its authors where it names persons.

    Example:
        >>> [*find_publisher("《人民日报》"), *find_publisher("王小明"), *find_publisher("本站")]
        [Found(field='publisher', value='人民日报'), Found(field='authors', value='王小明')]
    """
    furniture = load_furniture()
    marked = _TITLE_MARKS_RE.match(text.strip())
    text = marked.group(1) if marked else text
    text = re.sub("^https?://", "", text.strip(_EDGE_MARKS))
    parts = _VALUE_END_RE.split(text)[0].split()
    while parts and not furniture.residue.sub("", parts[-1]):
        parts.pop()
    name = re.sub("[《》]", "", " ".join(parts)).strip(_EDGE_MARKS)
    if not name or furniture.pattern("no-outlet").fullmatch(name):
        return
    names = () if marked or furniture.outlet.fullmatch(name) else parse_names(name)
    yield Found("authors", "、".join(names)) if names else Found("publisher", name)


def _parse_fields(text: str, furniture: Furniture) -> list[Found] | None:
    """Read a line of labelled fields (发布时间：… 来源：… 字号：大 中 小); ``None`` if it is prose."""
    labels = list(furniture.labels.finditer(text))
    if not labels or "。" in text:
        return None
    head = text[: labels[0].start()]
    stamp = DATE_RE.search(head)
    head = _ADDRESS_RE.sub("", head.replace(stamp.group(), "") if stamp else head)
    outlet = furniture.outlet.fullmatch(furniture.residue.sub(" ", head).strip())
    rest = ["" if outlet else head]
    found: list[Found] = []
    ends = [*(label.start() for label in labels[1:]), len(text)]
    for label, end in zip(labels, ends, strict=True):
        field = furniture.label_fields[re.sub(r"\s", "", label.group("label"))]
        value = text[label.end() : end].strip(" 】])）")
        if len(value) > _MAX_VALUE and field != "title":
            return None
        said, left = _read_value(field, value)
        found.extend(said)
        rest.append(left)
    if stamp:
        found.append(Found("date", stamp.group()))
    if outlet:
        found.extend(find_publisher(outlet.group()))
    is_credit = all(not furniture.residue.sub("", part).strip() for part in rest)
    return found if is_credit else None


def _parse_stamp(text: str, furniture: Furniture) -> list[Found] | None:
    """Read a line of date, outlet and names in any order, set apart by spaces or bars."""
    stamp = DATE_RE.search(text)
    if stamp is None or len(text) > _MAX_BYLINE:
        return None
    rest = text.replace(stamp.group(), "  ")
    return _parse_parts(_PART_RE.split(rest), stamp, furniture) or _parse_parts(
        rest.split(), stamp, furniture
    )


def _parse_parts(parts: Iterable[str], stamp: re.Match[str], furniture: Furniture) -> list[Found] | None:
    found = [Found("date", stamp.group())]
    for part in map(str.strip, parts):
        if _TITLE_MARKS_RE.fullmatch(part) or furniture.outlet.fullmatch(part):
            found.extend(find_publisher(part))
        elif is_all_names(part):
            found.append(Found("authors", part))
        elif furniture.residue.sub("", part):
            return None
    return found


def _read_value(field: str, value: str) -> tuple[list[Found], str]:
    """Return what a field says and what of its value is left over."""
    date = DATE_RE.search(value) or _ISSUE_YEAR_RE.search(value)
    rest = value.replace(date.group(), "  ") if date else value
    dates = [Found("date", date.group())] if date else []
    if not value or field == "ignore":
        is_after_names = date and is_all_names(value[: date.start()])  # 责任编辑：李雪　2024-03-05
        return dates if is_after_names else [], ""
    if field in ("date", "written"):
        return [Found(field, found.value) for found in dates], rest
    if field == "url":
        return ([Found("url", value)], "") if value.startswith("http") else ([], value)
    if field == "authors":
        names = parse_names(value)
        return ([Found("authors", "、".join(names))], "") if names else ([], value)
    if field == "publisher":
        return [*find_publisher(rest), *dates], ""
    if field == "issuer":
        return [Found("issuer", name) for name in split_issuers(value)], ""
    if field == "writer":
        value = value.strip(_EDGE_MARKS)
        names = parse_names(value)
        is_writer = names or len(value) <= _MAX_WRITER
        return [Found("writer", "、".join(names) or value)] if is_writer else [], "" if is_writer else value
    return [Found(field, value)], ""


def split_issuers(text: str) -> Iterator[str]:
    """Yield the organs that a line names; their characters may be spaced out.

    Example:
        >>> [*split_issuers("国务院办公厅　中央军委办公厅"), *split_issuers("国 务 院")]
        ['国务院办公厅', '中央军委办公厅', '国务院']
    """
    parts = text.split()
    issuer_re = load_furniture().pattern("issuer")
    if len(parts) > 1 and all(len(part) > 2 and issuer_re.fullmatch(part) for part in parts):
        yield from parts
    elif parts:
        yield "".join(parts)
