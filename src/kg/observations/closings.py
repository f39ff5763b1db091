"""Numbers that close their statement: 率达63.2%, 同比增长7.5%, 比上月提升5.27个百分点.

What is measured stands to the left, in the clause before, or in the one that opened the list.
"""

from collections.abc import Sequence

from kg.numerals import find_dimension
from kg.observations.frames import (
    CHANGES,
    COUNTED,
    SPANS,
    Frame,
    Memory,
    Slot,
    Topic,
    comparison_in,
    named,
)
from kg.observations.names import change_name, raise_superlative, size_noun, value_name, yield_prefix
from kg.observations.nouns import (
    clean_name,
    ends_measure,
    is_per,
    is_place,
    last_item,
    phrase_after,
    split_items,
    subject_before,
    text_of,
    trim_front,
)
from kg.observations.owners import owned
from kg.observations.pieces import Piece
from kg.observations.predicates import (
    Predicate,
    agent_before,
    average_before,
    flow_before,
    later_change,
    noun_of_change,
    peel_verbs,
    split_basis,
)
from kg.observations.tables import load_measure_verbs, load_number_kinds, number_words, word_ends
from kg.records import replace

_AMOUNTS = frozenset({"mass", "volume", "energy", "coal"})
_SHORTEST_OWNER = 3
_LONGEST_JOINT = 16  # characters; more is a list rather than a name
_VERBAL_TAGS = frozenset({"v", "vn", "vi", "l"})


def read_closing(slot: Slot, memory: Memory) -> list[Frame]:
    """Return what the number measures by the words before it; several where they are a list."""
    topic = memory.topic
    left, basis = split_basis(slot.left)
    verbs = peel_verbs(left)
    if not verbs.change:
        verbs = replace(verbs, change=later_change(slot.right) or noun_of_change(slot.right))
    if slot.before in number_words("breaking") and slot.quantity.dimension not in CHANGES:
        verbs = replace(verbs, change="", has_reach=True)  # 上涨突破2600美元: the price, not its rise
    is_loose = slot.quantity.outer_start < slot.quantity.start
    is_stated = bool(verbs.change or verbs.has_reach or is_loose)
    may_be_nominal = is_stated or slot.quantity.dimension in COUNTED
    phrase = subject_before(verbs.rest, has_verb=is_stated, may_be_nominal=may_be_nominal)
    items = _distribute(phrase, topic, slot)
    if items:
        return [closing_frame(slot, verbs, basis, item, topic, base) for item, base in items]
    subject = () if _converts(slot) else _after_deed(_find_subject(phrase, verbs, topic), slot)
    subject, verbs = _settle_flow(slot, subject, verbs, topic)
    verbs = replace(verbs, change=verbs.change or _changed_before(slot, subject, verbs))
    deed = "" if verbs.change else _deed_of_part(slot, topic)
    if deed and topic:
        return [replace(closing_frame(slot, verbs, basis, (), topic, topic.name), name=deed, topic=topic)]
    if not (
        subject or (_inherits(slot, verbs, topic) and _may_recall(topic, slot, phrase))
    ) or _measures_nothing(slot, verbs):
        return []
    base = _base_name(slot, subject, verbs, memory)
    if not slot.quantity.unit and not base.endswith(word_ends("index")):
        return []
    if slot.quantity.dimension in SPANS and not (_states_span(slot) and subject and ends_measure(base)):
        return []
    return [closing_frame(slot, verbs, basis, subject, topic, base)]


def _changed_before(slot: Slot, subject: Sequence[Piece], verbs: Predicate) -> str:
    """Return the verb of change before what changes: 下调税率5个百分点, 降低成本20%."""
    at = next((i for i, piece in enumerate(verbs.rest) if subject and piece == subject[0]), 0)
    if not at or slot.quantity.dimension not in ("points", "ratio") or verbs.has_reach or verbs.flow:
        return ""
    verb = verbs.rest[at - 1]
    known = load_measure_verbs().get(verb.text)
    is_change = known is not None and known.role in ("up", "down")
    return verb.text if is_change and verb.role == "V" and len(verb.text) > 1 else ""


