"""Statements of a value or a change: the frame of a closing number, and the topic it leaves behind."""

from collections.abc import Sequence

from kg.numerals import find_dimension
from kg.observations.bases import level_of, without_whole
from kg.observations.dimensions import AMOUNTS, COUNTED, bare_unit
from kg.observations.frames import Frame, Slot, Topic, comparison_in, comparison_of, named
from kg.observations.names import change_name, value_name
from kg.observations.nouns import ends_measure, joined, place_in
from kg.observations.owners import is_bare
from kg.observations.pieces import Piece
from kg.observations.predicates import Predicate, average_before, later_change
from kg.observations.tables import load_measure_verbs, number_words, word_ends
from kg.records import replace

_DEAREST = 100_000  # yuan; a larger bare sum is an amount
_LONGEST_BASIS = 12  # characters of what a change is set against


def closing_frame(
    slot: Slot, verbs: Predicate, basis: str, subject: Sequence[Piece], topic: Topic | None, base: str
) -> Frame:
    """Return the frame of a value or change of *base*, and the topic it leaves behind."""
    dimension = slot.quantity.dimension
    if dimension == "rate" and find_dimension(slot.quantity.unit.partition("/")[0]) == "ratio":
        dimension = "ratio"  # 每年增长20%
    if slot.quantity.unit in ("万", "亿") and not ends_measure(base):
        dimension = "count"  # 销售终端约4000万
    after = subject[-1].end if subject else 0
    deed = [piece for piece in slot.left if piece.text == verbs.flow and piece.start >= after]
    who = named(subject, topic, slot, deed[-1:])
    if verbs.is_agent and subject and dimension in COUNTED:
        who = replace(who, end=max((p.end for p in slot.left if p.text == verbs.flow), default=who.end))
    comparison = comparison_in(slot.left) or (comparison_of(basis) if dimension == "ratio" else "")
    if verbs.change and later_change(slot.right):
        comparison = comparison or comparison_in(slot.right)  # 以4%的年均速度增长
    if not comparison and topic and (slot.is_part or not subject):
        comparison = topic.comparison
    is_change = bool(verbs.change) or dimension == "doubling"
    wording = _worded(who, base)
    others: tuple[str, ...] = ()
    quote = _quote_of(base) if is_of_money(slot) else ""
    base = base.removesuffix(quote) if base != quote else base
    value = value_name(base, verbs.flow, dimension, is_agent=verbs.is_agent)
    if is_change:
        if not subject and dimension not in ("points", "") and not comparison:
            base = level_of(base)  # 涨幅为0.9%，上周上涨了7.9%: the price, not its rise
        if not subject and dimension == "ratio":
            base = without_whole(_without_rate(base))
        base = topic.measure if topic and not subject and topic.measure and base == topic.name else base
        name = change_name(base, verbs.change, basis, comparison, dimension, topic)
        said = change_name(wording, verbs.change, basis, comparison, dimension, topic) if wording else ""
        name, other = _with_basis(name, base, basis, comparison)
        others = (other, *_with_basis(said, wording, basis, comparison))
    elif quote:
        name = value = f"{base.removesuffix(quote)}{quote}价"
    else:
        name = _name_of_value(slot, verbs, subject, base, value)
        others = (_worded_value(wording, slot, verbs), _deed_last(value, base, verbs.flow))
    kept = topic.dimension if topic and not subject else ""
    new = Topic(
        base,
        who.start,
        who.end,
        who.sentence,
        dimension=kept if verbs.change else dimension,
        comparison=comparison,
        is_growth=bool(verbs.change),
        flow=_flow_of_all(verbs.flow),
        recalled=slot.sentence,
        measure=value
        if not is_change and not quote and (verbs.flow or dimension in (COUNTED | AMOUNTS | {"money"}))
        else topic.measure
        if topic and not subject
        else "",
        wording=wording,
        growth=name
        if verbs.change and dimension == "ratio"
        else topic.growth
        if topic and verbs.change and not subject
        else "",
    )
    rule, confidence = "change" if is_change else "value", 0.9 if subject else 0.75
    place = who.start, who.end, who.sentence
    return Frame(slot.piece, name, *place, rule, confidence, new, other_names=others)


def _with_basis(name: str, base: str, basis: str, comparison: str) -> tuple[str, str]:
    """Return the name of a change and its other one: with what it is set against, and without.

    What is against the year or month before is called so (同比, 环比) before all; 较2019年增长率 is not.
    """
    how = name.removeprefix(base).removeprefix(comparison)
    if not base or how == name or not basis or basis[1:] in name or len(basis) > _LONGEST_BASIS:
        return name, ""
    likened = basis[0] not in number_words("plain-basis") and not basis.endswith("相比")
    told = f"{base}{basis}{'相比' if likened else ''}{how}"
    is_plain = bool(comparison or comparison_of(basis)) and not any(sign.isdigit() for sign in basis)
    return (name, told) if is_plain else (told, f"{base}{how}")


def _worded(who: Topic, base: str) -> str:
    """Return what the text calls *base*, which is *who* with what the context adds to its name."""
    before, _, after = base.partition(who.name) if who.name in base else ("", "", "")
    owner = before if before[:2] not in who.wording.replace("“", "") else ""  # else the text has it, too
    wording = joined(owner, who.wording) + after if who.wording else ""
    return "" if is_bare(wording) else wording


def _deed_last(name: str, base: str, flow: str) -> str:
    """Return *name* with the verb that it begins with behind the noun: 货物列车|开行|数量; or nothing."""
    size = name.removeprefix(flow + base)
    return f"{base}{flow}{size}" if flow and size and size != name else ""


