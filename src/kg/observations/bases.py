"""Base names: what a closing number measures, completed from the topic, the agent and the owner.

其中高速公路 is 高速公路里程 after 公路里程; after 同比增幅, 环比 is 环比增幅.
"""

from collections.abc import Sequence

from kg.observations.counted import phrase_after
from kg.observations.dimensions import AMOUNTS, COUNTED
from kg.observations.frames import Memory, Slot, Topic, comparison_in
from kg.observations.names import raise_superlative, size_noun, yield_prefix
from kg.observations.nouns import clean_name, ends_measure, is_per, place_in, subject_before, text_of
from kg.observations.owners import is_bare, owned
from kg.observations.pieces import Piece
from kg.observations.predicates import Predicate, agent_before
from kg.observations.subjects import measures_like
from kg.observations.tables import load_measure_verbs, number_words, word_ends

_SHORTEST_OWNER = 3
_YEARLY_OUTPUT = "年产量"
_LAST_HEARD = 2  # sentences back, of which 其中 may still tell a part


def base_name(slot: Slot, subject: tuple[Piece, ...], verbs: Predicate, memory: Memory) -> str:
    """Return the name of what is measured, completed from the topic, the agent and the owner."""
    topic, owner = memory.topic, memory.owner
    if not subject and topic and is_quoted(slot):
        return level_of(topic.name)
    if not subject:
        return _in_total(topic.name, slot) if topic else ""
    if _is_made_yearly(verbs.rest, subject):
        return clean_name(subject) + _YEARLY_OUTPUT
    if topic and clean_name(subject) in number_words("mean") and _is_of_same(topic, slot):
        return clean_name(subject) + (topic.measure or topic.name)  # 果园面积1500亩，人均3亩
    if topic and clean_name(subject) in number_words("total") and _is_of_same(topic, slot):
        return (topic.owner or topic.name) + clean_name(subject)  # 新增企业210家，总数860家
    ratio = _ratio(verbs.rest, subject, topic)
    if ratio:
        return ratio
    is_superlative = len(subject) > 1 and subject[-1].text in number_words("superlative")
    base = raise_superlative(subject) if is_superlative else clean_name(subject)
    if base == "重" and slot.quantity.dimension == "mass":
        base = "重量"  # 雕像高60米，重7500公斤
    if topic and not ends_measure(base) and not base.endswith(word_ends("gain-verb")):
        if (
            slot.is_part
            and not base.endswith(("长", *word_ends("capital")))
            and (verbs.change or measures_like(topic, slot))
        ):
            base += topic.head  # 其中高速公路: 高速公路里程
        elif _is_compared(topic, slot, verbs):
            base += topic.head  # 板材涨幅到15%，五金也在10%以上
        counted, grades = topic.owner or topic.name, word_ends("grade")
        is_open = not ends_measure(counted) and not any(grade in counted for grade in grades)
        if slot.is_part and base.endswith(grades) and is_open:
            base += counted  # 干部2123人，其中厅局级88人
        if len(slot.left) == len(subject) and topic.name.endswith(_YEARLY_OUTPUT):
            return base + _YEARLY_OUTPUT  # 年产锌18万吨、铅10万吨
        if len(slot.left) == len(subject):
            base = yield_prefix(topic.name) + base  # 亩产油茶果…、茶油…
    if len(subject) == 1 and ends_measure(base):
        base = (_modified_noun(slot) if not verbs.change else "") + base
        base = _deed_before(verbs.rest, subject) + base
    kind = _kind_of_growth(base) if topic and verbs.change else ""
    if kind and topic:
        base = level_of(topic.measure or topic.name) + kind
    elif topic and base in number_words("growth"):
        said = comparison_in(slot.left)
        level = without_whole(level_of(topic.measure or topic.name))
        is_known = topic.name.endswith(base)
        base = _compared(topic.name, said) if is_known else level + said + base.removeprefix(said)
    else:
        base = agent_before(verbs.rest, subject, base, slot.quantity.dimension) + base
    if base.endswith(word_ends("site")) and slot.quantity.dimension == "area":
        base += size_noun("", "area")  # 占地113亩
    base = _per_before(verbs.rest, subject, slot) + base
    if topic and base in number_words("value-of") and slot.is_first and _is_of_goods(topic, slot):
        return topic.name + base  # 进口水果90万吨，价值30亿元
    is_part = topic is not None and slot.is_part and slot.sentence - topic.recalled <= _LAST_HEARD
    if topic and base in number_words("trade") and (topic.sentence == slot.sentence or is_part):
        return traded_with(topic.name) + base
    if owner is None and memory.subject and memory.subject.sentence == slot.sentence:
        is_staff = memory.subject.name.endswith(word_ends("person-noun"))
        owner = memory.subject if len(memory.subject.name) >= _SHORTEST_OWNER and not is_staff else None
    if owner and _needs_owner(base, is_part=slot.is_part):
        return base if base.startswith(owner.name) else owner.name + base
    if verbs.flow and base != verbs.flow:
        return base  # 带动销售额: of whom, the verb's object says
    return _of_topic(base, memory, slot) or owned(
        base, memory.subject, (slot.sentence, slot.left[0].start if slot.is_first else slot.piece.start)
    )


