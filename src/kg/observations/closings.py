"""Numbers that close their statement: 率达63.2%, 同比增长7.5%, 比上月提升5.27个百分点.

What is measured stands to the left, in the clause before, or in the one that opened the list.
"""

from collections.abc import Sequence

from kg.observations.bases import base_name, is_quoted, traded_with
from kg.observations.dimensions import AMOUNTS, CHANGES, COUNTED, SPANS
from kg.observations.frames import Frame, Memory, Slot, Topic
from kg.observations.names import is_made_or_traded, size_noun
from kg.observations.nouns import (
    clean_name,
    ends_measure,
    is_area,
    is_place,
    last_item,
    place_in,
    subject_before,
    text_of,
)
from kg.observations.pieces import Piece
from kg.observations.predicates import (
    Predicate,
    flow_before,
    later_change,
    noun_of_change,
    peel_verbs,
    split_basis,
)
from kg.observations.statements import closing_frame, is_of_money
from kg.observations.subjects import distribute, drop_deed, find_subject
from kg.observations.tables import load_measure_verbs, load_number_kinds, number_words, word_ends
from kg.records import replace
from kg.words import dictionary_tag

_WITH_PARTNER = 2  # pieces of 出口|日本
_FROM_PARTNER = 3  # and of 从|老挝|进口
_LONGEST_PREDICATE = 12  # characters
_DONE_TO = 3  # pieces of 隧道|已|贯通
_VERBAL_TAGS = frozenset({"v", "vn", "vi", "l"})


def read_closing(slot: Slot, memory: Memory) -> list[Frame]:
    """Return what the number measures by the words before it; several where they are a list."""
    topic = memory.topic
    left, basis = split_basis(_with_exceeding(slot))
    verbs = peel_verbs(left)
    if not basis and _is_extent(slot):
        verbs = replace(verbs, change="", rest=left)
    verbs = replace(verbs, rest=_without_setting(verbs.rest))
    if not verbs.change:
        verbs = replace(verbs, change=later_change(slot.right) or noun_of_change(slot.right))
    if slot.quantity.dimension == "ratio" and not verbs.change:
        verbs = replace(verbs, change=_growth_told(left))
    is_broken = slot.before in number_words("breaking") or _reaches_peak(left)
    if is_broken and slot.quantity.dimension not in CHANGES:
        verbs = replace(verbs, change="", has_reach=True)  # 上涨突破2600美元: the price, not its rise
    is_loose = slot.quantity.outer_start < slot.quantity.start
    is_stated = bool(verbs.change or verbs.has_reach or is_loose)
    may_be_nominal = is_stated or slot.quantity.dimension in COUNTED
    phrase = subject_before(verbs.rest, has_verb=is_stated, may_be_nominal=may_be_nominal)
    phrase = _with_gain(verbs.rest, slot) or _with_deed(verbs.rest, slot) or phrase
    partner = _of_partner(slot, topic)
    if partner is not None:
        return [partner]
    items = distribute(phrase, topic, slot)
    if items:
        return [_of_place(closing_frame(slot, verbs, basis, item, topic, base), item) for item, base in items]
    subject = () if _converts(slot) else drop_deed(find_subject(phrase, verbs, topic), slot)
    alone = _mean_alone(slot, topic) or _superlative_alone(slot, topic)
    if alone and topic:
        name = alone + (topic.measure or topic.name)
        return [Frame(slot.piece, name, topic.start, topic.end, topic.sentence, "value", 0.75, topic)]
    subject, verbs = _without_making(slot, subject, verbs)
    goods = "" if subject else _goods_before(slot, verbs, topic)
    if goods and topic:
        goods_of = replace(topic, name=goods, flow="", measure="", wording="")
        return [closing_frame(slot, verbs, basis, (), goods_of, goods)]
    subject, verbs = _settle_flow(slot, subject, verbs, topic)
    verbs = replace(verbs, change=verbs.change or _changed_before(slot, subject, verbs))
    deed = "" if verbs.change else _deed_of_part(slot, topic)
    if deed and topic:
        frame = closing_frame(slot, verbs, basis, (), topic, topic.name)
        return [replace(frame, name=deed, topic=topic, other_names=())]
    if not (
        subject or (_inherits(slot, verbs, topic) and _may_recall(topic, slot, phrase))
    ) or _measures_nothing(slot, verbs):
        return []
    base = base_name(slot, subject, verbs, memory)
    if not slot.quantity.unit and not base.endswith(word_ends("index")):
        return []
    if slot.quantity.dimension in SPANS and not (
        _states_span(slot, verbs) and subject and ends_measure(base)
    ):
        return []
    frame = closing_frame(slot, verbs, basis, subject, topic, base)
    return [frame if subject or not topic else _share_of_place(frame, slot, topic)]


