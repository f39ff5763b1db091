"""What the numbers of a sentence measure, and what holds for them."""

from decimal import Decimal

import pytest

from kg.errors import KgError
from kg.lexicon import Lexicon, load_lexicon
from kg.numerals import find_times
from kg.observations import find_measurements
from kg.observations.pieces import cutter, find_marks, find_numbers, split_pieces
from kg.observations.tables import number_words
from kg.records import Article, Measurement, Mention, Span
from kg.schema import EntityKind, ObservationKind
from kg.sentences import split_sentences
from kg.words import split_words


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def measure(
    text: str, lexicon: Lexicon, *, title: str = "", date: str | None = "2024-03-24"
) -> list[Measurement]:
    body_start = len(title) + 1 if title else 0
    article = Article("a", title, f"{title}\n{text}" if title else text, date=date, body_start=body_start)
    found = tuple(find_measurements(article, tuple(split_sentences(article)), (), lexicon=lexicon))
    for measurement in found:
        indicator = measurement.indicator
        assert article.text[indicator.span.start : indicator.span.end] == indicator.text
        for mention in (measurement.place, measurement.source):
            assert mention is None or article.text[mention.span.start : mention.span.end] == mention.text
    return list(found)


def names(text: str, lexicon: Lexicon, date: str | None = "2024-03-24") -> list[str]:
    return [f"{m.indicator.name} {m.value}{m.unit}" for m in measure(text, lexicon, date=date)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("产业规模达到5787亿元，相关企业数量达4482家。", ["产业规模 5787亿元", "企业数量 4482家"]),
        ("45个产业集群、178家高新区正加快建设。", ["产业集群数量 45个", "高新区数量 178家"]),
        ("累计建成超过10亿亩高标准农田。", ["高标准农田面积 10亿亩"]),
        ("今年计划新建5个工厂、10个车间。", ["新建工厂数量 5个", "新建车间数量 10个"]),
        ("工业增加值同比增长7.5%。", ["工业增加值同比增长率 7.5%"]),
        ("销售额下降1.2%。", ["销售额降幅 1.2%"]),
        ("生产指数为66.88%，比上月提升5.27个百分点。", ["生产指数 66.88%", "生产指数升幅 5.27个百分点"]),
        ("产业增加值占国内生产总值比重已达10%左右。", ["产业增加值占国内生产总值比重 10%"]),
        ("92.5%的行政许可事项实现网上受理。", ["网上受理的行政许可事项占比 92.5%"]),
        ("普及率由60%提高到70%。", ["普及率 60%", "普及率 70%"]),
        ("公路里程达到800公里，其中高速公路达到200公里。", ["公路里程 800公里", "高速公路里程 200公里"]),
        ("出口260亿美元左右。", ["出口额 260亿美元"]),
        ("年平均增长率在25%-30%之间。", ["年平均增长率（下限） 25%", "年平均增长率（上限） 30%"]),
        ("下调出口税率5个点。", ["出口税率降幅 5个百分点"]),
        ("投入6亿元用于灌区改造工程。", ["灌区改造工程投资额 6亿元"]),
        ("产量约占全国的70%。", ["产量占全国比重 70%"]),
        ("公司网站中有31个开通了英文版。", ["开通英文版的公司网站数量 31个"]),
        ("与近600家龙头企业建立联合创新中心。", ["建立联合创新中心的龙头企业数量 600家"]),
        ("开行班列300列，发送货物35万吨，分别增长3%、5%。", None),
    ],
)
def test_numbers_are_named_by_what_they_measure(
    text: str, expected: list[str] | None, lexicon: Lexicon
) -> None:
    found = names(text, lexicon)
    if expected is None:
        assert [name.split(" ")[1] for name in found] == ["300列", "35万吨", "3%", "5%"]
        assert len(set(found)) == 4
    else:
        assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "一是强化创新，二是深化改革。",
        "落实国办函〔2005〕21号文件，建设5G基站。",
        "推动“十四五”规划和一带一路建设。",
        "第二十五条规定如下。",
        "会议在12日举行，提出三个方面要求。",
        "指数以50%作为分界点。",
        "联系电话12345678。",
    ],
)
def test_what_measures_nothing_is_left_out(text: str, lexicon: Lexicon) -> None:
    assert names(text, lexicon) == []