def _may_recall(topic: Topic | None, slot: Slot, phrase: Sequence[Piece]) -> bool:
    """Tell whether the clause may still speak of the topic of a sentence before.

    It does where it points there (该指数), names but a place (全球增长3.1%), or right after that sentence
    nothing that could be measured instead (按可比口径增长6.3%).
    """
    if topic is None or slot.sentence in (topic.sentence, topic.recalled):
        return True
    if any(piece.text in number_words("pointer") for piece in slot.left):
        return True
    if phrase and all(is_place(piece) for piece in last_item(phrase)):
        return True
    plain = number_words("filler") | number_words("yardstick")
    heard = [p for p in slot.left if p.role in "NA" and p.text not in plain]
    if not slot.is_first or not all(is_place(piece) for piece in heard):
        return False
    return bool(heard) or slot.sentence - 1 in (topic.sentence, topic.recalled)


def _deed_of_part(slot: Slot, topic: Topic | None) -> str:
    """Name those of the counted class of whom the clause says a verb.

    企业90家，其中停产整治40家，20家在建: the second and third number count 企业 too.
    """
    if topic is None or topic.sentence != slot.sentence or topic.dimension != slot.quantity.dimension:
        return ""
    counted = topic.owner or topic.name
    if topic.dimension not in COUNTED or ends_measure(counted):
        return ""
    said = [piece for piece in slot.left if piece.role not in "CUDMT"] or list(slot.right)
    deeds = [piece for piece in said if piece.text not in number_words("passive")]
    verbs = deeds[1:] if deeds and deeds[0].text == "在" else deeds  # 280家在营业
    if not verbs or any(piece.tag not in _VERBAL_TAGS for piece in verbs):
        return ""
    if any(piece.text in load_measure_verbs() for piece in deeds[:1]) and len(deeds) == 1:
        return ""
    return text_of(deeds) + counted + (size_noun("", topic.dimension) or "数量")


def _states_span(slot: Slot) -> bool:
    """Tell whether a span of time closes the clause (工期为3年) or only says how long (连续20年稳居)."""
    return slot.is_last and (not slot.right or slot.right[0].role in "、C”")


def _find_subject(phrase: Sequence[Piece], verbs: Predicate, topic: Topic | None) -> tuple[Piece, ...]:
    """Return what is measured, or nothing where the clause speaks of the topic before it."""
    subject = _until_measure(_joint(phrase) or last_item(phrase))
    while len(subject) > 1 and subject[-1].text in load_number_kinds():
        subject = subject[:-1]
    name = clean_name(subject)
    if all(is_place(piece) for piece in subject) or name in load_number_kinds():
        return ()
    if name in number_words("yardstick"):  # 按可比口径增长
        return ()
    points = len(subject) == 1 and subject[0].text in number_words("pointed")  # 这一数字
    if topic and len(subject) == 1 and (points or topic.name.endswith(subject[0].text)):
        place = next((i for i, piece in enumerate(verbs.rest) if piece == subject[0]), 0)
        if place and verbs.rest[place - 1].text in number_words("pointer"):  # 该指数
            return ()
    return subject


def _after_deed(subject: tuple[Piece, ...], slot: Slot) -> tuple[Piece, ...]:
    """Cut the verb off a phrase that it was taken for a part of: 铁矿石 of 采购铁矿石30万吨."""
    dimension, name = slot.quantity.dimension, clean_name(subject)
    if dimension not in _AMOUNTS | COUNTED | {"money"} or ends_measure(name):
        return subject
    deeds = number_words("amount-flow")
    if dimension == "money":
        deeds = frozenset() if name.endswith(word_ends("worth")) else number_words("trade")
    at = max((i for i, p in enumerate(subject[:-1]) if p.text in deeds and p.tag in ("v", "vn")), default=-1)
    return subject[at + 1 :]


