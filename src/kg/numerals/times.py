"""Dates, periods and relative years, with their ISO form.

A time is resolved against an *anchor*, the date of the article, and against the year last spoken of.
What cannot be placed on the calendar (近5年, 每年, or 今年 without an anchor) keeps the words of the
text as its value; 目前 and a day without its month have none then.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from kg.numerals.grammar import HAN_DIGITS, find_grammar, fold_width, parse_chinese_number, parse_count
from kg.records import Record
from kg.resources import resource_path
from kg.tables import read_table

_COLUMNS = ("word", "kind", "value", "note")
_COUNT = r"\d{1,3}|[一二两三四五六七八九十]{1,3}"
_DASH = r"(?:[-—–~～]{1,2}|至|到)"
_NO_RECORD = "(?!的?(?:新[高低]|最[^近]|首次))"  # 三年来新低 says how rare a level is, not when
_MONTH, _DAY = "1[0-2]|0?[1-9]", r"3[01]|[12]\d|0?[1-9]"
_YEARS, _DATES = re.compile(r"\d{4}"), re.compile(r"\d{4}-\d{2}-\d{2}")
_FIRST_PLAN_NUMBER, _FIRST_PLAN_YEAR, _PLAN_YEARS = 6, 1981, 5  # the sixth five-year plan began in 1981
_CENTURY = 2000
_MONTHS_BACK = 6
_AS_WRITTEN = frozenset({"calendar", "month", "since"})
_WEEKDAYS, _DAYS_A_WEEK = "一二三四五六日天", 7
_REPORT_MONTHS = 3  # the months in which the year before is looked back on


class TimeExpression(Record, frozen=True):
    """A time as written, and its ISO form: year, month, date, or ``start/end``.

    ``value`` is the words themselves for a vague span (近5年) and for a calendar time of a year that
    is not known (去年底), ``None`` for a 目前 of an undated text; ``year`` is the year it lies in. The
    ``kind`` tells the sorts apart: a ``due`` month is that of a contract, ``same`` one compared with.
    """

    start: int
    end: int
    text: str
    value: str | None
    kind: str
    year: int | None = None


@cache
def _words(kind: str) -> dict[str, str]:
    """Return word → value of one kind of ``rules/time_words.tsv``."""
    path = resource_path("rules", "time_words.tsv")
    return {word: value for _, (word, its, value, _) in read_table(path, _COLUMNS) if its == kind}


def _any(kind: str) -> str:
    return "|".join(sorted(map(re.escape, _words(kind)), key=lambda word: (-len(word), word)))


@cache
def _time_re() -> re.Pattern[str]:
    year = r"(?P<year>(?:19|20)\d{2}|[一二][〇○零一二三四五六七八九]{3})"
    iso = r"(?P<iso>(?:19|20)\d{2}[-/.](?:1[0-2]|0?[1-9])[-/.](?:3[01]|[12]\d|0?[1-9])(?!\d))"
    years = rf"(?P<from>(?:19|20)\d{{2}})年?(?:{_DASH}|/(?=\d{{4}}年度))(?P<to>(?:19|20)\d{{2}})年度?"
    years += r"|(?P<season>\d\d)/(?P<season_to>\d\d)(?:市场|榨)?年度"  # 10/11年度
    after_deed = r"(?<=[成产营用工运行建])后年"  # 建成后|年产值
    after_bound = r"(?<=[家个名户亿万元人座项台套亩吨%]以)上年"  # 10家以上|年销售收入
    after_record = r"(?<=创)下一年"  # 创下|一年来|新低
    no_year = f"(?!{after_deed})(?!{after_bound})(?!{after_record})"
    relative = rf"(?P<relative>{no_year}(?:{_any('year')})|今(?=[\d一二三四五六七八九十]{{1,2}}月))"
    number = r"\d{1,2}|[一二三四五六七八九十]{1,2}"
    days = (
        rf"(?:(?P<days_year>(?:19|20)\d{{2}})年|(?P<days_of>{_any('year')}))?的?"
        rf"(?P<month_from>{_MONTH})月(?P<day_from>{_DAY})[日号]?{_DASH}"
        rf"(?:(?:(?P<days_to>(?:19|20)\d{{2}})年)?(?P<month_to>{_MONTH})月)?(?P<day_to>{_DAY})[日号]"
    )
    a_year = rf"(?:19|20)\d{{2}}年|{_any('year')}"
    spans = (  # 2022年10月至2023年3月
        rf"(?P<span_from>{a_year})(?P<span_first>{_MONTH})月{_DASH}"
        rf"(?P<span_to>{a_year})(?P<span_last>{_MONTH})月(?!份?\d)"
    )
    months = rf"(?P<first>{number})(?:月份?)?{_DASH}(?P<second>{number})月份?"
    leading = rf"前(?P<leading>{_COUNT})个?月"
    month = rf"(?P<month>{_MONTH}) ?月(?!球)(?:份)?(?:(?P<day>\d{{1,2}})[日号]|底|末|初|[上中下]旬)?"
    han_month = (
        r"(?P<han_month>十[一二]?|[一二三四五六七八九])月(?!球)(?:份)?"
        r"(?:(?P<han_day>[一二三四五六七八九十]{1,3})[日号]|底|末|初|[上中下]旬)?"
    )
    lone_month = (  # 三月 alone may be a name (三月街)
        r"(?<![一二三四五六七八九十])(?P<lone_month>十[一二]?|[一二三四五六七八九])月"
        r"(?:份|底|末|初|[上中下]旬|(?P<lone_day>[一二三四五六七八九十]{1,3})[日号])"
    )
    next_quarter = rf"(?<![{HAN_DIGITS}])第?[一二三](?=[、和]第?[二三四]季度)"  # 第三|和第四季度
    part = rf"(?P<part>{_any('part')}|{_any('year-part')}|{next_quarter})(?!(?<=初)[步次级])"
    period = rf"(?:{months}|{leading}|{month}|{part})"
    alone = period.replace(f"|{_any('year-part')})", ")")
    past_year = rf"(?P<past_year>{_any('past-year')}){_NO_RECORD}"
    plan = (
        r"“?(?P<plan>十[一二三四五六七八]?|[六七八九])五”?(?:规划|计划)?(?P<plan_part>期间|时期|以来|期末|末)"
    )
    vague = (
        rf"(?P<vague>(?:{_any('vague-opener')})的?(?:(?:(?:{_COUNT}){_DASH})?(?:{_COUNT})|几)[余多]?(?:年|个月)多?[来内间里]?"
        rf"|(?<!提)[前头首](?:{_COUNT})[天日](?![^，。；]{{0,4}}前)"
        rf"|(?:(?:{_COUNT})(?:余|多)?年来|{_any('vague')}){_NO_RECORD})"
    )
    event = rf"(?:自)?(?P<event>{_any('event')})以来"
    its_year = f"{year.replace('year', 'festival_year')}年|{relative.replace('relative', 'festival_of')}"
    festival = (
        rf"(?P<festival>(?:(?:{its_year})的?)?"
        rf"“?(?:(?:{_any('festival')})”?(?:小长假|黄金周|假期|假日|期间|长假)|(?<=年)(?:{_any('season')}))"
        rf"(?:首日|前(?:{_COUNT})[天日])?)"
    )
    since_month = r"(?P<since_month>(?:十[一二]?|[一二三四五六七八九])月份?以来)"
    now = rf"(?<![截项题节数科栏瓦])(?P<now>{_any('now')})(?!年)"
    day = rf"(?P<only_day>{_DAY})日(?![子常均元本前复])|(?P<same_day>{_any('same-day')})"
    near = rf"(?<!成)(?P<near>{_any('month')})(?:份(?!额))?"
    quarter = rf"(?P<quarter>{_any('quarter')})"
    pair = rf"(?P<pair>{_any('pair')})"
    offset = rf"(?P<offset>{_any('day')})"
    weekday = (
        r"(?<![至到每（(—-])(?P<weekday>上?(?:周|星期)[一二三四五六日天])(?![至到—-]|[一二三四五六日]?[、和])"
    )
    n_ago = r"(?P<n_ago>\d{1,2}|[一二两三四五六七八九十]{1,2})"
    ago = rf"(?<![{HAN_DIGITS}几至到])(?P<ago>{n_ago}年(?:之|以)?前)"
    ago += r"(?![期后三两十\d])"
    tail = r"(?P<tail>以来|至今|同期)?"
    return re.compile(
        rf"(?<![\d.〔])(?:{iso}|{years}|{days}|{spans}|{plan}|{past_year}|{vague}|{event}|{festival}|{since_month}"
        rf"|{pair}|{ago}"
        rf"|(?:{year}(?:年度?|财年|财政年度|(?=[上下]半年|前?[一二三四两]季度))|{relative})"
        rf"(?:的(?=[上下一二三四前第全\d])|[（(]{year.replace('year', 'gloss')}年[）)])?"
        rf"(?:{period.replace('?P<', '?P<y_')}|{han_month})?{tail}"
        rf"|{alone}{tail.replace('tail', 'tail2')}|{lone_month}|{near}|{quarter}|{offset}|{weekday}"
        rf"|{now}|{day})"
    )


@cache
def _yardstick_re() -> re.Pattern[str]:
    """Match what makes the year after it one that is compared with, not one that is spoken of."""
    return re.compile(rf"(?:{_any('yardstick')})$")


def _is_of_programme(match: re.Match[str]) -> bool:
    """Tell whether 第二季 numbers the parts of a programme (《平安中国》第二季) rather than a quarter."""
    before = match.string[: match.start()]
    return (match["part"] or "").endswith("季") and before.endswith(("》", "》（", "”"))


@cache
def _due_re() -> re.Pattern[str]:
    """Match what tells after a month that a thing falls due then, and is traded now: 7月玉米期货."""
    return re.compile(rf"[^，。；、：\d的]{{0,4}}(?:{_any('contract')})(?!市场|业|公司|交易所)")


@cache
def _start_re() -> re.Pattern[str]:
    """Return what a time may begin with: a digit, or the first character of one of the words of time."""
    kinds = (
        "year",
        "past-year",
        "part",
        "vague-opener",
        "vague",
        "event",
        "now",
        "month",
        "quarter",
        "festival",
        "pair",
        "day",
        "same-day",
    )
    firsts = {word[0] for kind in kinds for word in _words(kind)}
    return re.compile(rf"[\d“自前上周星{HAN_DIGITS}{''.join(sorted(firsts))}]")


def find_times(
    text: str, *, anchor: str | None, year: int | None = None, day: str | None = None
) -> Iterator[TimeExpression]:
    """Yield the time expressions of *text* from left to right.

    Args:
        text: The text to read; offsets count from its start.
        anchor: The article's date (``YYYY[-MM[-DD]]``), or ``None``.
        year: The year last spoken of, for a month that stands alone; the anchor's otherwise.
        day: The day last spoken of (``YYYY-MM-DD``), which 当日 means.

    Example:
        >>> text = "今年1—2月，去年底，“十四五”期间，近5年"
        >>> [time.value for time in find_times(text, anchor="2024-03-24")]
        ['2024-01/2024-02', '2023-12', '2021/2025', '近5年']
        >>> [time.value for time in find_times("今年一至二月，中秋假期", anchor="2024-03-24")]
        ['2024-01/2024-02', '中秋假期']
        >>> [time.value for time in find_times("3月5日至8日举办，15日签约，当日", anchor="2024-03-24")]
        ['2024-03-05/2024-03-08', '2024-03-15', '2024-03-15']
    """
    spoken = ""  # the year's own words, where nobody knows which it is
    folded = fold_width(text)
    for match in find_grammar(_time_re(), _start_re(), folded):
        read = _read(match, anchor, year, day)
        if read is None or _is_of_programme(match):
            continue
        value, kind, its_year = read
        day = day_of(value) or day
        is_compared = kind == "same" or _yardstick_re().search(folded, 0, match.start()) is not None
        if its_year is not None and not is_compared:
            year = its_year
        words = text[match.start() : match.end()]
        if words[-1] in "月份" and _due_re().match(folded, match.end()):
            kind = "due"
        if value is None and kind in _AS_WRITTEN:
            said = words.removesuffix("的")
            value = said if match["relative"] or kind == "month" else spoken + said  # 今年，…1—10月
            spoken = spoken if is_compared else match["relative"] or spoken
        yield TimeExpression(match.start(), match.end(), words, value, kind, its_year)


def day_of(time: str | None) -> str | None:
    """Return *time* where it is one day of the calendar.

    Example:
        >>> day_of("2024-03-15"), day_of("2024-03"), day_of("近5年")
        ('2024-03-15', None, None)
    """
    return time if time and _DATES.fullmatch(time) else None


def resolve_time(expression: str, *, anchor: str | None = None, year: int | None = None) -> str | None:
    """Return the ISO form of one time expression, or ``None``.

    Example:
        >>> resolve_time("前11个月", anchor="2025-12-21"), resolve_time("到2030年", anchor=None)
        ('2025-01/2025-11', '2030')
        >>> resolve_time("今年") is None
        True
    """
    found = next(find_times(expression, anchor=anchor, year=year), None)
    if found is None or found.value is None or found.kind == "vague":
        return None
    return found.value if found.kind == "festival" or _YEARS.match(found.value) else None


_Read = tuple[str | None, str, int | None]


def _read(match: re.Match[str], anchor: str | None, year: int | None, day: str | None) -> _Read | None:
    anchor_year = int(anchor[:4]) if anchor else None
    if match["iso"]:
        parts = [int(part) for part in re.split(r"[-/.]", match["iso"])]
        return _date(*parts), "date", parts[0]
    if match["from"]:
        return f"{match['from']}/{match['to']}", "span", int(match["to"])
    if match["season"]:
        return _read_season(int(match["season"]), int(match["season_to"]))
    if match["day_from"]:
        return _read_days(match, anchor, year)
    if match["span_from"]:
        return _read_months(match, anchor_year)
    if match["plan"]:
        return _read_plan(match["plan"], match["plan_part"], anchor_year)
    if match["past_year"]:
        return _read_past_year(match["past_year"], anchor)
    if match["vague"]:
        return match["vague"], "vague", None
    if match["event"]:
        return f"{_words('event')[match['event']]}/{anchor_year or ''}".rstrip("/"), "since", None
    if match["pair"]:
        return _read_pair(match["pair"], anchor_year)
    if match["ago"]:
        return _read_ago(match, anchor_year)
    if match["offset"] or match["weekday"]:
        return _read_day(match, anchor)
    if match["now"]:
        return anchor, "now", None
    if match["near"]:
        return _read_near_month(match["near"], anchor)
    if match["quarter"]:
        return _read_near_quarter(match["quarter"], anchor)
    if match["festival"]:
        return _read_festival(match, anchor_year), "festival", None
    if match["since_month"]:
        month = match["since_month"].removesuffix("以来").rstrip("月份")
        return f"{anchor_year}-{parse_count(month):02}" if anchor_year else None, "since", None
    if match["same_day"]:
        return (day, "day", None) if day else None
    if match["only_day"]:
        return (
            (f"{anchor[:7]}-{int(match['only_day']):02}" if anchor and len(anchor) >= 7 else None),
            "day",
            None,
        )
    return _read_calendar(match, anchor, anchor_year, year)


def _read_season(first: int, second: int) -> _Read | None:
    """Read the season of two years that is named by both: 10/11年度."""
    return (
        (f"{_CENTURY + first}/{_CENTURY + second}", "span", _CENTURY + second)
        if second == first + 1
        else None
    )


def _read_days(match: re.Match[str], anchor: str | None, year: int | None) -> _Read:
    """Read days from one to another: 3月5日至8日, 2024年12月30日至2025年1月3日."""
    first, last = int(match["month_from"]), int(match["month_to"] or match["month_from"])
    if match["days_year"]:
        year = int(match["days_year"])
    elif match["days_of"]:
        year = int(anchor[:4]) + relative_years()[match["days_of"]] if anchor else None
    elif match["days_to"]:
        year = int(match["days_to"]) - (last < first)
    elif year is None:
        year = _year_of_month(first, anchor)
    if year is None:
        return None, "calendar", None
    end = int(match["days_to"]) if match["days_to"] else year + (last < first)
    value = f"{_date(year, first, int(match['day_from']))}/{_date(end, last, int(match['day_to']))}"
    return value, "calendar", end


def _read_months(match: re.Match[str], anchor_year: int | None) -> _Read:
    """Read months from one year to another: 2022年10月至2023年3月, 今年10月至明年3月."""
    first, last = (_year_said(match[group], anchor_year) for group in ("span_from", "span_to"))
    if first is None or last is None:
        return None, "calendar", None
    return (
        f"{_date(first, int(match['span_first']))}/{_date(last, int(match['span_last']))}",
        "calendar",
        last,
    )


def _year_said(words: str, anchor_year: int | None) -> int | None:
    """Return the year that *words* say (2022年, 明年), where it is known."""
    if words[:4].isdigit():
        return int(words[:4])
    return anchor_year + relative_years()[words] if anchor_year is not None else None


def _read_festival(match: re.Match[str], anchor_year: int | None) -> str:
    """Return the words of 春节假期 or 今年暑期, with the year where it is known."""
    words = match["festival"].replace("“", "").replace("”", "")
    of = match["festival_of"]
    if not of:
        return words
    festival = words.removeprefix(of).removeprefix("的")
    year = of if anchor_year is None else f"{anchor_year + int(_words('year')[of])}年"
    return year + festival


def _read_pair(words: str, anchor_year: int | None) -> _Read:
    """Read two neighbouring years: 今明两年."""
    if anchor_year is None:
        return words, "vague", None
    first, _, second = _words("pair")[words].partition("/")
    return f"{anchor_year + int(first)}/{anchor_year + int(second)}", "span", anchor_year


def _read_ago(match: re.Match[str], anchor_year: int | None) -> _Read:
    """Read 三年前; what comes 三年后 may count from any year of the story."""
    if anchor_year is None:
        return match["ago"], "vague", None
    year = anchor_year - parse_count(match["n_ago"])
    return str(year), "calendar", year


def _read_day(match: re.Match[str], anchor: str | None) -> _Read | None:
    """Read 昨日 and 上周五, which count from the day of the article."""
    if not anchor or len(anchor) < len("YYYY-MM-DD"):
        return None
    today = date.fromisoformat(anchor)
    if match["offset"]:
        day = today + timedelta(int(_words("day")[match["offset"]]))
    else:
        on = _WEEKDAYS.index(match["weekday"][-1]) % _DAYS_A_WEEK
        back = _DAYS_A_WEEK + today.weekday() - on
        day = today - timedelta(back if match["weekday"][0] == "上" else back % _DAYS_A_WEEK)
    return day.isoformat(), "day", None


def _read_calendar(
    match: re.Match[str], anchor: str | None, anchor_year: int | None, year: int | None
) -> _Read | None:
    """Read a year with or without a period in it, or a period alone."""
    own: int | None
    if match["year"]:
        number = parse_chinese_number(match["year"]) if not match["year"].isdigit() else int(match["year"])
        own, prefix = (int(number) if number else None), "y_"
    elif match["relative"]:
        if match["gloss"]:
            own = int(match["gloss"]) if match["gloss"].isdigit() else None
        else:
            own = anchor_year + relative_years().get(match["relative"], 0) if anchor_year else None
        prefix = "y_"
    else:
        own, prefix = year if year is not None else _nearest_year(match, anchor), ""
    tail = match["tail"] or match["tail2"]
    if own is None:
        return None, "calendar", None
    value = _period(own, prefix, match)
    if tail in ("以来", "至今") and anchor_year and own < anchor_year:
        return f"{value.split('/')[0]}/{anchor_year}", "since", None
    kinds = {"同期": "same", "以来": "since", "至今": "since"}
    return value, kinds.get(tail or "", "calendar"), own


def _nearest_year(match: re.Match[str], anchor: str | None) -> int | None:
    """Return the year of a month that stands alone: the one nearest before the anchor."""
    month = match["month"] or match["second"] or match["lone_month"]
    return _year_of_month(parse_count(month) if month else 0, anchor)


def _year_of_month(month: int, anchor: str | None) -> int | None:
    """Return the year in which a month last was, seen from the anchor, or soon will be."""
    if not anchor:
        return None
    ahead = len(anchor) >= len("YYYY-MM") and month - int(anchor[5:7]) > _MONTHS_BACK
    return int(anchor[:4]) - ahead


def _period(year: int, prefix: str, match: re.Match[str]) -> str:
    first, second = match[f"{prefix}first"], match[f"{prefix}second"]
    if first and second:
        return f"{year}-{parse_count(first):02}/{year}-{parse_count(second):02}"
    if match[f"{prefix}leading"]:
        count = parse_count(match[f"{prefix}leading"] or "1")
        return f"{year}-01/{year}-{count:02}"
    if match[f"{prefix}month"]:
        return _date(year, int(match[f"{prefix}month"] or 0), int(match[f"{prefix}day"] or 0))
    if match["lone_month"]:
        return _date(year, parse_count(match["lone_month"]), parse_count(match["lone_day"] or "零"))
    if prefix and match["han_month"]:
        return _date(year, parse_count(match["han_month"]), parse_count(match["han_day"] or "零"))
    named = match[f"{prefix}part"] or ""
    part = _words("part").get(named) or _words("year-part").get(named) or _words("part").get(f"{named}季度")
    if part:
        first, _, second = part.partition("/")
        return f"{year}-{first}/{year}-{second}" if second else f"{year}-{first}"
    return str(year)


def _read_plan(number: str, part: str, anchor_year: int | None) -> _Read | None:
    index = parse_chinese_number(number)
    if index is None:
        return None
    start = first_year_of(int(index))
    end = start + _PLAN_YEARS - 1
    if part in ("末", "期末"):
        return str(end), "calendar", end
    if part == "以来":
        return f"{start}/{anchor_year or end}", "since", None
    return f"{start}/{end}", "span", end


@cache
def relative_years() -> dict[str, int]:
    """Return word → years from the article's own: 去年 → -1.

    Example:
        >>> relative_years()["去年"]
        -1
    """
    return {word: int(value) for word, value in _words("year").items()}


def first_year_of(plan: int) -> int:
    """Return the year in which the five-year plan of this number began.

    Example:
        >>> first_year_of(14)
        2021
    """
    return _FIRST_PLAN_YEAR + (plan - _FIRST_PLAN_NUMBER) * _PLAN_YEARS


def _read_past_year(text: str, anchor: str | None) -> _Read:
    """Read 过去一年: early in a year it is the year before; later, or undated, the words say it all."""
    if anchor and len(anchor) >= 7 and int(anchor[5:7]) <= _REPORT_MONTHS:
        return str(int(anchor[:4]) - 1), "calendar", int(anchor[:4]) - 1
    return text, "vague", None


def _read_near_month(word: str, anchor: str | None) -> _Read:
    if not anchor or len(anchor) < 7:
        return None, "month", None
    months = int(anchor[:4]) * 12 + int(anchor[5:7]) - 1 + int(_words("month")[word])
    return f"{months // 12}-{months % 12 + 1:02}", "month", None


def _read_near_quarter(word: str, anchor: str | None) -> _Read:
    if not anchor or len(anchor) < 7:
        return None, "month", None
    quarters = int(anchor[:4]) * 4 + (int(anchor[5:7]) - 1) // 3 + int(_words("quarter")[word])
    year, first = quarters // 4, quarters % 4 * 3 + 1
    return f"{year}-{first:02}/{year}-{first + 2:02}", "month", year


def _date(year: int, month: int, day: int = 0) -> str:
    return f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}"