def test_the_subject_carries_over_to_the_next_clauses(lexicon: Lexicon) -> None:
    text = "经济增长速度，前年是3.0%，去年是5.2%。"
    assert [(m.indicator.name, m.time) for m in measure(text, lexicon)] == [
        ("经济增长速度", "2022"),
        ("经济增长速度", "2023"),
    ]


def test_numbers_after_respectively_go_to_their_places(lexicon: Lexicon) -> None:
    text = "经济增长速度，美国、中国分别增长2.1%、4.6%。"
    found = [(m.indicator.name, m.place and m.place.name, str(m.value)) for m in measure(text, lexicon)]
    assert found == [("经济增长速度", "美国", "2.1"), ("经济增长速度", "中国", "4.6")]


def test_members_of_a_list_share_their_measure(lexicon: Lexicon) -> None:
    text = "生产指数为60%，烟草制造业、纺织业等行业指数均位于70%以上。"
    assert names(text, lexicon)[1:] == ["烟草制造业生产指数 70%", "纺织业生产指数 70%"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("去年产量达到300万吨。", ObservationKind.ACTUAL),
        ("力争产量达到300万吨。", ObservationKind.TARGET),
        ("到2030年，产量达到300万吨。", ObservationKind.TARGET),
        ("预计产量将突破300万吨。", ObservationKind.FORECAST),
        ("预计到2030年，产量达到300万吨。", ObservationKind.FORECAST),
        ("计划在2020年产量达到300万吨。", ObservationKind.ACTUAL),
    ],
)
def test_targets_and_forecasts_are_told_from_facts(
    text: str, kind: ObservationKind, lexicon: Lexicon
) -> None:
    assert [m.kind for m in measure(text, lexicon)] == [kind]


def test_undated_numbers_of_a_plan_are_targets(lexicon: Lexicon) -> None:
    title = "某市公布交通规划"
    (planned,) = measure("高速公路里程达到792公里。", lexicon, title=title)
    (done,) = measure("目前高速公路里程达到792公里。", lexicon, title=title)
    assert (planned.kind, done.kind) == (ObservationKind.TARGET, ObservationKind.ACTUAL)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2020年，产量达到300万吨。", "2020"),
        ("今年1—2月，产量达到300万吨。", "2024-01/2024-02"),
        ("产量达到300万吨。", "2024-03-24"),
        ("“十四五”期间，产量达到300万吨。", "2021/2025"),
        ("近5年来，产量达到300万吨。", "近5年来"),
        ("产量比2020年增长10%。", "2024-03-24"),
        ("2022年产量下滑。2022年以后，价格走高。产量达到300万吨。", "2022"),
    ],
)
def test_a_number_has_its_time(text: str, time: str, lexicon: Lexicon) -> None:
    assert [m.time for m in measure(text, lexicon)] == [time]


def test_a_number_without_any_anchor_keeps_the_words_of_its_time(lexicon: Lexicon) -> None:
    found = measure("今年产量达到300万吨。\n目前产能为400万吨。", lexicon, date=None)
    assert [m.time for m in found] == ["今年", None]


def test_the_period_a_report_opens_with_holds_in_later_paragraphs(lexicon: Lexicon) -> None:
    found = measure("今年2月，生产指数为52%。\n从业人员指数为50.2%。", lexicon)
    assert [m.time for m in found] == ["2024-02", "2024-02"]


def test_a_number_carries_unit_base_comparison_and_source(lexicon: Lexicon) -> None:
    (found,) = measure("国家统计局数据显示，全国粮食产量同比增加约10万吨。", lexicon)
    assert found.unit == "万吨"
    assert (found.normalized_value, found.normalized_unit) == (Decimal(100000000), "kg")
    assert found.comparison == "同比"
    assert found.approximate
    assert found.source is not None
    assert found.source.name == "国家统计局"
    assert found.place is not None
    assert found.place.name == "中国"


