"""Numbers, units and times are read as a reader would."""

from decimal import Decimal

import pytest

from kg.errors import KgError
from kg.numerals import (
    Quantity,
    find_quantities,
    find_times,
    infer_anchor,
    normalize_unit,
    parse_chinese_number,
    resolve_time,
)
from kg.numerals.units import load_units, split_scale


def read(text: str) -> list[str]:
    """Return the quantities of *text* as ``value unit``, ``~`` before what is approximate."""
    return [
        f"{'~' if q.is_approximate else ''}{q.value}{f'-{q.upper}' if q.upper else ''} {q.unit}".strip()
        for q in find_quantities(text)
        if q.unit
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二〇〇五", 2005),
        ("十", 10),
        ("十四", 14),
        ("二十四", 24),
        ("一百零八", 108),
        ("一百二", 120),
        ("三千五百", 3500),
        ("两万", 20000),
        ("三万五", 35000),
        ("一亿三千万", 130000000),
        ("千亿", 100000000000),
        ("三点五", Decimal("3.5")),
        ("零", 0),
        ("几十", None),
        ("两三百", None),
        ("", None),
        ("点五", None),
    ],
)
def test_a_chinese_number_has_this_value(text: str, value: int | Decimal | None) -> None:
    assert parse_chinese_number(text) == value


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("规模达到5787亿元", ["5787 亿元"]),
        ("产量稳定在1.3万亿斤以上", ["~1.3 万亿斤"]),
        ("1000多万台（套）农机具", ["~1000 万台（套）"]),
        ("累计建成超过10亿亩", ["~10 亿亩"]),
        ("两万多个课题", ["~2 万个"]),
        ("新增产能千亿斤以上", ["~1000 亿斤"]),
        ("投入5千万元", ["5000 万元"]),
        ("近一半企业", ["~50 %"]),
        ("约四分之一", ["~25 %"]),
        ("占全国1/7", ["~14.3 %"]),
        ("六成以上，3成", ["~60 %", "30 %"]),
        ("百分之三点五", ["3.5 %"]),
        ("增长率在25%-30%之间", ["25-30 %"]),
        ("100到120吨，1.2至1.3亿吨", ["100-120 吨", "1.2-1.3 亿吨"]),
        ("比2010年翻一番，翻了两番", ["2010 年", "1 番", "2 番"]),
        ("提高5.27个百分点", ["5.27 个百分点"]),
        ("下调60个基点", ["60 个基点"]),
        ("密度达到151公里/百平方公里", ["151 公里/百平方公里"]),
        ("成本为每立方米2.4元左右", ["~2.4 元/立方米"]),
        ("每千瓦时1.67分钱", ["1.67 分钱/千瓦时"]),
        ("浓度为３２.５微克／立方米", ["32.5 微克/立方米"]),
        ("1,234.5万吨标准煤", ["1234.5 万吨标准煤"]),
        ("4千米，9000万千瓦，400亿千瓦时", ["4 千米", "9000 万千瓦", "400 亿千瓦时"]),
        ("降至300千克标煤，节约2千克至3千克", ["300 千克标煤", "2-3 千克"]),
        ("同比下降-3.5%", ["-3.5 %"]),
        ("运送旅客1.02亿人次", ["1.02 亿人次"]),
        ("10个部门，24家长三角联合体，20所在京高校", ["10 个", "24 家", "20 所"]),
        ("高达71%", ["71 %"]),
        ("至少427人死亡", ["~427 人"]),
    ],
)
def test_text_holds_these_quantities(text: str, quantities: list[str]) -> None:
    assert read(text) == quantities


@pytest.mark.parametrize(
    "text",
    [
        "国办函〔2005〕21号",
        "5G基站和3D打印",
        "Android2.3",
        "F-35战机",
        "第6位，第二条，第21届",
        "204国道",
        "一是强化创新，二是深化改革",
        "一带一路、双一流、四个全面",
        "全球20强、中国百强",
        "热线12345",
        "十几亿人口",
        "数百家企业，几十万人",
    ],
)
def test_what_only_looks_like_a_quantity_is_none(text: str) -> None:
    spelled_or_bare = [q for q in find_quantities(text) if q.unit and not q.is_spelled]
    assert spelled_or_bare == []


def test_a_quantity_knows_its_place_with_and_without_what_loosens_it() -> None:
    text = "累计超过10亿亩以上的农田"
    (quantity,) = find_quantities(text)
    assert text[quantity.start : quantity.end] == "10亿亩"
    assert text[quantity.outer_start : quantity.outer_end] == "超过10亿亩以上"


