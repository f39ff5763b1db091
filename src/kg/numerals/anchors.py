"""The year in which an undated text was written, as its own words give it away."""

import re
from decimal import Decimal
from functools import cache

from kg.numerals.grammar import HAN_DIGITS, fold_width, parse_chinese_number, parse_count
from kg.numerals.times import first_year_of, relative_years
from kg.resources import resource_path
from kg.tables import read_table

_CONGRESS_NUMBER, _CONGRESS_YEAR = 14, 2023  # first session of the 14th National People's Congress
_WHOLE_YEAR_RE = re.compile(r"[比较]((?:19|20)\d{2})年全年")
_FIGURE_RE = re.compile(r"(去年|前年|上年)[^，。；\d]{0,6}(\d{1,2}(?:\.\d)?)%")
_FIGURE_REACH = 40
_SESSION_RE = re.compile(r"([一二三四五六七八九十]{1,3})届全国人大(?:第)?([一二三四五])次会议")
_MEETING_RE = re.compile(
    r"((?:19|20)\d{2})年?[^\d，。：、]{0,12}(?:论坛|大会|峰会|年会|博览会|展览会|会议|座谈会|文化节)"
)
_BEGUN_RE = re.compile(r"(?:进入|迈入|步入|跨入)((?:19|20)\d{2})年(?!代)")
_SINCE = "年以来"
_OPENING, _OPENING_WORDS = 300, 12  # characters
_PLAN_BEGUN_RE = re.compile(r"(十[一二三四五六七八九])五”?(?:规划)?的?(?:开局之年|开局起步|开好局|良好开局)")
_OTHER_YEAR_RE = re.compile(r"(?:迎接|迎来|去年是|明年|\d年是|[在馆和]庆祝|\d年，[^。]{0,8})[^，。]{0,6}$")
_EXPLICIT_RE = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_GLOSS_RE = re.compile(
    r"今年[（(]((?:19|20)\d{2})年|((?:19|20)\d{2})年(?:的)?(?:全国两会|《?政府工作报告》?)"
)


def infer_anchor(text: str) -> str | None:
    """Return the year in which an undated text was written, where its own words give it away.

    They do so by the session of the National People's Congress they report (the second session of
    the fourteenth met in 2024), by a meeting named with its year (2025年夏季达沃斯论坛) or its number
    (第七届进博会), by a gloss (今年（2024年）), by this year's 政府工作报告, by a year that has begun
    (进入2023年, 2025年以来), by the whole year that months are compared with (比2023年全年加快), by well
    known figures of the years before, two of which must agree, by the five-year plan that has just begun
    (“十五五”开好局), by an anniversary (新中国成立75周年), or by the plenary session its title speaks of.

    Example:
        >>> infer_anchor("在参加十四届全国人大二次会议江苏代表团审议时强调"), infer_anchor("推动发展")
        ('2024', None)
        >>> infer_anchor("经济增长速度，前年是3.0%，去年是5.2%"), infer_anchor("比2023年全年加快1.2个百分点")
        ('2024', '2024')
    """
    match = _SESSION_RE.search(text)
    if match:
        congress, session = (parse_chinese_number(part) for part in match.groups())
        if congress is not None and session is not None:
            return str(_CONGRESS_YEAR + (int(congress) - _CONGRESS_NUMBER) * 5 + int(session) - 1)
    folded = fold_width(text)
    gloss = _GLOSS_RE.search(folded)
    if gloss:
        return next((part for part in gloss.groups() if part), None)
    past = _WHOLE_YEAR_RE.search(folded)
    if past:
        return str(int(past.group(1)) + 1)
    known = _year_of_series(folded) or _year_begun(folded) or _year_by_figures(folded)
    return known or _year_of_plan(folded) or _year_of_anniversary(folded) or _year_of_plenum(folded)


def _year_begun(text: str) -> str | None:
    """Return the year of a meeting in the title, or the latest one that is said to have begun."""
    meeting = _MEETING_RE.search(text.partition("\n")[0])
    if meeting:
        return meeting.group(1)
    begun = max((match.group(1) for match in _BEGUN_RE.finditer(text)), default=None)
    if begun:
        return begun
    if _SINCE not in text:
        return None
    years = _EXPLICIT_RE.findall(text)
    latest = max(years, default="")
    return latest if years.count(latest) > 1 and latest + _SINCE in text else None