def _joint(phrase: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return a coordination that one number measures as a whole: 水电、光伏 of 水电、光伏累计投资417亿元.

    None is one whose members are of several sorts (收入和利润) or hold a verb.
    """
    items = [trim_front(item) for item in split_items(phrase)]
    if len(items) < 2 or any(piece.role not in "NABE、C”“Q" for piece in phrase):
        return ()
    whole = trim_front(phrase)
    while whole and whole[-1].text in number_words("filler"):
        whole = whole[:-1]
    is_mixed = any(not item or ends_measure(clean_name(item)) or is_place(item[0]) for item in items[:-1])
    return () if is_mixed or len(clean_name(whole)) > _LONGEST_JOINT else whole


def _until_measure(subject: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """End the subject at its measure noun where adverb and verb follow (模型数量|已备案)."""
    end = len(subject)
    while end and subject[end - 1].role in "DVU":
        end -= 1
    is_cut = end and any(piece.role == "D" for piece in subject[end:])
    return subject[:end] if is_cut and ends_measure(text_of(subject[:end])) else subject


def _settle_flow(
    slot: Slot, subject: tuple[Piece, ...], verbs: Predicate, topic: Topic | None
) -> tuple[tuple[Piece, ...], Predicate]:
    """Find the verb that belongs to what is measured: before it, instead of it, or said earlier."""
    is_same = topic and topic.flow == verbs.flow and topic.dimension == slot.quantity.dimension
    trades = verbs.flow in number_words("trade") and not (topic and topic.name.endswith(verbs.flow))
    if not subject and verbs.flow and (slot.quantity.dimension not in CHANGES or trades) and not is_same:
        return tuple(p for p in slot.left if p.text == verbs.flow)[-1:], replace(
            verbs, flow="", is_agent=False
        )
    if subject and not verbs.flow:
        verbs = replace(verbs, flow=flow_before(verbs.rest[: verbs.rest.index(subject[0])]))
    if not subject and is_same:
        verbs = replace(verbs, is_agent=False)  # 交付整车12万辆，…交付15万辆
    is_bare_noun = len(slot.left) == len(subject) and not ends_measure(clean_name(subject))
    is_bare_noun = is_bare_noun and not (subject and subject[0].text in load_measure_verbs())
    is_bare_noun = is_bare_noun and all(piece.role not in "VD" for piece in subject)
    if subject and topic and topic.sentence == slot.sentence and is_bare_noun:
        verbs = replace(verbs, flow=verbs.flow or topic.flow)
    return subject, verbs


def _measures_nothing(slot: Slot, verbs: Predicate) -> bool:
    """Tell whether a counted noun follows that could not be read, so that the left says nothing."""
    if slot.quantity.dimension not in COUNTED or verbs.has_reach:
        return False
    return bool(slot.right) and slot.right[0].role in "NAV"


def _base_name(slot: Slot, subject: tuple[Piece, ...], verbs: Predicate, memory: Memory) -> str:
    """Return the name of what is measured, completed from the topic, the agent and the owner."""
    topic, owner = memory.topic, memory.owner
    if not subject:
        return _in_total(topic.name, slot) if topic else ""
    is_superlative = len(subject) > 1 and subject[-1].text in number_words("superlative")
    base = raise_superlative(subject) if is_superlative else clean_name(subject)
    if topic and not ends_measure(base):
        if slot.is_part and not base.endswith("长") and (verbs.change or _measures_like(topic, slot)):
            base += topic.head  # 其中高速公路: 高速公路里程
        elif _is_compared(topic, slot, verbs):
            base += topic.head  # 板材涨幅到15%，五金也在10%以上
        if len(slot.left) == len(subject):
            base = yield_prefix(topic.name) + base  # 亩产油茶果…、茶油…
    if len(subject) == 1 and ends_measure(base):
        base = (_modified_noun(slot) if not verbs.change else "") + base
        base = _deed_before(verbs.rest, subject) + base
    if topic and base in number_words("growth"):
        said = comparison_in(slot.left)
        level = _level_of(topic.measure or topic.name)
        is_known = topic.name.endswith(base)
        base = _compared(topic.name, said) if is_known else level + said + base.removeprefix(said)
    else:
        base = agent_before(verbs.rest, subject, base) + base
    base = _per_before(verbs.rest, subject, slot) + base
    if topic and base in number_words("trade") and topic.sentence == slot.sentence:
        return _traded_with(topic.name) + base
    if owner is None and memory.subject and memory.subject.sentence == slot.sentence:
        owner = memory.subject if len(memory.subject.name) >= _SHORTEST_OWNER else None
    if owner and _needs_owner(base, is_part=slot.is_part):
        return owner.name + base
    if verbs.flow and base != verbs.flow:
        return base  # 带动销售额: of whom, the verb's object says
    return owned(
        base, memory.subject, (slot.sentence, slot.left[0].start if slot.is_first else slot.piece.start)
    )


def _measures_like(topic: Topic, slot: Slot) -> bool:
    """Tell whether the measure noun of *topic* can measure in this unit: 合格率 is no number of batches."""
    is_rate = topic.head.endswith(word_ends("rate"))
    return bool(topic.head) and is_rate == (slot.quantity.dimension == "ratio")


def _is_compared(topic: Topic, slot: Slot, verbs: Predicate) -> bool:
    """Tell whether the number gives for another thing what the one before gave for the topic."""
    if slot.quantity.dimension != "ratio" or verbs.flow:
        return False
    if verbs.change:  # 服装类零售额增长28.7%，鞋帽类增长29.1%
        return topic.is_growth and topic.sentence == slot.sentence and _is_class(slot) and bool(topic.head)
    if topic.dimension != "ratio":
        return False
    return bool(topic.head) and topic.sentence == slot.sentence and not topic.head.endswith("比重")


def _is_class(slot: Slot) -> bool:
    """Tell whether the number is said of a class of goods, which has no measure but one said before."""
    said = [piece for piece in slot.left if piece.role in "NQA" and piece.text not in number_words("filler")]
    return bool(said) and said[-1].text.endswith("类")


def _in_total(name: str, slot: Slot) -> str:
    """Return *name* without 新… where the number is the total so far (新开通航线…，累计达到34条)."""
    if not any(piece.text == "累计" for piece in slot.left):
        return name
    verbs = load_measure_verbs()
    return next((name[n:] for n in (3, 2) if name[0] == "新" and name[:n] in verbs), name)


def _modified_noun(slot: Slot) -> str:
    """厚度不到0.5毫米的晶圆: the noun that the whole statement modifies."""
    if not slot.right or slot.right[0].role != "E":
        return ""
    phrase = phrase_after(slot.right[1:], "")
    while len(phrase) > 1 and phrase[-1].text in number_words("counted-tail"):
        phrase = phrase[:-1]  # 总投资18亿元的产业园|建设
    return clean_name(phrase)


def _deed_before(rest: Sequence[Piece], subject: Sequence[Piece]) -> str:
    """Return the deed whose measure it is: 衰退 of 出现衰退的概率, 调 of 调水量."""
    at = next((i for i, piece in enumerate(rest) if piece == subject[0]), 0)
    if at > 1 and rest[at - 1].role == "E" and rest[at - 2].role == "V" and len(rest[at - 2].text) > 1:
        return rest[at - 2].text if subject[0].text in number_words("deed-measure") else ""
    verb = rest[at - 1] if at else None
    is_part = verb is not None and verb.role == "V" and len(verb.text) == 1 and len(subject[0].text) == 2
    return verb.text if verb and is_part and verb.text not in load_measure_verbs() else ""


def _level_of(name: str) -> str:
    """Return what a change is a change of: 银价 of 银价涨幅."""
    for word in word_ends("price-change"):
        if name.endswith(word):
            return name.removesuffix(word)
    return name


def _per_before(rest: Sequence[Piece], subject: Sequence[Piece], slot: Slot) -> str:
    """Return for each of what a bare measure is taken: 每股 of 每股收益."""
    at = next((i for i, piece in enumerate(rest) if piece == subject[0]), 0)
    is_bare_noun = len(subject) == 1 and subject[0].text in number_words("measure")
    return (
        rest[at - 1].text
        if at and is_bare_noun and "/" not in slot.quantity.unit and is_per(rest[at - 1])
        else ""
    )


def _compared(name: str, said: str) -> str:
    """Return the name of a growth with what it is compared with now: 同比增幅 after 环比."""
    if not said or said in name:
        return name
    other = next((word for word in number_words("comparison-name") if word in name), "")
    return name.replace(other, said) if other else name


def _traded_with(name: str) -> str:
    """Return the goods whose trade *name* measures: 服务 of 服务进出口总额, 服务出口额."""
    for word in word_ends("trade"):
        goods, found, rest = name.partition(word)
        if found and goods and (not rest or ends_measure(found + rest)):
            return goods
    return ""


def _needs_owner(base: str, *, is_part: bool) -> bool:
    owned = number_words("owned-measure")
    return base in owned or base + "度" in owned or (is_part and base.endswith("段长"))


def _inherits(slot: Slot, verbs: Predicate, topic: Topic | None) -> bool:
    """Tell whether a number without subject speaks of the topic before it."""
    if topic is None or slot.quantity.dimension in SPANS:
        return False
    if verbs.change and slot.quantity.dimension in CHANGES:
        return True
    if _converts(slot):
        return topic.dimension == slot.quantity.dimension and not topic.is_growth
    right = slot.right
    if len(right) > 1 and right[0].role == "E" and right[-1].text not in number_words("level"):
        return False
    if not (verbs.has_reach or verbs.change or _is_bare(slot) or (verbs.flow and verbs.flow == topic.flow)):
        return False
    return not topic.dimension or topic.dimension == slot.quantity.dimension


def _converts(slot: Slot) -> bool:
    """Tell whether the number only says the one before it in another unit (约合人民币7万元)."""
    return any(piece.text in number_words("conversion") for piece in slot.left)


def _is_bare(slot: Slot) -> bool:
    """Tell whether nothing but time and place stands before the number, and nothing after it."""
    if slot.right and slot.right[0].role not in "、C”":
        return False
    return slot.is_first and all(
        p.role in "TDM“”" or is_place(p) or p.text in load_number_kinds() for p in slot.left
    )


def closing_frame(
    slot: Slot, verbs: Predicate, basis: str, subject: Sequence[Piece], topic: Topic | None, base: str
) -> Frame:
    """Return the frame of a value or change of *base*, and the topic it leaves behind."""
    dimension = slot.quantity.dimension
    if slot.quantity.unit in ("万", "亿") and not ends_measure(base):
        dimension = "count"  # 销售终端约4000万
    who = named(subject, topic, slot)
    if verbs.is_agent and subject and dimension in COUNTED:
        who = replace(who, end=max((p.end for p in slot.left if p.text == verbs.flow), default=who.end))
    comparison = comparison_in(slot.left)
    if not comparison and topic and (slot.is_part or not subject):
        comparison = topic.comparison
    is_change = bool(verbs.change) or dimension == "doubling"
    value = value_name(base, verbs.flow, dimension, is_agent=verbs.is_agent)
    if is_change:
        if not subject and dimension not in ("points", "") and not comparison:
            base = _level_of(base)  # 涨幅为0.9%，上周上涨了7.9%: the price, not its rise
        base = topic.measure if topic and not subject and topic.measure and base == topic.name else base
        name = change_name(base, verbs.change, basis, comparison, dimension, topic)
    else:
        name = value
        if name.endswith("产量") and not name.endswith("年产量") and any(p.text == "每年" for p in slot.left):
            name = name.removesuffix("产量") + "年产量"
        name = _by_unnamed_verb(slot, verbs, subject, base) or name
        if dimension == "length" and slot.right and slot.right[0].text in number_words("extent"):
            name = base + slot.right[0].text + "度"  # 大锅有50米高
        if not ends_measure(base):
            name = _named_by_statement(slot, base) or name
        if slot.quantity.unit.endswith("次") and name.endswith("数量"):
            name = name.removesuffix("数量") + "次数"  # 调研5100次
        average = average_before(slot.left) if verbs.flow or subject else ""
        name = name if average in name else average + name
    kept = topic.dimension if topic and not subject else ""
    new = Topic(
        base,
        who.start,
        who.end,
        who.sentence,
        dimension=kept if verbs.change else dimension,
        comparison=comparison,
        is_growth=bool(verbs.change),
        flow=verbs.flow,
        recalled=slot.sentence,
        measure=value
        if not is_change and (verbs.flow or dimension in (COUNTED | _AMOUNTS | {"money"}))
        else topic.measure
        if topic and not subject
        else "",
    )
    rule, confidence = "change" if is_change else "value", 0.9 if subject else 0.75
    return Frame(slot.piece, name, who.start, who.end, who.sentence, rule, confidence, new)


def _named_by_statement(slot: Slot, base: str) -> str:
    """Name a share that is done (工程已完成80%) and what a thing costs (沙子涨到150元/立方米)."""
    dimension, unit = slot.quantity.dimension, slot.quantity.unit
    if dimension == "ratio" and any(piece.text == "完成" for piece in slot.left):
        return base + "完成比例"
    if dimension == "ratio" and base.endswith(word_ends("rate-verb")):
        return base + "率"
    if dimension == "rate" and find_dimension(unit.partition("/")[0]) == "money":
        return base + "价格"
    if dimension == "money" and any(_is_of_price(piece) for piece in slot.left):
        return base + "价格"
    return ""


def _is_of_price(piece: Piece) -> bool:
    """Tell whether *piece* is a verb said of prices (涨, 跌)."""
    verb = load_measure_verbs().get(piece.text.rstrip("至到"))
    return verb is not None and verb.name in number_words("price-change")


def _by_unnamed_verb(slot: Slot, verbs: Predicate, subject: Sequence[Piece], base: str) -> str:
    """Name an amount by the verb before its stuff: 处理铁矿石1500万吨 is 铁矿石处理量."""
    if slot.quantity.dimension not in _AMOUNTS or not subject or ends_measure(base) or verbs.flow:
        return ""
    at = next((i for i, piece in enumerate(verbs.rest) if piece == subject[0]), 0)
    verb = verbs.rest[at - 1] if at else None
    if verb is None or verb.role != "V" or len(verb.text) != len("处理") or verb.text in load_measure_verbs():
        return ""
    return f"{base}{verb.text}量"


def _is_distributed(slot: Slot) -> bool:
    return any(piece.text in number_words("distributor") for piece in slot.left)


def _distribute(
    phrase: Sequence[Piece], topic: Topic | None, slot: Slot
) -> list[tuple[tuple[Piece, ...], str]]:
    """Multiply out A、B和C等行业指数 and A和B均…: each member with the shared measure noun."""
    items = split_items(phrase)
    if len(items) < 2:
        return []
    tail = items[-1]
    listed = next((i for i, piece in enumerate(tail) if piece.role == "G"), None)
    if listed is None and not _is_distributed(slot):
        return []
    measure = ""
    if listed is not None:
        if slot.quantity.dimension in COUNTED and not _is_distributed(slot):
            whole = tail[listed + 1 :]  # 中欧、中亚等班列线路共21条
            return [(whole, clean_name(whole))] if clean_name(whole) else []
        items[-1] = tail[:listed]
        measure = text_of([p for p in tail[listed + 1 :] if p.text not in number_words("class-noun")])
        if topic is not None and topic.name.endswith(measure):
            measure = topic.name
    elif ends_measure(text_of(tail)) and not ends_measure(text_of(items[0])):
        return []
    members = [trim_front(item) for item in items]
    return [(member, clean_name(member) + measure) for member in members if member]