def test_of_headlines_only_numbers_are_read_that_the_body_does_not_repeat(lexicon: Lexicon) -> None:
    title = "全省钢产量突破300万吨"
    (found,) = measure("各地加快建设。", lexicon, title=title)
    assert (found.indicator.name, found.value, found.unit) == ("钢产量", Decimal(300), "万吨")
    (told,) = measure("钢产量达到300万吨。", lexicon, title=title)
    assert told.sentence_index > 0


def test_what_a_headline_measures_is_not_carried_into_the_body(lexicon: Lexicon) -> None:
    found = measure("同比增长5%。", lexicon, title="全省钢产量突破300万吨")
    assert [number.indicator.name for number in found] == ["钢产量"]  # of what 5% are is not said


def test_pieces_cover_numbers_and_times_whole(lexicon: Lexicon) -> None:
    text = "2024年产量达到300多万吨"
    times = tuple(find_times(text, anchor=None))
    marks = find_marks(text, find_numbers(text), times, ())
    pieces = split_pieces(text, marks, cutter(text, lexicon))
    assert [piece.text for piece in pieces if piece.role in "QT"] == ["2024年", "300多万吨"]


def test_words_cut_before_give_the_same_pieces(lexicon: Lexicon) -> None:
    text = "2024年产量达到300多万吨，比上年增长5%"
    marks = find_marks(text, find_numbers(text), tuple(find_times(text, anchor=None)), ())
    words = split_words(text, offset=7, lexicon=lexicon)
    assert split_pieces(text, marks, cutter(text, lexicon, words, 7)) == split_pieces(
        text, marks, cutter(text, lexicon)
    )


REPORT = """一、2011年工作回顾
新建学校5所，改造公路60公里。
二、2012年主要任务
新建学校6所，目前已建成公园3座。推进总投资18亿元的产业园建设。
下一步，培训农民3000人。"""


def test_numbers_of_a_section_of_tasks_are_aims_of_its_year(lexicon: Lexicon) -> None:
    headings = tuple(
        Span(REPORT.index(line), REPORT.index(line) + len(line))
        for line in REPORT.split("\n")
        if line[1] == "、"
    )
    article = Article("a", "", REPORT, date="2012-02-08", heading_spans=headings)
    found = find_measurements(article, tuple(split_sentences(article)), (), lexicon=lexicon)
    assert [(str(m.value), m.time, m.kind.value) for m in found] == [
        ("5", "2011", "Actual"),
        ("60", "2011", "Actual"),
        ("6", "2012", "Target"),
        ("3", "2012-02-08", "Actual"),
        ("18", "2012", "Actual"),
        ("3000", "2012", "Target"),
    ]


def test_an_order_aims_at_what_follows_its_preamble(lexicon: Lexicon) -> None:
    text = "全市现有养老床位2万张，培训护理员800名。现将有关事项通知如下。\n市财政安排专项资金5000万元。"
    found = measure(text, lexicon, title="关于加快发展养老服务的通知")
    assert [m.kind.value for m in found] == ["Actual", "Actual", "Target"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("护理型床位占比不得低于30%。", "Target"),
        ("各地要新建公园5座。", "Target"),
        ("投资主要用于新建公园5座。", "Actual"),
        ("市里争取了专项资金5亿元。", "Actual"),
        ("倡议提出以来，吸引了31家企业加入。", "Actual"),
        ("会议实现了收入增长5%的预期目标。", "Target"),
        ("今年需完成投资22亿元。", "Target"),
        ("工程投运后，每年可输送清洁电能400亿千瓦时。", "Forecast"),
    ],
)
def test_modals_tell_what_a_number_is(text: str, kind: str, lexicon: Lexicon) -> None:
    assert [m.kind.value for m in measure(text, lexicon)] == [kind]