@pytest.mark.parametrize(
    ("value", "unit", "normalized", "base"),
    [
        ("5787", "亿元", "578700000000", "CNY"),
        ("260", "亿美元", "26000000000", "USD"),
        ("1.3", "万亿斤", "650000000000", "kg"),
        ("3", "亩", "2000", "m2"),
        ("95", "%", "95", "%"),
        ("4482", "家", "4482", "家"),
        ("1000", "万台（套）", "10000000", "台（套）"),
        ("16869", "公里", "16869000", "m"),
        ("151", "公里/百平方公里", "0.00151", "m/m2"),
        ("2.4", "元/立方米", "2.4", "CNY/m3"),
        ("400", "亿千瓦时", "40000000000", "kWh"),
        ("10", "毫秒", "0.01", "s"),
    ],
)
def test_a_unit_is_normalized_to_its_base(value: str, unit: str, normalized: str, base: str) -> None:
    assert normalize_unit(Decimal(value), unit) == (Decimal(normalized), base)


def test_an_unknown_unit_is_not_normalized() -> None:
    assert normalize_unit(Decimal(3), "魔方") == (None, None)
    assert normalize_unit(Decimal(3), "元/魔方") == (None, None)


def test_there_are_hundreds_of_units_and_each_can_be_normalized() -> None:
    units = load_units()
    assert len(units) > 300
    assert all(normalize_unit(Decimal(1), unit)[1] for unit in units)
    assert all(split_scale("万" + unit) == ("万", unit) for unit in units)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("今年1—2月", "2025-01/2025-02"),
        ("上年12月份", "2024-12"),
        ("去年", "2024"),
        ("前年", "2023"),
        ("2023年", "2023"),
        ("二〇〇五年三月三日", "2005-03-03"),
        ("2025年上半年", "2025-01/2025-06"),
        ("前三季度", "2025-01/2025-09"),
        ("今年前11个月", "2025-01/2025-11"),
        ("到2030年", "2030"),
        ("2021年末", "2021-12"),
        ("截至今年4月底", "2025-04"),
        ("截至六月底", "2025-06"),
        ("三月份", "2025-03"),
        ("九月三日", "2025-09-03"),
        ("“十四五”期间", "2021/2025"),
        ("“十四五”末", "2025"),
        ("“十三五”以来", "2016/2025"),
        ("2011—2015年", "2011/2015"),
        ("2020年以来", "2020/2025"),
        ("党的十八大以来", "2012/2025"),
        ("上月", "2025-04"),
        ("12日", "2025-05-12"),
        ("3月5日", "2025-03-05"),
        ("12月", "2024-12"),
        ("2024-03-01", "2024-03-01"),
        ("2011年初", "2011-01"),
        ("2024年下半", "2024-07/2024-12"),
        ("2024上半年", "2024-01/2024-06"),
        ("2024前三季度", "2024-01/2024-09"),
        ("第三季的出货量", "2025-07/2025-09"),
        ("首季", "2025-01/2025-03"),
        ("《山中四时》第二季", None),
        ("2023/2024年度", "2023/2024"),
        ("今明两年", "2025/2026"),
        ("三年前", "2022"),
        ("三年前后", None),
        ("昨日收盘", "2025-05-19"),
        ("周一收于", "2025-05-19"),
        ("上周五收于", "2025-05-16"),
        ("周一至周五开放", None),
        ("公布半年报", "2025-01/2025-06"),
        ("目前", "2025-05-20"),
        ("近5年来", None),
        ("每年", None),
        ("加快发展", None),
    ],
)
def test_a_time_resolves_against_the_article_date(text: str, value: str | None) -> None:
    assert resolve_time(text, anchor="2025-05-20") == value


def test_a_relative_year_without_anchor_keeps_its_words() -> None:
    assert resolve_time("今年") is None
    assert [time.value for time in find_times("去年，2023年", anchor=None)] == ["去年", "2023"]
    assert [time.value for time in find_times("今年，1—10月，上月", anchor=None)] == [
        "今年",
        "今年1—10月",
        "上月",
    ]


