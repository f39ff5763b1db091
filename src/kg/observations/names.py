"""Names of indicators, composed from what is measured, its unit and the verb that states it."""

from collections.abc import Sequence

from kg.observations.dimensions import AMOUNTS
from kg.observations.frames import Topic
from kg.observations.nouns import clean_name, ends_measure
from kg.observations.pieces import Piece
from kg.observations.tables import load_dimension_nouns, load_measure_verbs, number_words, word_ends

_TRADED = AMOUNTS | {"count"}
_TRADE = len("出口")


def value_name(base: str, flow: str, dimension: str, *, is_agent: bool = False) -> str:
    """Name the measure of *base*: as it is where it ends in a measure noun, else by the unit.

    With *is_agent* it is *base* that does what *flow* says.

    Example:
        >>> value_name("公路密度", "", "rate"), value_name("企业", "新增", "count")
        ('公路密度', '新增企业数量')
        >>> value_name("全行业", "出口", "money", is_agent=True)
        '全行业出口额'
    """
    if base.endswith(word_ends("gain-verb")):
        return _with_flow(base, flow) + {"money": "额", "ratio": "幅度"}.get(
            dimension, "量"
        )  # 增收2亿元, 增产5%
    if dimension in _TRADED and base.endswith(word_ends("yearly-output")):
        return base + "量"  # 项目年产1000吨
    if dimension == "ratio" and flow.endswith(word_ends("holding")):
        return base + flow  # 政府|出资|20%
    if dimension == "ratio" and flow in number_words("field-work") and not ends_measure(base):
        return base + flow + "进度"  # 夏粮收获已过七成
    if is_agent and flow and dimension in AMOUNTS and base.endswith(word_ends("trade-branch")):
        return base + flow + "量"  # 造纸业|淘汰
    if is_agent and flow and dimension == "money":
        return base + flow + ("金额" if flow in number_words("allotting") else "额")
    if is_agent and dimension in AMOUNTS and flow in number_words("power-verb") and not ends_measure(base):
        return base + flow + "量"  # 电站|发电
    if not flow and dimension in _TRADED and _leads_trade(base, is_of_stuff=dimension in AMOUNTS):
        flow, base = base[:_TRADE], base[_TRADE:]  # 出口灯具12万台
    if flow and dimension == "count" and is_made_or_traded(flow) and is_agent and not ends_measure(base):
        return base + _traded_amount(flow)  # 挖掘机6月份销售1万台
    if is_agent and flow and dimension == "count" and not ends_measure(base):
        return base + flow + size_noun(base, dimension)
    if dimension == "count" and len(base) > _TRADE and is_made_or_traded(base[-_TRADE:]):
        return base[:-_TRADE] + _traded_amount(base[-_TRADE:])  # 汽车生产180万辆
    if dimension == "money" and any(_is_trade(base[-length:]) for length in (3, 2)):
        return _with_flow(base, flow) + "额"
    if dimension in _TRADED and flow in number_words("amount-flow") and not ends_measure(base):
        return base.removeprefix(flow) + flow + "量"
    if dimension == "money" and flow in ("出口", "进口") and not ends_measure(base):
        return base.removeprefix(flow) + flow + "额"
    if base.endswith(word_ends("aim-noun")):
        return base
    if dimension == "count" and base.endswith(word_ends("countable")):
        return _with_flow(base, flow) + size_noun(base, dimension)
    if ends_measure(base) or dimension in ("", "rate") or (dimension == "mass" and yield_prefix(base)):
        return _with_flow(base, flow)
    if dimension == "length" and base.endswith(word_ends("extent")):
        return base + "度"
    verb = load_measure_verbs().get(flow)
    if dimension in _TRADED and is_made_or_traded(flow):
        return base.removeprefix(flow) + _traded_amount(flow)
    if dimension in _TRADED and any(_is_trade(base[-length:]) for length in (3, 2)):
        return base + "量"
    made = next((word for word in word_ends("yearly-output") if base.startswith(word)), "")
    if dimension in ("volume", "energy") and made and len(base) > len(made):
        return base.removeprefix(made) + made[:2] + "量"
    if dimension == "mass" and "产" in base:
        return base + ("量" if base.startswith("产") and len(base) == len("产油") else "产量")
    verb = verb or load_measure_verbs().get(base[:2])
    is_flow = verb is not None and verb.role == "flow"
    if is_flow and dimension in AMOUNTS and not base.endswith(word_ends("amount-verb")):
        return _with_flow(base, flow)  # 替代标准煤: the verb says that its amount is meant
    return _with_flow(base, flow) + size_noun(base, dimension)