def _year_of_plan(text: str) -> str | None:
    """Return the first year of the five-year plan that the opening says is begun: “十五五”开好局."""
    match = _PLAN_BEGUN_RE.search(text, 0, _OPENING)
    number = parse_chinese_number(match.group(1)) if match else None
    return str(first_year_of(int(number))) if number is not None else None


def _year_of_anniversary(text: str) -> str | None:
    """Return the year that is so many after a well known event; one that is coming or past tells nothing."""
    if "周年" not in text and "年来" not in text:
        return None
    base, years = _anniversaries(), [0]
    for match in _anniversary_re().finditer(text):
        if _OTHER_YEAR_RE.search(text, max(0, match.start() - _OPENING_WORDS), match.start()):
            return None
        years.append(base[match.group(1)] + parse_count(match.group(2)))
    return str(max(years)) if years != [0] else None


@cache
def _anniversaries() -> dict[str, int]:
    """Return event → its year, from ``rules/anniversaries.tsv``."""
    rows = read_table(resource_path("rules", "anniversaries.tsv"), ("event", "year", "note"))
    return {event: int(year) for _, (event, year, _) in rows}


@cache
def _anniversary_re() -> re.Pattern[str]:
    events = "|".join(sorted(map(re.escape, _anniversaries()), key=lambda event: (-len(event), event)))
    return re.compile(rf"({events})以?来?(\d{{1,3}}|[{HAN_DIGITS}百]{{1,4}})(?:周年|年来)")


def _year_of_plenum(text: str) -> str | None:
    """Return the year of the plenary session that the title speaks of, its number said below."""
    title = text.partition("\n")[0]
    for name, year in _plenums().items():
        session = name.partition("届")[2]
        is_said = name in title or (session in title and f"届{session}" not in title)
        if is_said and name in text:
            return year
    return None


@cache
def _plenums() -> dict[str, str]:
    """Return session → its year, from ``rules/plenums.tsv``, the latest first."""
    rows = read_table(resource_path("rules", "plenums.tsv"), ("name", "year", "note"))
    return {name: year for _, (name, year, _) in reversed(tuple(rows))}


@cache
def _series_re() -> re.Pattern[str]:
    return re.compile(rf"第([{HAN_DIGITS}百]{{1,6}}|\d{{1,3}})届(?:中国)?({'|'.join(_series())})")


@cache
def _series() -> dict[str, tuple[int, int]]:
    """Return name → the year before its first meeting and the meetings a year, from ``dated_series.tsv``."""
    path = resource_path("rules", "dated_series.tsv")
    rows = read_table(path, ("name", "year_zero", "per_year", "note"))
    return {name: (int(zero), int(per)) for _, (name, zero, per, _) in rows}


def _year_of_series(text: str) -> str | None:
    """Return the year of the latest meeting that the text names by its number, two of one series aside."""
    for match in _series_re().finditer(text):
        zero, per = _series()[match.group(2)]
        number = parse_count(match.group(1))
        if number:
            return str(zero + -(-number // per))
    return None


def _year_by_figures(text: str) -> str | None:
    """Return the only year of writing in which two known figures of 去年 and 前年 are both right."""
    for indicator, figures in _dated_figures().items():
        place = text.find(indicator)
        if place < 0:
            continue
        said = dict(_FIGURE_RE.findall(text[place : place + _FIGURE_REACH]))
        if len(said) < 2:
            continue
        offsets = [(relative_years()[word], Decimal(value)) for word, value in said.items()]
        years = {year - offset for year, _ in figures for offset, _ in offsets}
        fitting = [year for year in sorted(years) if all((year + o, v) in figures for o, v in offsets)]
        if len(fitting) == 1:
            return str(fitting[0])
    return None


@cache
def _dated_figures() -> dict[str, frozenset[tuple[int, Decimal]]]:
    """Return indicator → its known figures with their years, from ``rules/dated_figures.tsv``."""
    path = resource_path("rules", "dated_figures.tsv")
    figures: dict[str, set[tuple[int, Decimal]]] = {}
    for _, (indicator, year, value, _) in read_table(path, ("indicator", "year", "value", "note")):
        figures.setdefault(indicator, set()).add((int(year), Decimal(value)))
    return {indicator: frozenset(known) for indicator, known in figures.items()}
