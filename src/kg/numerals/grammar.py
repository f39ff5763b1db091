"""The digits of a number, Arabic or Chinese, become a decimal."""

import re
from collections.abc import Iterator
from decimal import Decimal

HAN_DIGITS = "〇○零一二两三四五六七八九十"
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
SCALES = {scale: Decimal(n) for scale, n in (_SMALL | _LARGE).items()}
_FULL_WIDTH_GAP = 0xFEE0  # full-width ASCII stands this far above ASCII
_FOLDED = "0123456789%./+-ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_WIDE = {ord(char) + _FULL_WIDTH_GAP: char for char in _FOLDED}
_WIDE_RE = re.compile("[" + "".join(map(chr, _WIDE)) + "]")


def fold_width(text: str) -> str:
    """Return *text* with full-width digits, letters and signs made narrow; the length is kept.

    Example:
        >>> fold_width("增长％／")
        '增长%/'
    """
    return text.translate(_WIDE) if _WIDE_RE.search(text) else text  # to look is ten times as fast


def find_grammar(grammar: re.Pattern[str], start: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield what ``grammar.finditer`` would, tried only where *start* says that a match may begin.

    A grammar of hundreds of alternatives takes long to fail, and most characters begin no number.
    """
    match_at = grammar.match
    end = 0
    for place in start.finditer(text):
        if place.start() >= end:
            match = match_at(text, place.start())
            if match is not None:
                end = match.end()
                yield match


def parse_chinese_number(text: str) -> Decimal | None:
    """Return the value of a number written in Chinese digits, or ``None``.

    A leading scale stands for one of it (千亿 is 1000 times 亿); digits without a scale are read by
    place (二〇〇五). What has no definite value (几十, 数百) or is no number gives ``None``.

    Example:
        >>> [int(parse_chinese_number(t)) for t in ("二〇〇五", "三千五百", "两万", "一百零八", "十四")]
        [2005, 3500, 20000, 108, 14]
        >>> int(parse_chinese_number("千亿")), int(parse_chinese_number("一百二"))
        (100000000000, 120)
        >>> parse_chinese_number("三点五"), parse_chinese_number("几十")
        (Decimal('3.5'), None)
    """
    whole, point, fraction = text.partition("点")
    value = _parse_whole(whole)
    if value is None or not point:
        return None if value is None else Decimal(value)
    if not fraction or any(c not in _DIGITS for c in fraction):
        return None
    return Decimal(f"{value}." + "".join(str(_DIGITS[c]) for c in fraction))


def parse_count(text: str) -> int:
    """Return the whole number that digits of either kind write, 0 where they write none.

    Example:
        >>> parse_count("12"), parse_count("十二"), parse_count("几")
        (12, 12, 0)
    """
    return int(text) if text.isdigit() else int(parse_chinese_number(text) or 0)


def _parse_whole(text: str) -> int | None:
    if not text:
        return None
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total = section = 0
    digit: int | None = None
    scale = 1
    for position, char in enumerate(text):
        if char in _DIGITS:
            if digit:  # two digits in a row (两三百) name no single value
                return None
            digit = _DIGITS[char]
        elif char in _SMALL:
            scale = _SMALL[char]
            section += (digit if digit is not None else 1) * scale
            digit = None
        elif char in _LARGE:
            scale = _LARGE[char]
            section += digit or 0
            opening = not position
            total = (
                (total + section or int(opening)) * scale if char == "亿" else total + (section or 1) * scale
            )
            section, digit = 0, None
        else:
            return None
    if digit and scale >= 100 and text[-2] in SCALES:  # 一百二 is 120, 三万五 is 35000
        digit *= scale // 10
    return total + section + (digit or 0)