def _ratio(rest: Sequence[Piece], subject: Sequence[Piece], topic: Topic | None) -> str:
    """Return the ratio of two things with both: 物流费用|与|GDP|的|比率, 研发支出100亿元，|与|GDP|之比."""
    at, base = place_in(rest, subject), clean_name(subject)
    is_joined = at > 0 and rest[at - 1].text in number_words("ratio-joiner")
    if not is_joined or not base.endswith(word_ends("ratio")):
        return ""
    first = clean_name(subject_before(rest[: at - 1], has_verb=False))
    whose = first or (level_of(topic.measure or topic.name) if topic else "")
    return f"{whose}与{base}" if whose else ""


def _of_topic(base: str, memory: Memory, slot: Slot) -> str:
    """Return a bare measure with the thing of which this sentence has told the same, or nothing.

    Nothing, too, where the sentence has come to speak of something else since.
    """
    topic, subject = memory.topic, memory.subject
    if topic is None or topic.sentence != slot.sentence or slot.is_part:
        return ""
    if subject is not None and subject.sentence == slot.sentence and subject.start > topic.start:
        return ""
    if base in number_words("extent") and topic.name.endswith(word_ends("extent")):
        return topic.name[:-1] + base  # 跑道长3600米、宽45米
    if not is_bare(base):
        return ""
    if topic.owner and not slot.is_first and slot.left[0].start == topic.start:
        return topic.owner + base  # 5条高速公路|完成投资
    if topic.name.endswith(word_ends("aim-noun")):
        whose, found, _ = topic.name.partition(base)
        return whose + base if found else ""  # 下调小麦产量预期，预计产量下降2%
    said = topic.measure or topic.name
    return said if said.endswith(base) and said != base else ""


def _is_of_same(topic: Topic, slot: Slot) -> bool:
    """Tell whether the topic was measured in this sentence by numbers of the same sort."""
    return topic.sentence == slot.sentence and topic.dimension == slot.quantity.dimension


def _is_of_goods(topic: Topic, slot: Slot) -> bool:
    """Tell whether the topic is goods whose amount this sentence has just told."""
    is_amount = topic.dimension in AMOUNTS | COUNTED and not ends_measure(topic.name)
    return is_amount and topic.sentence == slot.sentence


def _is_made_yearly(rest: Sequence[Piece], subject: Sequence[Piece]) -> bool:
    """Tell whether 年产 stands before a thing: 年产|水泥|100万吨."""
    at = place_in(rest, subject)
    return at > 0 and rest[at - 1].text in number_words("yearly-output")


def _kind_of_growth(base: str) -> str:
    """Return 实际 of 扣除价格因素，实际|增长, which says how growth is reckoned and not what grows."""
    kind = next((word for word in word_ends("growth-kind") if base.endswith(word)), "")
    is_reckoned = base == kind or base.startswith(word_ends("yardstick-lead"))
    return kind if is_reckoned else ""


