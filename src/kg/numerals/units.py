"""Units of measure: what they measure and what they are in base units.

The table ``rules/units.tsv`` gives each unit its dimension, and its factor to a base unit: ISO 4217
for money, UCUM codes for what is physical, the classifier itself for what is counted.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache

from kg.errors import KgError
from kg.numerals.grammar import SCALES
from kg.resources import resource_path
from kg.tables import read_table

_COLUMNS = ("unit", "dimension", "factor", "base", "not_before", "written")
_REMEMBERED = 1 << 12  # units with their scales
_PLACES = Decimal("1e-12")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written, with ``factor`` base units in it.

    It is no unit before one of the characters ``not_before`` (10部门: 部 is part of 部门). ``written`` is the
    unit itself, or that of which it is a spoken form: 个点 is written 个百分点.
    """

    text: str
    dimension: str
    factor: Fraction
    base: str
    not_before: str
    written: str


@cache
def load_units() -> dict[str, Unit]:
    """Return the units of ``rules/units.tsv`` by their text.

    Raises:
        KgError: A unit stands twice or its factor is no positive number.

    Example:
        >>> load_units()["亩"].base
        'm2'
    """
    units: dict[str, Unit] = {}
    path = resource_path("rules", "units.tsv")
    for number, (text, dimension, factor, base, not_before, written) in read_table(path, _COLUMNS):
        if text in units:
            raise KgError(f"{path.name}:{number}: unit {text!r} stands twice; remove one row")
        try:
            ratio = Fraction(factor)
        except ValueError:
            ratio = Fraction(0)
        if ratio <= 0:
            raise KgError(
                f"{path.name}:{number}: factor {factor!r} is no positive number; write 1000 or 2000/3"
            )
        units[text] = Unit(text, dimension, ratio, base, not_before, written or text)
    return units


@cache
def one_unit_pattern() -> str:
    """Return a regular expression, without groups, that matches one unit of the table, longest first."""
    units = sorted(load_units().values(), key=lambda unit: (-len(unit.text), unit.text))
    texts = (re.escape(u.text) + (f"(?![{u.not_before}])" if u.not_before else "") for u in units)
    firsts = "".join(sorted({re.escape(unit.text[0]) for unit in units}))
    return f"(?=[{firsts}])(?:{'|'.join(texts)})"  # one look tells that none of hundreds begins here


@cache
def unit_pattern() -> str:
    """Return a regular expression, without groups, for a unit: 台, 台（套）, 元/吨, 公里/百平方公里."""
    one = one_unit_pattern()
    per = rf"{one}|[百千万亿]{{1,2}}{one}|年"  # 元/千瓦时 is no yuan for a thousand watts
    return rf"{one}(?:[（(]{one}[）)])?(?: ?/ ?(?:{per}))?"


def split_scale(unit: str) -> tuple[str, str]:
    """Split 万亿斤 into its scale 万亿 and the unit 斤; a unit that begins so is kept (千米).

    Example:
        >>> split_scale("万亿斤"), split_scale("千米"), split_scale("亿千瓦时")
        (('万亿', '斤'), ('', '千米'), ('亿', '千瓦时'))
    """
    units = load_units()
    for position in range(len(unit)):
        rest = unit[position:]
        if rest.split("/")[0].split("（")[0].split("(")[0] in units:
            return unit[:position], rest
        if unit[position] not in SCALES:
            break
    return unit, ""


@lru_cache(maxsize=_REMEMBERED)
def find_dimension(unit: str) -> str:
    """Return what *unit* measures (money, area, count …), or the empty string.

    Example:
        >>> find_dimension("亿元"), find_dimension("万台（套）"), find_dimension("元/吨")
        ('money', 'count', 'rate')
    """
    _, plain = split_scale(unit)
    if "/" in plain and plain not in load_units():
        return "rate"
    known = load_units().get(re.split(r"[（(]", plain)[0])
    return known.dimension if known else ""


def normalize_unit(value: Decimal, unit: str) -> tuple[Decimal, str] | tuple[None, None]:
    """Return *value* of *unit* in base units, or ``(None, None)`` where the unit is not known.

    Example:
        >>> normalize_unit(Decimal(5787), "亿元")
        (Decimal('578700000000'), 'CNY')
        >>> normalize_unit(Decimal("1.3"), "万亿斤"), normalize_unit(Decimal(95), "%")
        ((Decimal('650000000000'), 'kg'), (Decimal('95'), '%'))
    """
    if unit in load_units():
        ratio, base = _factor(unit)
    else:
        over, _, under = unit.partition("/")
        ratio, base = _factor(over)
        if under:
            lower, lower_base = _factor("年" if under == "年" else under)
            ratio, base = (
                (ratio / lower, f"{base}/{lower_base}")
                if lower and base and lower_base
                else (Fraction(0), "")
            )
    if not ratio or not base:
        return None, None
    exact = Fraction(value) * ratio
    result = Decimal(exact.numerator) / Decimal(exact.denominator)
    return _tidy(result.quantize(_PLACES) if abs(result) < 10**12 else result), base


@lru_cache(maxsize=_REMEMBERED)
def _factor(unit: str) -> tuple[Fraction, str]:
    scale, plain = split_scale(unit)
    known = load_units().get(plain) or load_units().get(re.split(r"[（(]", plain)[0])
    if known is None:
        return Fraction(0), ""
    ratio = known.factor
    for char in scale:
        ratio *= int(SCALES[char])
    return ratio, known.base if known.text == plain or known.dimension != "count" else plain


def _tidy(value: Decimal) -> Decimal:
    """Drop trailing zeros without falling into exponents."""
    return Decimal(format(value.normalize(), "f"))