def _mean_alone(slot: Slot, topic: Topic | None) -> str:
    """Return the mean that alone stands before a number of the sort just told: 发送7亿人次，日均1100万."""
    said = [piece.text for piece in slot.left if piece.role not in "UDMT"]
    if topic is None or topic.sentence != slot.sentence or topic.dimension != slot.quantity.dimension:
        return ""
    is_mean = len(said) == 1 and said[0] in number_words("mean") and not slot.right
    return said[0] if is_mean and not topic.is_growth else ""


def _superlative_alone(slot: Slot, topic: Topic | None) -> str:
    """Return the superlative that alone bounds what was just told: 时间不少于5天，最长不超过15天."""
    said = [
        piece.text
        for piece in slot.left
        if piece.text not in number_words("beyond") and piece.role not in "UDMT"
    ]
    if topic is None or topic.sentence != slot.sentence or topic.is_growth or slot.right or len(said) != 1:
        return ""
    is_same = topic.dimension in ("", slot.quantity.dimension) and ends_measure(topic.name)
    is_bound = said[0] in number_words("superlative") and not topic.name.endswith(word_ends("price"))
    return said[0] if is_same and is_bound else ""


def _reaches_peak(left: Sequence[Piece]) -> bool:
    """Tell whether the verb before the number says which peak was reached: 反弹|创出2444元/吨."""
    verb = next((piece.text for piece in reversed(left) if piece.role not in "UDM"), "")
    return verb in number_words("breaking")


def _is_extent(slot: Slot) -> bool:
    """Tell whether an adjective right before a length says which it is: 雕像|高|60米, not how much higher."""
    is_length = slot.quantity.dimension == "length" and bool(slot.left)
    return is_length and slot.left[-1].text in number_words("extent")


def _growth_told(left: Sequence[Piece]) -> str:
    """Return the verb of a growth that 为 states by how much: 同比|增长|分别|为; or nothing."""
    said = [piece for piece in left if piece.role not in "DUM"]
    if len(said) < len("同比为") or said[-1].text != "为":
        return ""
    verb = load_measure_verbs().get(said[-2].text)
    is_growth = verb is not None and verb.role in ("up", "down")
    return said[-2].text if is_growth and said[-3].text in number_words("comparison-name") else ""


def _share_of_place(frame: Frame, slot: Slot, topic: Topic) -> Frame:
    """Name the share of a place after that of another: 甲省占总产能50%，乙省|15%."""
    places = [piece for piece in slot.left if piece.role in "NA"]
    whose, of, whole = topic.name.partition("占")
    if not of or len(places) != 1 or not is_place(places[0]) or dictionary_tag(whose) != "ns":
        return frame
    return replace(frame, name=f"{places[0].text}{of}{whole}", place=places[0], other_names=())


def _with_exceeding(slot: Slot) -> tuple[Piece, ...]:
    """Let 超过 say by how much where points follow what is exceeded: 超过|平均增速|10个百分点."""
    if slot.quantity.dimension != "points":
        return slot.left
    known = number_words("surpassing")
    above = (p.text in known and p.role in "VD" for p in slot.left)
    return tuple(
        replace(p, text="高于", role="V") if is_above else p
        for p, is_above in zip(slot.left, above, strict=True)
    )


def _of_partner(slot: Slot, topic: Topic | None) -> Frame | None:
    """Read 出口日本2.7万吨, 从老挝进口0.5万吨 after the trade of a sentence: its part with one partner."""
    said = [piece for piece in slot.left if piece.role not in "TDUC"]
    if topic is None or slot.sentence not in (topic.sentence, topic.recalled) or topic.is_growth:
        return None
    if said and said[0].text in number_words("from-place"):
        said = [*said[2:], said[1]] if len(said) == _FROM_PARTNER else []
    is_pair = len(said) == _WITH_PARTNER and said[0].text in number_words("trade")
    goods = traded_with(topic.measure or topic.name)
    if not is_pair or not is_place(said[1]) or not goods or topic.dimension != slot.quantity.dimension:
        return None
    towards = "从" if said[0].text == "进口" else "对"
    name = f"{towards}{said[1].text}{goods}{said[0].text}{'额' if is_of_money(slot) else '量'}"
    return replace(slot.frame(name, said[1:], "value", 0.8), place=said[1], topic=topic)


