"""The laws of numbers and times hold for any text."""

import re
import time
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kg.numerals import find_quantities, find_times, normalize_unit, parse_chinese_number, resolve_time
from kg.numerals.units import load_units

_NUMERIC = st.text(
    st.sampled_from(
        "0123456789.,%％-—~/十百千万亿一二两三半成番倍约近超多余以上年月日个家元亩第号“”五期间来 "
    ),
    max_size=40,
)
_TEXTS = st.one_of(_NUMERIC, st.text(max_size=40))
_ISO_RE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?(/\d{4}(-\d{2}(-\d{2})?)?)?")
_DIGITS = "零一二三四五六七八九"


@given(_TEXTS)
def test_quantities_stand_in_order_and_inside_the_text(text: str) -> None:
    end = 0
    for quantity in find_quantities(text):
        assert end <= quantity.start < quantity.end <= len(text)
        assert quantity.outer_start <= quantity.start
        assert quantity.end <= quantity.outer_end
        assert quantity.upper is None or quantity.upper > quantity.value
        end = quantity.end


@given(_TEXTS, st.sampled_from([None, "2024", "2024-03", "2024-03-24"]))
def test_times_stand_in_order_and_are_iso_or_as_written(text: str, anchor: str | None) -> None:
    end = 0
    for found in find_times(text, anchor=anchor):
        assert end <= found.start < found.end <= len(text)
        assert found.text == text[found.start : found.end]
        assert found.value is None or found.value == found.text or _ISO_RE.fullmatch(found.value)
        end = found.end


@given(_TEXTS)
def test_a_resolved_time_is_iso(text: str) -> None:
    value = resolve_time(text, anchor="2024-03-24")
    assert value is None or _ISO_RE.fullmatch(value)


@given(
    st.decimals(0, 10**6, places=2),
    st.sampled_from(sorted(load_units())),
    st.sampled_from(["", "万", "亿", "万亿"]),
)
def test_a_written_quantity_reads_back_as_written(value: Decimal, unit: str, scale: str) -> None:
    found = [(quantity.value, quantity.unit) for quantity in find_quantities(f"{value}{scale}{unit}")]
    if unit == "成" and not scale:  # tenths come as %, and there are no more than ten
        assert found == ([(value * 10, "%")] if value <= 10 else [])
    else:
        half = Decimal("0.5") if "个半" in unit else 0  # 2个半小时
        assert found == [(value + half, scale + load_units()[unit].written)]


@given(st.sampled_from(sorted(load_units())), st.decimals(1, 1000, places=1))
def test_a_scale_multiplies_what_is_normalized(unit: str, value: Decimal) -> None:
    plain, base = normalize_unit(value, unit)
    scaled, same_base = normalize_unit(value, "万" + unit)
    assert base == same_base
    assert plain is not None
    assert scaled is not None
    assert abs(scaled - plain * 10000) <= abs(scaled) * Decimal("1e-6")


def spell(number: int) -> str:
    """Write a number below one hundred million in Chinese digits."""
    if number >= 10**4:
        high, low = divmod(number, 10**4)
        gap = "零" if 0 < low < 1000 else ""
        return spell(high) + "万" + gap + (spell(low) if low else "")
    text = ""
    for scale, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, scale)
        if digit:
            text += _DIGITS[digit] + unit
        elif text and number and not text.endswith("零"):
            text += "零"
    return text


@given(st.integers(1, 10**8 - 1))
def test_a_spelled_number_has_its_value(number: int) -> None:
    assert parse_chinese_number(spell(number)) == number


def test_time_grows_linearly_with_hostile_text() -> None:
    for hostile in (
        "1" * 50_000,
        "十" * 50_000,
        "1-" * 25_000,
        "近" * 50_000,
        "2024年1月" * 8_000,
        "一百" * 25_000,
    ):
        start = time.perf_counter()
        list(find_quantities(hostile))
        list(find_times(hostile, anchor="2024"))
        assert time.perf_counter() - start < 5