def _worded_value(wording: str, slot: Slot, verbs: Predicate) -> str:
    """Return the name of a value by what the text calls it, which a verb in it completes: 累计接待游客."""
    if not wording or (verbs.flow and verbs.flow in wording):
        return wording
    return value_name(wording, verbs.flow, slot.quantity.dimension)


def _flow_of_all(flow: str) -> str:
    """Return the verb that may hold for the next thing counted, too: a known one (新建甲5个、乙3个)."""
    known = load_measure_verbs()
    return flow if any(flow[-length:] in known for length in (1, 2, 3)) else ""


def _without_rate(base: str) -> str:
    """Return what fell or rose where the topic is by how much: 进口量 of 降幅为17%，同比下降29%."""
    for word in word_ends("change-noun"):
        if base.endswith(word) and base != word:
            return base.removesuffix(word).removesuffix("同比").removesuffix("环比")
    return base


def _quote_of(base: str) -> str:
    """Return the word that ends *base* and says which price of the day it is (收盘, 最高), or nothing."""
    return next((word for word in word_ends("quote") if base.endswith(word)), "")


def times_noun(unit: str) -> str:
    """Return what a number in *unit* counts: 架次 of 8万架次, 次数 of 5100次."""
    bare = bare_unit(unit)
    return bare if len(bare) > 1 else "次数"


def is_of_money(slot: Slot) -> bool:
    """Tell whether the number is money, or money for each of something (美元/吨)."""
    dimension = slot.quantity.dimension
    return dimension == "money" or (
        dimension == "rate" and find_dimension(slot.quantity.unit.partition("/")[0]) == "money"
    )


def _name_of_value(slot: Slot, verbs: Predicate, subject: Sequence[Piece], base: str, value: str) -> str:
    """Return how a value of *base* is called, which would be *value* but for the words around it."""
    name = value
    if name.endswith("产量") and not name.endswith("年产量") and any(p.text == "每年" for p in slot.left):
        name = name.removesuffix("产量") + "年产量"
    name = _by_unnamed_verb(slot, verbs, subject, base) or name
    if slot.quantity.dimension == "length" and slot.right and slot.right[0].text in number_words("extent"):
        name = base + slot.right[0].text + "度"  # 大锅有50米高
    if not ends_measure(base):
        name = _named_by_statement(slot, base) or name
    elif slot.quantity.dimension == "rate" and is_of_money(slot):
        name = _with_price(name)
    if slot.quantity.unit.endswith("次") and name.endswith("数量"):
        name = name.removesuffix("数量") + times_noun(slot.quantity.unit)  # 调研5100次, 飞行8万架次
    if slot.quantity.dimension == "ratio" and name.endswith(word_ends("holding")):
        name += "比例"
    average = average_before(slot.left) if verbs.flow or subject else ""
    whose, each, unit = average.partition("每")
    if each and name.startswith(unit):
        return whose + each + name  # 每|百户居民拥有量
    day = next((word for word in word_ends("daily") if average and name.startswith(word)), "")
    return name if average in name else average + name.removeprefix(day)  # 每天|花费5万元


def _named_by_statement(slot: Slot, base: str) -> str:
    """Name a share that is done (工程已完成80%) and what a thing costs (沙子涨到150元/立方米)."""
    dimension = slot.quantity.dimension
    if dimension == "ratio" and any(piece.text == "完成" for piece in slot.left):
        return base + "完成比例"
    if dimension == "ratio" and base.endswith(word_ends("rate-verb")):
        return base + "率"
    if dimension == "rate" and is_of_money(slot):
        return base + "价格"
    if dimension == "money" and any(_is_of_price(piece) for piece in slot.left):
        return base + "价格"
    if _is_priced(slot, base):
        return base + "价格"
    return ""


def _with_price(name: str) -> str:
    """Say that the change of a thing is one of its price where its number is money: 方坯|上涨幅度."""
    change = next((word for word in word_ends("growth") if name.endswith(word)), "")
    thing = name.removesuffix(change)
    is_priced = any(word in thing for word in word_ends("price"))
    return f"{thing}价格{change}" if change and thing and not is_priced else name


def _is_priced(slot: Slot, base: str) -> bool:
    """Tell whether a small sum said of a thing is its price: 一级大豆油1020元, 高档龙头为五百元."""
    if slot.quantity.dimension != "money" or slot.quantity.unit[:1] in "万亿" or not base:
        return False
    heads = word_ends("worth") + word_ends("fund") + word_ends("gain-verb")
    known = number_words("measure") | load_measure_verbs().keys() | number_words("no-price")
    is_deed = any(piece.text in known and piece.text in base for piece in slot.left)
    return not base.endswith(heads) and not is_deed and slot.quantity.value < _DEAREST


def _is_of_price(piece: Piece) -> bool:
    """Tell whether *piece* is a verb said of prices (涨, 跌)."""
    verb = load_measure_verbs().get(piece.text.rstrip("至到"))
    return verb is not None and verb.name in number_words("price-change")


def _by_unnamed_verb(slot: Slot, verbs: Predicate, subject: Sequence[Piece], base: str) -> str:
    """Name an amount by the verb before its stuff: 处理铁矿石1500万吨 is 铁矿石处理量."""
    if slot.quantity.dimension not in AMOUNTS or not subject or ends_measure(base) or verbs.flow:
        return ""
    at = place_in(verbs.rest, subject)
    verb = verbs.rest[at - 1] if at else None
    if (
        verb is None
        or verb.role != "V"
        or verb.text in number_words("conversion")
        or len(verb.text) != len("处理")
        or verb.text in load_measure_verbs()
    ):
        return ""
    return f"{base}{verb.text}量"