def test_a_season_right_after_its_year_is_a_time() -> None:
    times = [time.value for time in find_times("今年暑期，2025年春节假期，七月以来", anchor="2025-08")]
    assert times == ["2025年暑期", "2025年春节假期", "2025-07"]
    assert [time.value for time in find_times("今年暑期，七月以来", anchor=None)] == ["今年暑期", "七月以来"]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("第七届进博会今天闭幕", "2024"),
        ("第109届广交会开幕", "2011"),
        ("第二十二届中国—东盟博览会开幕", "2025"),
        ("2025年夏季达沃斯论坛举行", "2025"),
        ("论坛举行\n2019年论坛", None),
        ("农业\n进入2023年，各地春耕", "2023"),
        ("消费\n2025年政策加力。2025年以来，销量增长", "2025"),
        ("累计\n2019年以来，新建公园5座", None),
        ("【“十五五”开好局】办好民生实事", "2026"),
        ("今年是新中国成立75周年。", "2024"),
        ("以优异成绩迎接新中国成立75周年。", None),
        ("共建“一带一路”倡议提出十年来，货运量增长", "2023"),
        ("学习三中全会精神\n党的二十届三中全会指出", "2024"),
        ("民建十二届三中全会开幕\n学习党的二十届三中全会精神", None),
    ],
)
def test_a_text_gives_away_its_year(text: str, year: str | None) -> None:
    assert infer_anchor(text) == year


def test_a_month_belongs_to_the_year_last_spoken_of() -> None:
    assert [time.value for time in find_times("2022年，8月份", anchor="2025-05")] == ["2022", "2022-08"]


def test_a_year_only_compared_with_is_not_spoken_of() -> None:
    text = "销量低于去年同期，4月回升；比2023年多，3月最多"
    assert [time.value for time in find_times(text, anchor="2025-05")] == [
        "2024",
        "2025-04",
        "2023",
        "2025-03",
    ]


def test_the_month_in_which_a_contract_falls_due_is_no_time_of_its_price() -> None:
    text = "7月豆粕期货收低，9月合约上涨，8月我国期货市场成交活跃"
    assert [time.kind for time in find_times(text, anchor="2011-05-20")] == ["due", "due", "calendar"]


def test_a_relative_year_before_a_number_is_written_without_its_particle() -> None:
    assert [time.value for time in find_times("由去年的15亿元", anchor=None)] == ["去年"]
    assert [time.value for time in find_times("今年的国庆假期", anchor=None)] == ["今年国庆假期"]


def test_a_vague_span_keeps_its_words() -> None:
    (time,) = find_times("近5年来增长", anchor="2025")
    assert (time.value, time.kind) == ("近5年来", "vague")


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("在参加十四届全国人大二次会议江苏代表团审议时强调", "2024"),
        ("十三届全国人大四次会议开幕", "2021"),
        ("今年（2024年）", "2024"),
        ("2023年政府工作报告提出", "2023"),
        ("推动高质量发展", None),
    ],
)
def test_the_year_of_writing_is_inferred_only_where_the_text_gives_it_away(
    text: str, year: str | None
) -> None:
    assert infer_anchor(text) == year


def test_a_spoken_unit_keeps_its_scale() -> None:
    assert [(str(q.value), q.unit) for q in find_quantities("融资2500万人民币")] == [("2500", "万元")]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("库存8亿蒲式耳", "亿蒲式耳"),
        ("成交8.25万手", "万手"),
        ("连续3个季度", "个季度"),
        ("功率50W", "W"),
        ("买二手房10手工", ""),
        ("回购260万股", "万股"),
        ("5股市", ""),
    ],
)
def test_lots_shares_and_quarters_are_units(text: str, unit: str) -> None:
    assert [q.unit for q in find_quantities(text)] == [unit]


def test_a_spoken_unit_is_given_as_the_one_that_is_written() -> None:
    found = next(iter(find_quantities("利率上调0.5个点，")))
    assert found.unit == "个百分点"
    assert all(load_units()[unit.written].written == unit.written for unit in load_units().values())


def test_a_unit_table_with_a_wrong_factor_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(7, ("担", "mass", "五十", "kg", "", ""))]
    monkeypatch.setattr("kg.numerals.units.read_table", lambda *_: rows)
    load_units.cache_clear()
    try:
        with pytest.raises(KgError, match=r"units\.tsv:7: factor '五十'"):
            load_units()
    finally:
        load_units.cache_clear()


def test_quantities_are_values() -> None:
    first, second = (next(iter(find_quantities("5亿元"))) for _ in range(2))
    assert isinstance(first, Quantity)
    assert first == second
    assert hash(first) == hash(second)
