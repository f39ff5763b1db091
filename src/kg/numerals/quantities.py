"""Numbers with their units in running text.

One regular expression finds the number and what belongs to it: range, scale, approximation inside
(1000多万) and unit. What stands around it decides whether the value is exact (近, 超过, 左右).
A number without a unit is a quantity only where the caller knows what it measures; it is given
with an empty unit. Ordinals and identifiers are left out.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, lru_cache

from kg.numerals.grammar import SCALES, find_grammar, fold_width, parse_chinese_number
from kg.numerals.units import find_dimension, load_units, one_unit_pattern, split_scale, unit_pattern
from kg.records import Record
from kg.resources import resource_path
from kg.tables import read_table

_GROUPED = r"\d{1,3}(?:(?:,\d{3}){1,6}(?![\d,])|(?:，\d{3}){1,6}(?![\d，.年]))"  # 6，180 as well as 6,180
_ARABIC = rf"(?:{_GROUPED}|\d{{1,18}})(?:\.\d{{1,9}})?"
_HAN = "零〇一二两三四五六七八九十百千万亿"
_SPELLED = rf"[{_HAN}]{{1,16}}(?:点[{_HAN}]{{1,6}})?"  # bounded, so that time stays linear
_MINUS = r"(?<![\dA-Za-z)）%])-"
_LARGE = "万亿"
_LARGE_SCALES = "[万亿]{0,2}"
_TENTH = Decimal("0.1")
_HALF = Decimal("0.5")
_REMEMBERED = 1 << 12  # units with their scales
_TEN, _HUNDRED = Decimal(10), Decimal(100)
_FIRST_YEAR = 1900
_SPANS = ("duration", "age")


class Quantity(Record, frozen=True):
    """A number with its unit.

    ``start`` and ``end`` enclose number and unit; ``outer_start`` and ``outer_end`` also the words
    that make it approximate (近…, …以上). ``value`` and ``unit`` are as written, with 万 and 亿 in
    the unit (两万多个: 2, 万个); ``upper`` is the other end of a range. ``is_spelled`` marks Chinese
    digits, ``is_bare_scale`` a scale alone (千亿斤).
    """

    start: int
    end: int
    value: Decimal
    unit: str
    dimension: str
    upper: Decimal | None = None
    is_approximate: bool = False
    is_spelled: bool = False
    is_bare_scale: bool = False
    outer_start: int = 0
    outer_end: int = 0


_ARRIVING_RE = re.compile("(?:下|到|送|抵|传|转|直)达$")  # verbs of their own, which 达 ends


@cache
def _approximators() -> tuple[str, str, str]:
    """Return alternations of the words before, inside and after a number that loosen it."""
    sides: dict[str, list[str]] = {"before": [], "inside": [], "after": []}
    for word, side, _, not_after in sorted(_approximator_rows(), key=lambda row: (-len(row[0]), row[0])):
        sides[side].append(f"(?<![{not_after}]){word}" if not_after else word)  # 节约2吨 is not about 2 t
    first, second, third = ("|".join(words) for words in sides.values())
    return first, second, third


@cache
def _approximator_rows() -> tuple[tuple[str, str, str, str], ...]:
    path = resource_path("rules", "approximators.tsv")
    rows = read_table(path, ("word", "side", "bound", "not_after"))
    return tuple((word, side, bound, not_after) for _, (word, side, bound, not_after) in rows)


@cache
def _quantity_re() -> re.Pattern[str]:
    """Return the grammar of a number with its unit; what was matched stands in named groups."""
    inside, unit = _approximators()[1], unit_pattern()
    percent = rf"百分之(?P<percent>{_ARABIC}|{_SPELLED})"
    fraction = (
        rf"(?P<below>[{_HAN}]{{1,4}}|\d{{1,4}})分之(?P<above>[{_HAN}]{{1,4}}|\d{{1,4}}(?:\.\d{{1,4}})?)"
        r"|(?P<above2>\d{1,4})/(?P<below2>\d{1,4})(?![\d/]|市场年|[年榨财])"  # 10/11年度: a season
    )
    half = r"(?P<half>一半|半数|过半(?!导)|近半(?=数|[，。；]))"
    doubled = r"翻了?(?P<times>[一两二三四]|\d)?番"
    digit = "[一二两三四五六七八九]"
    tenths = (
        rf"(?P<tenths>{digit})[至到]?(?P<tenths2>{digit})?成(?![{load_units()['成'].not_before}])"
        rf"(?P<hundredths>{digit}(?![^，。；、）)的左以]))?"  # 二成三: 23 %
    )
    sum_ = r"(?P<sum>[十百千]?(?:万亿|亿))(?=大关|规模|台阶)"  # of money, as nothing else is told so
    spoken = (
        rf"(?P<spoken>{_ARABIC}|{_SPELLED})个(?P<spoken_more>多)?亿元?(?=[，。；、！）)的]|$)"  # 让利4个亿
    )
    han = rf"(?P<han>{_SPELLED})(?P<han_more>{inside})?(?P<han_unit>[万亿]?{unit})"
    large, thousand = _LARGE_SCALES, _thousand_pattern()
    span = (
        rf"(?P<sign>{_MINUS})?(?P<first>{_ARABIC})(?P<skip>[百千]?{large}{unit}|[百千]?[万亿]{{1,2}})?"
        rf"(?:[-—–~～]|至|到|以上(?={_BELOW}))(?P<second>{_ARABIC})(?P<tail>[多余]?{thousand}{large} ?{unit})"
    )
    single = _single_pattern()
    return re.compile(
        rf"(?<![\dA-Za-z.第〔])(?<![A-Za-z]-)(?:{percent}|{fraction}|{half}|{doubled}|{spoken}|{span}|{single})"
        rf"|(?<![第{_HAN}数几])(?:{tenths}|{sum_}|{han})"
    )


@cache
def _thousand_pattern() -> str:
    return rf"(?:(?!{one_unit_pattern()})[十百千])?"  # the 千 of 千克标煤 is no scale


@cache
def _single_pattern() -> str:
    return (
        rf"(?P<minus>{_MINUS})?(?P<number>{_ARABIC})(?P<more>{_approximators()[1]}|几)?"
        rf"(?P<scale>{_thousand_pattern()}{_LARGE_SCALES})(?P<more2>[多余])?(?: ?(?P<unit>{unit_pattern()}))?"
    )


@cache
def _single_re() -> re.Pattern[str]:
    return re.compile(_single_pattern())


@cache
def _exact_words() -> tuple[str, ...]:
    """Return the words before a number that stress it without loosening it (高达)."""
    return tuple(word for word, _, bound, _ in _approximator_rows() if bound == "exact")


@cache
def _before_re() -> re.Pattern[str]:
    firsts = "".join(sorted({word[0] for word, side, _, _ in _approximator_rows() if side == "before"}))
    after = r"(?:了|过|到|为|在|占)?(?:其|全[国省市区]|总数|总量)?的?$"
    return re.compile(rf"(?=[{firsts}])(?:{_approximators()[0]}){{1,2}}{after}")


@cache
def _after_re() -> re.Pattern[str]:
    return re.compile(rf"(?:{_approximators()[2]})(?!样|种|元化|年来)")


@cache
def _per_re() -> re.Pattern[str]:
    return re.compile(
        rf"([每一])({unit_pattern()})(?:{_approximators()[0]}|为|只需|仅|还?卖|只要|只有|仅有|仅为|达到?|需要?)?$"
    )


@cache
def _each_re() -> re.Pattern[str]:
    """Match for each of what a price is, said after it: 7200多元|每吨."""
    return re.compile(rf"每({unit_pattern()})")


_CLASS_RE = re.compile(r"(?<=[百千万亿]元)以上[^，。；、的（]")  # 亿元以上|项目 is a class of them
_BELOW = r"[^，。；：、]{1,12}?以下"  # closes a range that 以上 opens: 1万元以上5万元以下
_START_RE = re.compile(rf"[\d{_HAN}半过近翻-]")  # what a number may begin with
_SIGN_RE = re.compile(r"[A-Z]{0,2}[$¥￥€£]$")
_LONGEST_SIGN = 3  # characters of HK$
_SERIAL_RE = re.compile(r"[A-Za-z]|\.\d|[国省]道|[号届强后版代式型级街路]|[：:]\d")


def find_quantities(text: str) -> Iterator[Quantity]:
    """Yield the quantities of *text* from left to right.

    Example:
        >>> found = find_quantities("1000多万台（套）农机具，近四分之一")
        >>> [(str(q.value), q.unit, q.is_approximate) for q in found]
        [('1000', '万台（套）', True), ('25', '%', True)]
        >>> [(str(q.value), q.unit) for q in find_quantities("国办函〔2005〕21号，5G，第六位，25%-30%")]
        [('25', '%')]
        >>> [(str(q.value), q.unit) for q in find_quantities("价格下降8.7%至62000元/吨")]  # no range
        [('8.7', '%'), ('62000', '元/吨')]
    """
    folded = fold_width(text)
    for match in find_grammar(_quantity_re(), _START_RE, folded):
        found = _read_match(match)
        if found is None:
            if match["second"]:
                yield from _read_ends(folded, match)
            continue
        value, unit, upper, loose = found
        if not unit and _SERIAL_RE.match(folded, match.end()):
            continue
        if match["han"] and _CLASS_RE.match(folded, match.end()):
            continue
        yield _surround(folded, match, value, unit, upper, loose)


def _read_ends(text: str, span: re.Match[str]) -> Iterator[Quantity]:
    """Yield the two numbers of what looked like a range but has two units: 23.4%至107万吨."""
    for group in ("first", "second"):
        match = _single_re().match(text, span.start(group))
        if match is not None and match["unit"]:
            value, unit, _, loose = _read_arabic(match)
            yield _surround(text, match, value, unit, None, loose)


def _surround(
    text: str, match: re.Match[str], value: Decimal, unit: str, upper: Decimal | None, loose: bool
) -> Quantity:
    """Look left and right of the number for what loosens it or says per what it counts."""
    start, end = match.span()
    sign = _SIGN_RE.search(text, max(0, start - _LONGEST_SIGN), start)
    if sign and find_dimension(sign.group()) == "money":
        start = sign.start()
        unit += "" if find_dimension(unit) == "money" else _written(sign.group())  # ￥200万元
    left = text[max(0, start - 12) : start]
    per = _per_re().search(left)
    if per and per.group(1) == "一" and find_dimension(unit) != "money":
        per = None  # 一吨30元 is a price, 一个80米 is none
    if per and unit and "/" not in unit and per.group(2) != unit:
        unit = f"{unit}/{per.group(2)}"
    each = _each_re().match(text, end) if unit and "/" not in unit else None
    if each and find_dimension(unit) == "money" and find_dimension(each[1]) not in _SPANS:
        unit, end = f"{unit}/{each[1]}", each.end()
    if unit in ("万", "亿") and text.startswith("度", end):  # 21亿度, of electricity; of an angle none
        unit, end = f"{unit}度电", end + 1
    value += _HALF if "个半" in unit else 0  # 2个半小时
    loose = loose or "个多" in unit
    unit = _written(unit)
    before = _before_re().search(left)
    if before and _ARRIVING_RE.search(left, 0, before.start() + 1):
        before = _before_re().search(left, before.start() + 1)  # 下达|5亿元, 下达|约5亿元
    if before and "于" in before.group() and find_dimension(unit) == "points":
        before = None  # 高于|全国|0.4个百分点: by so much
    outer = min((found.start() for found in (before, per) if found), default=len(left))
    if before and "占" in before.group():
        outer = len(left)  # 约占全国的七成: 占全国 says what the share is of
    after = _after_re().match(text, end)
    groups = match.groupdict()
    spelled: str = groups.get("sum") or groups.get("han") or ""
    return Quantity(
        start,
        end,
        value,
        unit,
        find_dimension(unit),
        upper,
        loose or bool(after) or bool(before and not before.group().startswith(_exact_words())),
        bool(spelled),
        bool(spelled) and spelled[0] in SCALES and spelled[0] != "十",
        start - (len(left) - outer),
        after.end() if after else end,
    )


def _read_match(match: re.Match[str]) -> tuple[Decimal, str, Decimal | None, bool] | None:
    """Return value, unit, upper end and looseness of what the grammar matched."""
    if match["percent"]:
        value = _number(match["percent"])
        return None if value is None else (value, "%", None, False)
    if match["below"] or match["below2"]:
        return _read_fraction(match["above"] or match["above2"], match["below"] or match["below2"])
    if match["half"]:
        return Decimal(50), "%", None, match["half"] in ("过半", "近半")
    if match["tenths"]:
        first, second = _whole(match["tenths"]) * 10, _whole(match["tenths2"]) * 10
        if not second:
            return first + _whole(match["hundredths"]), "%", None, False
        return (first, "%", second, True) if second > first else None
    if match["sum"]:
        return _read_han(match["sum"], "元", False)
    if match["spoken"]:
        value = _number(match["spoken"])
        return None if value is None else (value, "亿元", None, bool(match["spoken_more"]))
    if match["han"]:
        if _begins_unit(match.group()):  # 千瓦 is a unit, not a thousand watts
            return None
        return _read_han(match["han"], match["han_unit"], bool(match["han_more"]))
    if match["second"]:
        return _read_range(match)
    if match["number"]:
        value, unit, upper, loose = _read_arabic(match)
        if unit == "成":  # 2023成渝: no tenths
            return (value * 10, "%", upper, loose) if value <= _TEN else None
        return value, unit, upper, loose
    times = match["times"]
    return (_whole(times) if times else Decimal(1)), "番", None, False


def _read_arabic(match: re.Match[str]) -> tuple[Decimal, str, Decimal | None, bool]:
    value = _plain(match["number"] or "0")
    multiplier, unit = _split_multiplier((match["scale"] or "") + (match["unit"] or ""))
    value *= multiplier
    if match["minus"]:
        value = -value
    return value, unit, None, bool(match["more"] or match["more2"])


def _read_range(match: re.Match[str]) -> tuple[Decimal, str, Decimal | None, bool] | None:
    tail = (match["tail"] or "").replace(" ", "")
    loose = tail[0] in "多余"
    multiplier, unit = _split_multiplier(tail[1:] if loose else tail)
    first, second = _plain(match["first"] or "0") * multiplier, _plain(match["second"] or "0") * multiplier
    if match["sign"]:
        first = -first
    skip = match["skip"] or ""
    if skip and skip != unit and not unit.startswith(skip):  # 9000万元至1亿元: two units, no plain range
        return None
    return (first, unit, second, loose) if second > first else None


def _read_han(digits: str, unit: str, loose: bool) -> tuple[Decimal, str, Decimal | None, bool] | None:
    if all(char in _LARGE for char in digits):  # 突破万亿元: one 万亿
        return Decimal(1), digits + unit, None, loose
    scale = ""
    body = digits
    while len(body) > 1 and body[-1] in "万亿":
        scale, body = body[-1] + scale, body[:-1]
    if len(body) == 2 and _is_next_digit(body):  # 两三万: from two to three
        return _whole(body[0]), scale + unit, _whole(body[1]), True
    if len(body) == len("二三百") and body[2] in "十百千" and _is_next_digit(body[:2]):
        return _whole(body[0] + body[2]), scale + unit, _whole(body[1:]), True
    value = parse_chinese_number(body)
    if value is None or (len(body) == 2 and not SCALES.keys() & set(body)):  # 唯一|一座
        return None
    return value, scale + unit, None, loose


def _read_fraction(above: str | None, below: str | None) -> tuple[Decimal, str, Decimal | None, bool] | None:
    over, under = _number(above or ""), _number(below or "")
    if over is None or not under or not 0 < over < under:
        return None
    if over >= _FIRST_YEAR and under == over + 1:
        return None  # 2010/2011榨季: a season of two years
    share = over * _HUNDRED / under
    exact = share == share.quantize(_TENTH)
    return Decimal(format(share.quantize(_TENTH).normalize(), "f")), "%", None, not exact


@lru_cache(maxsize=_REMEMBERED)
def _written(unit: str) -> str:
    """Return *unit* as it is written where it is a spoken one: 亿元 for 亿人民币."""
    scale, plain = split_scale(unit)
    known = load_units().get(plain)
    return scale + known.written if known is not None else unit


@lru_cache(maxsize=_REMEMBERED)
def _split_multiplier(scale: str) -> tuple[Decimal, str]:
    """Split 千万元 into 1000 and 万元: what stands before 万 and 亿 multiplies the value."""
    multiplier = Decimal(1)
    position = 0
    while position < len(scale) and scale[position] in "十百千" and not _begins_unit(scale[position:]):
        multiplier *= SCALES[scale[position]]
        position += 1
    return multiplier, scale[position:]


def _begins_unit(text: str) -> bool:
    return bool(re.fullmatch(unit_pattern(), text))


def _is_next_digit(pair: str) -> bool:
    first, second = (parse_chinese_number(c) for c in pair)
    return first is not None and second is not None and 0 < first < 9 and second == first + 1


def _plain(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("，", ""))


def _number(text: str) -> Decimal | None:
    return _plain(text) if text[:1].isdigit() and text.isascii() else parse_chinese_number(text)


def _whole(text: str | None) -> Decimal:
    return _number(text or "") or Decimal(0)