def _of_place(frame: Frame, item: Sequence[Piece]) -> Frame:
    """Let what is said of a place of a list hold there."""
    return replace(frame, place=item[0]) if len(item) == 1 and is_place(item[0]) else frame


def _without_setting(rest: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Cut where a thing is off the phrase that names it: 绿色矿山|在中国|已有5000家."""
    at = next((i for i in range(len(rest) - 1, 0, -1) if rest[i].text == "在"), 0)
    where = rest[at + 1 :]
    is_where = at and where and all(is_place(piece) or piece.role == "F" for piece in where)
    return rest[:at] if is_where and rest[at - 1].role in "NA" else rest


def _with_gain(rest: Sequence[Piece], slot: Slot) -> tuple[Piece, ...]:
    """Return the phrase that a verb such as 增产 or 调水 ends, whose number is how much; or nothing."""
    if not rest or not (rest[-1].text in number_words("gain-verb") or _is_of_stuff(rest[-1], slot)):
        return ()
    total = tuple(piece for piece in rest[-2:-1] if piece.text == "累计")
    return (*last_item(subject_before(rest[:-1], has_verb=True)), *total, rest[-1])


def _is_of_stuff(piece: Piece, slot: Slot) -> bool:
    """Tell whether a verb names what flows, of which the number is the amount (调水, 供气)."""
    if slot.quantity.dimension not in AMOUNTS or piece.role != "V":
        return False
    return piece.text in number_words("amount-verb") or piece.text in number_words("power-verb")


def _with_deed(rest: Sequence[Piece], slot: Slot) -> tuple[Piece, ...]:
    """Return the things counted and what was done to so many of them (隧道|已|贯通|40座), or nothing."""
    if slot.quantity.dimension not in COUNTED or len(rest) < _DONE_TO or rest[-2].role != "D":
        return ()
    deed = rest[-1]
    if deed.role != "V" or len(deed.text) == 1 or deed.text in load_measure_verbs():
        return ()
    things = last_item(subject_before(rest[:-2], has_verb=False))
    is_thing = bool(things) and not ends_measure(clean_name(things)) and things[-1].tag != "nt"
    return (*things, deed) if is_thing and deed.text not in load_number_kinds() else ()


def _changed_before(slot: Slot, subject: Sequence[Piece], verbs: Predicate) -> str:
    """Return the verb of change before what changes: 下调税率5个百分点, 降低成本20%."""
    at = place_in(verbs.rest, subject) if subject else 0
    if not at or verbs.has_reach or verbs.flow:
        return ""
    at -= at > 1 and verbs.rest[at - 1].role == "U"  # 拉高|了|整体增速
    verb = verbs.rest[at - 1]
    is_of_level = slot.quantity.dimension in ("money", "rate") and verb.text in number_words("level-change")
    if slot.quantity.dimension not in ("points", "ratio") and not is_of_level:
        return ""
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
    if topic.dimension not in COUNTED or (not topic.owner and ends_measure(counted)):
        return ""
    said = [piece for piece in slot.left if piece.role not in "CUDMT"]
    is_more = [piece.text for piece in said] in [[word] for word in word_ends("another")]  # 另有|16项
    said = [piece for piece in slot.right if piece.role not in "UD"] if is_more or not said else said
    deeds = [piece for piece in said if piece.text not in number_words("passive")]
    verbs = deeds[1:] if deeds and deeds[0].text == "在" else deeds  # 280家在营业
    size = size_noun("", topic.dimension) or "数量"
    if (slot.is_part or is_more) and _is_predicate(slot.right):
        return f"{text_of([p for p in slot.right if p.role not in 'UD'])}的{counted}{size}"
    if not verbs or any(piece.tag not in _VERBAL_TAGS for piece in verbs):
        return ""
    if is_more and len(slot.right) > len(said):
        return f"{text_of(slot.right)}的{counted}{size}"  # 正在|制定
    if any(piece.text in load_measure_verbs() for piece in deeds[:1]) and len(deeds) == 1:
        return ""
    return text_of(deeds) + counted + size


def _is_predicate(right: Sequence[Piece]) -> bool:
    """Tell whether all that follows a number says what those counted do: 其中20种|获得注册证书."""
    said = [piece for piece in right if piece.role not in "UD"]
    known = load_measure_verbs().get(said[0].text) if said else None
    starts = bool(said) and said[0].role in "VP" and (known is None or known.role == "reach")
    is_whole = len(said) > 1 and all(piece.role in "NABVPF“”" and not piece.quantity for piece in said)
    return starts and is_whole and len(text_of(said)) <= _LONGEST_PREDICATE and said[-1].role != "F"


def _states_span(slot: Slot, verbs: Predicate) -> bool:
    """Tell whether a span of time closes the clause (工期为3年) or only says how long (连续下跌4个月)."""
    if verbs.change and any(piece.text in number_words("lasting") for piece in slot.left):
        return False
    is_closed = not slot.right or slot.right[0].role in "、C”" or slot.right[0].text in number_words("within")
    return slot.is_last and is_closed


def _without_making(
    slot: Slot, subject: tuple[Piece, ...], verbs: Predicate
) -> tuple[tuple[Piece, ...], Predicate]:
    """Take the verb of making out of a phrase, whose amount it names: 油田|生产|原油 is 油田原油产量."""
    if slot.quantity.dimension not in AMOUNTS or verbs.flow or verbs.change:
        return subject, verbs
    if ends_measure(clean_name(subject)) or clean_name(subject).endswith(word_ends("amount-verb")):
        return subject, verbs
    made = (i for i, p in enumerate(subject[:-1]) if i and p.text in number_words("making"))
    at = next(made, 0)
    if not at:
        return subject, verbs
    return (*subject[:at], *subject[at + 1 :]), replace(verbs, flow=subject[at].text)


def _goods_before(slot: Slot, verbs: Predicate, topic: Topic | None) -> str:
    """Return the goods just told of, of which a trade alone says another amount: 产煤3亿吨，进口1亿吨."""
    if topic is None or topic.sentence != slot.sentence or topic.dimension != slot.quantity.dimension:
        return ""
    is_trade = is_made_or_traded(verbs.flow) and slot.quantity.dimension in COUNTED | AMOUNTS | {"money"}
    if not is_trade or verbs.change:
        return ""
    told = topic.measure or topic.name
    size = next((size for size in word_ends("trade-size") if told.endswith(size)), "")
    return told.removesuffix(size) if size else ""


def _settle_flow(
    slot: Slot, subject: tuple[Piece, ...], verbs: Predicate, topic: Topic | None
) -> tuple[tuple[Piece, ...], Predicate]:
    """Find the verb that belongs to what is measured: before it, instead of it, or said earlier."""
    adds = topic and topic.sentence == slot.sentence and topic.dimension == slot.quantity.dimension
    if not subject and adds and verbs.flow in number_words("added"):
        return subject, replace(verbs, flow="", change="增加", is_agent=False)  # 产量14亿吨，净增2亿吨
    is_amount = slot.quantity.dimension in AMOUNTS | {"money"} and not verbs.change
    gained = subject[0].text if len(subject) == 1 and adds and is_amount else ""
    if gained in number_words("more") | number_words("less"):  # 总产6亿吨，比上年|增产|500万吨
        change = "增加" if gained in number_words("more") else "减少"
        return (), replace(verbs, flow="", change=change, is_agent=False)
    is_same = topic and topic.flow == verbs.flow and topic.dimension == slot.quantity.dimension
    trades = verbs.flow in number_words("trade") and not (topic and topic.name.endswith(verbs.flow))
    if not subject and verbs.flow and (slot.quantity.dimension not in CHANGES or trades) and not is_same:
        at = max(i for i, piece in enumerate(slot.left) if piece.text == verbs.flow)
        added = flow_before(slot.left[:at])  # 新增|消费
        added = added if added in number_words("added") else ""
        return (slot.left[at],), replace(verbs, flow=added, is_agent=False)
    if subject and not verbs.flow:
        before = verbs.rest[: verbs.rest.index(subject[0])]
        verbs = replace(verbs, flow=flow_before(before) or _done_before(before, slot))
    if not subject and is_same:
        verbs = replace(verbs, is_agent=False)  # 交付整车12万辆，…交付15万辆
    is_bare_noun = len(slot.left) == len(subject) and not ends_measure(clean_name(subject))
    is_bare_noun = is_bare_noun and not (subject and subject[0].text in load_measure_verbs())
    is_bare_noun = is_bare_noun and all(piece.role not in "VD" for piece in subject)
    is_bare_noun = is_bare_noun and not (subject and subject[-1].text.endswith(word_ends("rebuilding")))
    is_bare_noun = is_bare_noun and slot.quantity.dimension not in SPANS
    is_bare_noun = is_bare_noun and not any(p.text in number_words("superlative") for p in subject)
    is_bare_noun = is_bare_noun and topic is not None and not ends_measure(topic.name)  # 新增|债券规模
    if subject and topic and topic.sentence == slot.sentence and is_bare_noun:
        verbs = replace(verbs, flow=verbs.flow or topic.flow)
    return subject, verbs


def _done_before(before: Sequence[Piece], slot: Slot) -> str:
    """Return the verb of what was done to so many, though no table has it: 走访|群众30万户; or nothing."""
    deed = before[-1] if before else None
    if deed is None or slot.quantity.dimension not in COUNTED or slot.quantity.unit in number_words("scale"):
        return ""
    is_deed = deed.role == "V" and deed.tag in ("v", "vn") and len(deed.text) == len("走访")
    known = deed.text in load_measure_verbs() or deed.text in load_number_kinds()
    return deed.text if is_deed and not known and deed.text not in number_words("plain-deed") else ""


def _measures_nothing(slot: Slot, verbs: Predicate) -> bool:
    """Tell whether a counted noun follows that could not be read, so that the left says nothing."""
    if slot.quantity.unit in number_words("scale") and slot.right and slot.right[0].role in "VD":
        return not (verbs.has_reach or slot.before)  # 公司18.8亿|打包收购
    if slot.quantity.dimension not in COUNTED or verbs.has_reach:
        return False
    return bool(slot.right) and slot.right[0].role in "NAV"


def _inherits(slot: Slot, verbs: Predicate, topic: Topic | None) -> bool:
    """Tell whether a number without subject speaks of the topic before it."""
    if topic is None or slot.quantity.dimension in SPANS:
        return False
    if slot.quantity.dimension == "doubling":
        return True  # 比上年翻了一番
    said = [piece for piece in slot.left if piece.role not in "TDUM"]
    if len(said) == 1 and topic.name.endswith(said[0].text) and topic.dimension == slot.quantity.dimension:
        return True  # 亏损20亿元，上半年又|亏损|12亿元
    if verbs.change and slot.quantity.dimension in CHANGES:
        return True
    if topic.sentence == slot.sentence and is_of_money(slot) and is_quoted(slot):
        return True  # 合约重挫5%，收报每吨2万元
    if topic.sentence == slot.sentence and verbs.change and slot.quantity.dimension == "money":
        return topic.dimension in ("money", "rate")  # 收于369美元/吨，上涨0.4美元
    if _converts(slot):
        return topic.dimension == slot.quantity.dimension and not topic.is_growth
    right = slot.right
    if len(right) > 1 and right[0].role == "E" and right[-1].text not in number_words("level"):
        return False
    if not (verbs.has_reach or verbs.change or _is_bare(slot) or (verbs.flow and verbs.flow == topic.flow)):
        return False
    is_bare_scale = (
        slot.quantity.unit in number_words("scale") and topic.dimension in COUNTED
    )  # 网民2亿，将达3亿
    return is_bare_scale or not topic.dimension or topic.dimension == slot.quantity.dimension


def _converts(slot: Slot) -> bool:
    """Tell whether the number only says the one before it in another unit (约合人民币7万元)."""
    at = next((i for i, piece in enumerate(slot.left) if piece.text in number_words("conversion")), None)
    if at is None or any(ends_measure(piece.text) for piece in slot.left[:at]):
        return False  # 产量相当于…
    flows = (load_measure_verbs().get(piece.text) for piece in slot.left[at + 1 :])
    return not any(verb is not None and verb.role == "flow" for verb in flows)  # 折合|节约|标准煤


def _is_bare(slot: Slot) -> bool:
    """Tell whether nothing but time and place stands before the number, and nothing after it."""
    if slot.right and slot.right[0].role not in "、C”":
        return False
    return slot.is_first and all(
        p.role in "TDM“”" or is_area(p) or p.text in load_number_kinds() or p.text in number_words("survey")
        for p in slot.left
    )