def _leads_trade(base: str, *, is_of_stuff: bool) -> bool:
    """Tell whether *base* begins with the verb of what is done to the goods after it (出口灯具)."""
    goods = base[_TRADE:]
    is_kind = base.startswith("进口") and not is_of_stuff  # 进口红酒12箱: a kind of wine
    is_led = is_made_or_traded(base[:_TRADE]) and not is_kind
    is_led = is_led and not goods.endswith(word_ends("disaster"))  # 生产安全事故
    return len(goods) > 1 and is_led and not ends_measure(goods) and not goods.endswith(word_ends("maker"))


def _traded_amount(flow: str) -> str:
    """Return the noun for an amount of what is made or traded: 产量, 销量, 出口量."""
    name = load_measure_verbs()[flow].name
    return {"产": "产量", "销售": "销量"}.get(name, f"{flow}量")


def size_noun(base: str, dimension: str) -> str:
    """Return the noun that names the size of *base*: 里程 of a road, else by the dimension.

    Example:
        >>> size_noun("高速公路", "length"), size_noun("高标准农田", "area")
        ('里程', '面积')
    """
    if dimension in AMOUNTS and base.endswith((*word_ends("amount-verb"), *word_ends("power-verb"))):
        return "量"
    if dimension == "ratio" and base.endswith((*word_ends("amount-verb"), *word_ends("growth-verb"))):
        return "率"  # 节水30%, 经济增长2%
    if dimension == "length" and base.endswith(word_ends("road")):
        dimension = "length-road"
    if dimension == "grade" and base.endswith(word_ends("wind")):
        dimension = "grade-wind"
    if dimension == "power" and any(word in base for word in word_ends("power-plant")):
        dimension = "power-plant"
    return load_dimension_nouns().get(dimension, "")


def is_made_or_traded(flow: str) -> bool:
    """Tell whether people name the amount by the verb: 产量 of what is 生产, 销量 of what is 销售.

    Example:
        >>> is_made_or_traded("生产"), is_made_or_traded("新建")
        (True, False)
    """
    verb = load_measure_verbs().get(flow)
    return verb is not None and verb.role == "flow" and verb.name in ("产", "销售", "出口", "进口")


def _is_trade(text: str) -> bool:
    """Tell whether *text* names a trade whose value is its 额 (出口, 销售)."""
    verb = load_measure_verbs().get(text)
    return verb is not None and verb.name == text


def _with_flow(base: str, flow: str) -> str:
    return flow + base if flow and flow not in base else base