def test_a_range_of_years_sets_no_aim(lexicon: Lexicon) -> None:
    article = Article("a", "", "居民收入由2021年的2万元提高到2024年的3万元。")
    found = find_measurements(article, tuple(split_sentences(article)), (), lexicon=lexicon)
    assert [(m.time, m.kind.value) for m in found] == [("2021", "Actual"), ("2024", "Actual")]


def test_an_unknown_class_of_words_is_refused() -> None:
    with pytest.raises(KgError, match="no class 'mesure'"):
        number_words("mesure")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("行车时间将缩短至40分钟。", ObservationKind.FORECAST),
        ("甲市将新建学校5所。", ObservationKind.TARGET),
        ("省政府将组织重大专项20项。", ObservationKind.TARGET),
        ("未来10年财政投入1000亿元。", ObservationKind.TARGET),
        ("甲市将优化环境作为突破口，新建学校5所。", ObservationKind.ACTUAL),
        ("数字技术有望贯通全过程，将建造周期缩短20%。", ObservationKind.FORECAST),
    ],
)
def test_what_will_be_is_no_fact(text: str, kind: ObservationKind, lexicon: Lexicon) -> None:
    assert [m.kind for m in measure(text, lexicon)] == [kind]


def test_targets_of_an_attack_are_no_aims(lexicon: Lexicon) -> None:
    (found,) = measure("军方当天移交设备20台。", lexicon, title="军方称袭击多处目标")
    assert found.kind is ObservationKind.ACTUAL


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公司每年将销售收入的15%用于研发。", ["研发投入占销售收入比重 15%"]),
        ("专项资金已下达5亿元。", ["专项资金下达额 5亿元"]),
        ("养老床位达到每千名老年人40张。", ["每千名老年人养老床位数量 40张"]),
        ("老年人口已达1.94亿，2020年将达到2.43亿。", ["老年人口 1.94亿", "老年人口 2.43亿"]),
        ("每百户居民拥有电动自行车112辆。", ["每百户居民拥有电动自行车数量 112辆"]),
        ("销售电价平均每千瓦时提高2.5分钱。", ["销售电价升幅 2.5分钱/千瓦时"]),
        ("平均审理周期缩短12.6天。", ["审理周期减少量 12.6天"]),
        ("数字技术有望将建造周期缩短20%。", ["建造周期缩短幅度 20%"]),
        ("供养标准不低于每人每年4800元。", ["供养标准 4800元/年"]),
        ("总投资87亿元，其中中央预算内投资安排35亿元。", ["总投资 87亿元", "中央预算内投资安排金额 35亿元"]),
        ("财政按每张床位5000元给予建设补贴。", ["建设补贴标准 5000元"]),
        ("城镇失业人员再就业500万人以上。", ["城镇失业人员再就业人数 500万人"]),
        ("城镇化率达到57%，年均提高1.1个百分点。", ["城镇化率 57%", "城镇化率年均升幅 1.1个百分点"]),
        ("受访者中有近六成表示愿意购买。", ["受访者表示愿意购买的比例 60%"]),
        ("鸡蛋价格8.6元，比上周跌0.2元。", ["鸡蛋价格 8.6元", "鸡蛋价格跌幅 0.2元"]),
        ("粮食总产60710万吨，比上年增产516万吨。", ["粮食总产 60710万吨", "粮食总产增加量 516万吨"]),
        ("项目总投资9亿元，其中超亿元项目2个。", ["项目总投资 9亿元", "项目数量 2个"]),
        (
            "甲地、乙地、丙地租金分别为每平方米92元、86元和75元。",
            ["甲地租金 92元/平方米", "乙地租金 86元/平方米", "丙地租金 75元/平方米"],
        ),
        (
            "二氧化硫、二氧化氮、臭氧浓度分别为7、21、35微克/立方米。",
            ["二氧化硫浓度 7微克/立方米", "二氧化氮浓度 21微克/立方米", "臭氧浓度 35微克/立方米"],
        ),
        ("稻谷最低收购价为每50公斤131元。", ["稻谷最低收购价 131元/50公斤"]),
        ("45%的企业用工成本上升。", ["用工成本上升的企业占比 45%"]),
        ("项目中政府出资20%，社会资本出资80%。", ["政府出资比例 20%", "社会资本出资比例 80%"]),
        (
            "对年营业收入突破10亿元、50亿元的企业，分别给予100万元、300万元奖励。",
            ["奖励金额 100万元", "奖励金额 300万元"],
        ),
        ("护理型床位不低于总床位的50%。", ["护理型床位占总床位比重 50%"]),
        ("上证综指报3278.81点，上涨1.2%。", ["上证综指 3278.81点", "上证综指涨幅 1.2%"]),
        ("利润率不到1%，远低于工业企业6.5%的平均水平。", ["利润率 1%", "工业企业平均水平 6.5%"]),
        (
            "标准将铅排放限值由0.7毫克/升收紧至0.5毫克/升。",
            ["铅排放限值 0.7毫克/升", "铅排放限值 0.5毫克/升"],
        ),
        ("不良品率控制在0.3%以下。", ["不良品率 0.3%"]),
        ("成本上升8%，利润空间被压缩3个百分点。", ["成本升幅 8%", "利润空间降幅 3个百分点"]),
        (
            "新建保障性住房300万套，棚户区改造150万套。",
            ["新建保障性住房数量 300万套", "棚户区改造数量 150万套"],
        ),
        ("企业拿出利润的5%反哺科研。", ["科研投入占利润比重 5%"]),
        ("今年赤字率拟按4%左右安排。", ["赤字率 4%"]),
        (
            "对企业按照实际投资额的10%给予补助，最高不超过1000万元。",
            ["补助比例 10%", "补助最高金额 1000万元"],
        ),
        ("粮食产量首次跃上1.4万亿斤新台阶。", ["粮食产量 1.4万亿斤"]),
        ("新增科技企业210家，总数达到860家。", ["新增科技企业数量 210家", "科技企业总数 860家"]),
        (
            "规模以上工业增加值增长9%，固定资产投资增长12%。",
            ["规模以上工业增加值增长率 9%", "固定资产投资增长率 12%"],
        ),
        (
            "全行业利润总额同比下降11%，降幅较一季度收窄2个百分点。",
            ["全行业利润总额同比降幅 11%", "全行业利润总额降幅较一季度收窄幅度 2个百分点"],
        ),
        (
            "文化产业增加值占GDP的比重提高到4.5%，年均增速超过15%。",
            ["文化产业增加值占GDP比重 4.5%", "文化产业增加值年均增速 15%"],
        ),
    ],
)
def test_numbers_of_reports_and_notices(text: str, expected: list[str], lexicon: Lexicon) -> None:
    assert names(text, lexicon) == expected


