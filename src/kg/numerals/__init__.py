"""Numbers, units and time expressions of Chinese prose, read by a grammar of our own.

``find_quantities`` gives every number that stands with a unit, ``find_times`` every date, period or
relative year, and ``resolve_time`` turns one expression into ISO form. What only looks like a number
(国办函〔2005〕21号, 5G, 第二条, “十四五”) is left out. Offsets count characters of the text given.
"""

from kg.numerals.anchors import infer_anchor
from kg.numerals.grammar import parse_chinese_number
from kg.numerals.quantities import Quantity, find_quantities
from kg.numerals.times import TimeExpression, day_of, find_times, resolve_time
from kg.numerals.units import find_dimension, normalize_unit

__all__ = [
    "Quantity",
    "TimeExpression",
    "day_of",
    "find_dimension",
    "find_quantities",
    "find_times",
    "infer_anchor",
    "normalize_unit",
    "parse_chinese_number",
    "resolve_time",
]