def is_quoted(slot: Slot) -> bool:
    """Tell whether the number is a price at which a thing is traded: 收报每吨2万元."""
    return any(piece.text in number_words("quote-verb") for piece in slot.left[:2])


def _is_compared(topic: Topic, slot: Slot, verbs: Predicate) -> bool:
    """Tell whether the number gives for another thing what the one before gave for the topic."""
    if slot.quantity.dimension in COUNTED and not (verbs.flow or verbs.change):
        is_alike = topic.sentence == slot.sentence and topic.dimension == slot.quantity.dimension
        is_said = bool(slot.left) and slot.left[-1].text == "为" and topic.head != "数量"
        return is_alike and is_said and len(topic.head) > 1  # 甲出货量为7亿台，乙为3亿台
    if slot.quantity.dimension != "ratio" or verbs.flow:
        return False
    if verbs.change:  # 服装类零售额增长28.7%，鞋帽类增长29.1%
        is_told = topic.is_growth and _is_class(slot)
        is_led = not topic.dimension and len(topic.head) > 1 and not _is_reckoned(slot)  # 单价大增，纱线|提升
        return topic.sentence == slot.sentence and (is_told or is_led) and bool(topic.head)
    if topic.dimension != "ratio":
        return False
    return bool(topic.head) and topic.sentence == slot.sentence and not topic.head.endswith("比重")


def _is_reckoned(slot: Slot) -> bool:
    """Tell whether the growth of a measure is told as it is reckoned: 收入|实际|增长."""
    return any(piece.text in number_words("growth-kind") for piece in slot.left)


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
    right = slot.shared or slot.right
    if not right or right[0].role != "E":
        return ""
    phrase = phrase_after(right[1:], "")
    while len(phrase) > 1 and phrase[-1].text in number_words("counted-tail"):
        phrase = phrase[:-1]  # 总投资18亿元的产业园|建设
    return clean_name(phrase)


def _deed_before(rest: Sequence[Piece], subject: Sequence[Piece]) -> str:
    """Return the deed whose measure it is: 衰退 of 出现衰退的概率, 调 of 调水量."""
    at = place_in(rest, subject)
    if at > 1 and rest[at - 1].role == "E" and rest[at - 2].role == "V" and len(rest[at - 2].text) > 1:
        return rest[at - 2].text if subject[0].text in number_words("deed-measure") else ""
    verb = rest[at - 1] if at and rest[at - 1].text not in number_words("causing") else None  # 使|能耗
    is_deed = verb is not None and verb.role == "V" and verb.text not in load_measure_verbs()
    if verb and is_deed and text_of(subject) in number_words("sum"):
        return verb.text  # 申购|金额
    is_part = verb is not None and verb.role == "V" and len(verb.text) == 1 and len(subject[0].text) == 2
    return verb.text if verb and is_part and verb.text not in load_measure_verbs() else ""


def level_of(name: str) -> str:
    """Return what a change is a change of: 银价 of 银价涨幅, 收入 of 收入名义."""
    for word in (*word_ends("price-change"), *word_ends("growth-kind")):
        if name.endswith(word):
            return name.removesuffix(word)
    return name


def without_whole(name: str) -> str:
    """Return what has the share whose growth seems told: its part, since a share moves by points.

    文化产业占GDP比重…，年均增速15%; 出口额占全国比重13%，同比增长2%.
    """
    whose, of, whole = name.partition("占")
    return whose if of and whole.endswith(word_ends("share-tail")) else name


def _per_before(rest: Sequence[Piece], subject: Sequence[Piece], slot: Slot) -> str:
    """Return for each of what a bare measure is taken: 每股 of 每股收益."""
    at = place_in(rest, subject)
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


def traded_with(name: str) -> str:
    """Return the goods whose trade *name* measures: 服务 of 服务进出口总额, 服务出口额."""
    for word in word_ends("trade"):
        goods, found, rest = name.partition(word)
        if found and goods and (not rest or ends_measure(found + rest)):
            return goods
    return ""


def _needs_owner(base: str, *, is_part: bool) -> bool:
    owned = number_words("owned-measure")
    return base in owned or base + "度" in owned or (is_part and base.endswith("段长"))
