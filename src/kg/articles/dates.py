"""Dates as publishers write them become ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""

import datetime
import re
from email.utils import parsedate_to_datetime

_DIGITS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
    "Ｏ": "0",
}
_NUMERAL_RE = re.compile(r"[〇零○Ｏ一二三四五六七八九十]+")

#: A day, month or year with its year written out: the ``{date}`` of ``rules/layout.tsv``.
DATE_PATTERN = (
    r"(?:(?:19|20)\d\d\s*(?:年|[-/.])\s*(?:1[0-2]|0?[1-9])\s*(?:月|[-/.])\s*(?:3[01]|[12]\d|0?[1-9])(?:\s*日|(?!\d))"
    r"|(?:19|20)\d\d\s*年\s*(?:1[0-2]|0?[1-9])\s*月"
    r"|[一二][〇零○Ｏ一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)"
)
#: A day with or without its year: ``{short_date}``.
SHORT_DATE_PATTERN = rf"(?:{DATE_PATTERN}|(?:1[0-2]|0?[1-9])\s*月\s*(?:3[01]|[12]\d|0?[1-9])\s*[日号])"
#: A time of day: ``{time}``.
TIME_PATTERN = r"(?:[012]?\d\s*[:：]\s*[0-5]\d(?:\s*[:：]\s*[0-5]\d)?|[012]?\d[时点](?:[0-5]?\d分)?)"

_DATE_RE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:\s*(?:年|[-/.])\s*(?P<month>1[0-2]|0?[1-9])(?![\d])"
    r"(?:\s*(?:月|[-/.])\s*(?P<day>3[01]|[12]\d|0?[1-9])(?!\d))?|年|(?![\d-]))"
)
_COMPACT_RE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
)
_URL_DATE_RE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[-/_.]?(?P<month>0[1-9]|1[0-2])[-/_.]?(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
)
_ENGLISH_RE = re.compile(r"[A-Z][a-z]{2},? \d{1,2} [A-Z][a-z]{2} \d{4}")


def parse_date(value: object) -> str | None:
    """Return the first date that *value* states, or ``None``.

    Example:
        >>> [parse_date(d) for d in ("二〇〇五年三月三日", "2013年05月06日08:10", "2024/3", "无")]
        ['2005-03-03', '2013-05-06', '2024-03', None]
    """
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    text = str(value)
    if _ENGLISH_RE.search(text):
        try:
            return parsedate_to_datetime(text).date().isoformat()
        except ValueError:
            return None
    match = _COMPACT_RE.search(text) or _DATE_RE.search(_NUMERAL_RE.sub(_arabic, text))
    return _iso(match) if match else None


def parse_url_date(url: str) -> str | None:
    """Return the day that the path of *url* holds, as the addresses of news sites do.

    Example:
        >>> parse_url_date("https://tv.cctv.com/2024/06/12/VIDE.shtml")
        '2024-06-12'
    """
    match = _URL_DATE_RE.search(url.partition("://")[2].partition("/")[2])
    return _iso(match) if match else None


def _iso(match: re.Match[str]) -> str | None:
    year, month, day = match.group("year"), match.group("month"), match.group("day")
    if not month:
        return year
    if not day:
        return f"{year}-{int(month):02}"
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:  # 31 June
        return f"{year}-{int(month):02}"


def _arabic(match: re.Match[str]) -> str:
    """Return a numeral in digits: 二〇〇五 by place, 三十一 by tens."""
    numeral = match.group()
    if "十" not in numeral:
        return "".join(_DIGITS[char] for char in numeral)
    tens, _, ones = numeral.partition("十")
    return (_DIGITS.get(tens, "") if tens else "1") + (_DIGITS.get(ones, "") if ones else "0")