@pytest.mark.parametrize(
    ("text", "name", "other"),
    [
        ("港口货运量较2019年同期增长12.4%。", "港口货运量较2019年同期增长率", "港口货运量增长率"),
        ("库存与4月份相比减少38万吨。", "库存与4月份相比减少量", "库存减少量"),
        ("港口货运量比上年增长5%。", "港口货运量同比增长率", "港口货运量比上年增长率"),
        ("出口占比较全省平均水平高4个百分点。", "出口占比高于全省平均水平幅度", ""),
        ("30个县建立会商机制。", "建立会商机制的县数量", "县数量"),
        ("八成的旅客都来自于国外。", "来自国外的旅客占比", "旅客占比"),
        ("全球八成的钾肥都来自于国外。", "来自国外的钾肥占比", "来自国外的钾肥占全球比重"),
        ("至少一半风机不符合要求。", "不符合要求的风机占比", "风机占比"),
        (
            "港口提供就业岗位300个。",
            "提供就业岗位数量",
            "港口提供就业岗位、就业岗位提供数量、港口提供就业岗位数量",
        ),
        ("青川县设置11个安置点。", "安置点数量", "青川县设置安置点数量"),
        ("强震已造成45人死亡。", "强震死亡人数", "死亡人数、强震造成死亡人数"),
        ("江海省电网建设总投资约155亿元。", "电网总投资", "江海省电网建设总投资、江海省电网总投资"),
        ("电动车用蓄电池需求量约为2亿元。", "蓄电池需求量", "电动车用蓄电池需求量、电动车蓄电池需求量"),
        (
            "连锁药店占全部零售门店的比重提高到六成。",
            "连锁药店占零售门店比重",
            "连锁药店占全部零售门店比重",
        ),
        ("中老铁路累计发送旅客超6000万人次。", "中老铁路发送旅客人次", "中老铁路累计发送旅客"),
        (
            "项目建设6台百万千瓦级核电机组。",
            "核电机组数量",
            "项目核电机组数量、百万千瓦级核电机组数量、项目百万千瓦级核电机组数量、核电机组台数",
        ),
        ("江海省秋粮收获2400万亩。", "收获秋粮面积", "江海省秋粮收获、秋粮收获面积、江海省收获秋粮面积"),
        (
            "江海集团在海外设立20家分公司。",
            "设立分公司数量",
            "江海集团在海外设立分公司数量、江海集团海外设立分公司数量",
        ),
    ],
)
def test_indicators_have_other_names(text: str, name: str, other: str, lexicon: Lexicon) -> None:
    indicator = measure(text, lexicon)[0].indicator
    assert (indicator.name, "、".join(indicator.other_names)) == (name, other)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("池青高铁连接两市，终至云港东站，正线全长125公里。", "池青高铁正线全长"),
        ("气膜粮仓是新型设施，可储存粮食9000吨。", "气膜粮仓可储存粮食重量"),
        ("实际利用外资3亿元，外贸进出口总额突破1亿美元。", ""),
        ("广式月饼多以莲蓉为主，保质期普遍为90天左右。", "广式月饼保质期"),
        ("金光铝业是最大的生产企业，铝锭产能达到40万吨，铜杆产能750吨。", "金光铝业铜杆产能"),
        ("记者获悉，总投资达到20亿元。", ""),
        ("去年签约项目28个，总投资约800亿元。", "签约项目总投资"),
        ("重庆市地区生产总值增长6%，经济总量超3万亿元。", "重庆市经济总量"),
        ("中央企业资产总额突破9万亿元，上缴税费2万亿元。", "上缴税费、中央企业税费、中央企业上缴税费"),
        ("新能源汽车充电次数共计516万次，充电量达到1亿千瓦时。", "新能源汽车充电量"),
        ("东北虎、东北豹数量达到42只。", ""),
        ("外资企业占三成，民营企业占五成。", ""),
    ],
)
def test_what_a_sentence_began_with_owns_what_it_measures(text: str, other: str, lexicon: Lexicon) -> None:
    assert "、".join(measure(text, lexicon)[-1].indicator.other_names) == other


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("厂房发生一起火灾事故，造成12人受伤。", ["火灾事故受伤人数 12人"]),
        ("学校遭空袭，30人死亡。", ["空袭死亡人数 30人"]),
        ("受台风影响，11人失踪。", ["台风失踪人数 11人"]),
        ("公司造成浪费30万元。", ["浪费 30万元"]),
    ],
)
def test_whom_something_befell_is_named_by_it(text: str, expected: list[str], lexicon: Lexicon) -> None:
    assert names(text, lexicon) == expected


def test_an_example_owns_what_is_measured_after_it(lexicon: Lexicon) -> None:
    assert names("以绣花机为例，价格由9000元降到5000元左右。", lexicon) == [
        "绣花机价格 9000元",
        "绣花机价格 5000元",
    ]


def test_what_points_at_a_thing_is_the_last_one_heard(lexicon: Lexicon) -> None:
    article = Article("a", "", "江海集团公布年报。公司营业利润达到3亿元。", date="2024-03-24")
    sentences = tuple(split_sentences(article))
    name = Mention("a", 0, Span(0, 4), "江海集团", "江海集团", EntityKind.ORGANIZATION)
    found = next(iter(find_measurements(article, sentences, (name,), lexicon=lexicon)))
    assert found.indicator.name == "公司营业利润"
    assert "江海集团营业利润" in found.indicator.other_names