def change_name(
    base: str, change: str, basis: str, comparison: str, dimension: str, topic: Topic | None
) -> str:
    """Name the change of *base*: 同比增长率, 升幅, 增加量.

    Example:
        >>> change_name("产值", "增长", "", "同比", "ratio", None)
        '产值同比增长率'
        >>> change_name("生产指数", "提升", "比上月", "", "points", None)
        '生产指数升幅'
    """
    if dimension == "doubling":
        return f"{base}{basis}增长"
    verb = load_measure_verbs()[change]
    fell = verb.role == "down"
    if dimension == "multiple":
        return f"{base}{comparison}{'减少' if fell else '增长'}倍数"
    if dimension == "points":
        is_of_growth = bool(topic and topic.growth and base in (topic.name, topic.measure))
        if comparison in number_words("mean-rate"):
            base += comparison  # 城镇化率|年均|提高1个百分点
        return _points_name(base, change, basis, is_growth=bool(topic and topic.is_growth), same=is_of_growth)
    if dimension == "ratio" and not comparison:
        above = _above_name(base, change, basis)
        if above:
            return above
    is_price = base.endswith(word_ends("price"))
    is_named = verb.name in number_words("price-change") | number_words("named-change")
    if dimension != "ratio" and not is_price and not is_named:
        size = size_noun(base, dimension) if dimension == "area" and not ends_measure(base) else ""
        return f"{base}{size}{comparison}{'减少量' if fell else '增加量'}"
    if any(word in base for word in number_words("growth-part")):
        return base + ("率" if dimension == "ratio" and base.endswith(word_ends("growth-verb")) else "")
    if dimension == "rate" and not is_price and not ends_measure(base) and is_named:
        base += "价格"  # 方坯|上涨150元/吨
    how = verb.name
    if dimension == "ratio" and how.endswith("量"):
        how = how.removesuffix("量") + "幅度"  # 周期|缩短20%
    return f"{base}{comparison}{how}"


def _points_name(base: str, change: str, basis: str, *, is_growth: bool, same: bool) -> str:
    """Name a difference in percentage points: 升幅, or what exceeds what.

    With *same* it is a growth just told that rose or fell: 投资增长9%，比上月回落1个百分点.
    """
    verb = load_measure_verbs()[change]
    if verb.name.startswith("增速"):
        base = base.removesuffix("增速")
        return f"{base}增速{basis}{verb.name.removeprefix('增速')}"
    above = _above_name(
        base + "增速" if same and not base.endswith(word_ends("growth")) else base, change, basis
    )
    if above:
        return above
    pace = {"快": "加快", "慢": "放缓"}.get(change)
    if pace and is_growth and basis[:1] in number_words("plain-basis"):
        return f"{base.removesuffix('增速')}增速{basis}{pace}幅度"  # 同比增长5%，比上年全年快2个点
    if change in number_words("exceeding") and basis and basis[0] not in number_words("basis"):
        growth = "增速" if is_growth else ""
        own, other = ("" if name.endswith(growth) else growth for name in (base, basis))
        return f"{base}{own}{change}{basis}{other}幅度"
    if base.endswith(word_ends("swing")) and len(change) == len("收窄"):
        return f"{base}{change}幅度"  # 降幅比上月收窄2个百分点
    growth = "增速" if same and not base.endswith(word_ends("growth")) else ""
    return f"{base}{growth}{'降幅' if verb.role == 'down' else '升幅'}"


def _above_name(base: str, change: str, basis: str) -> str:
    """Name how far one thing lies above another: 较全国平均水平高5个点; 比上月高 is a change."""
    if basis[:1] not in number_words("plain-basis") or change not in number_words("above"):
        return ""
    other = basis[1:]
    if not other or any(word in other for word in number_words("time-mark")):
        return ""
    return f"{base}{change[0]}于{other}幅度"


def yield_prefix(name: str) -> str:
    """Return what comes before the crop in a yield (平均亩产 of 平均亩产油茶果), or nothing."""
    for word in word_ends("yield"):
        before, found, crop = name.partition(word)
        if found and crop and not ends_measure(found + crop[0]):  # 年产值亿元以上企业: no yield
            return before + found
    return ""


def raise_superlative(subject: Sequence[Piece]) -> str:
    """Put the superlative before the measure: 亩产茶油最高 is 最高亩产茶油."""
    name = clean_name(subject[:-1])
    for word in word_ends("yield"):
        before, found, crop = name.partition(word)
        if found:
            return before + subject[-1].text + found + crop
    return subject[-1].text + name
