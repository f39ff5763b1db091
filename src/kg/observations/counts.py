"""Numbers before a noun: 45个集群 (集群数量), 10亿亩农田 (农田面积), 45人死亡 (死亡人数)."""

from collections.abc import Sequence
from itertools import pairwise

from kg.observations.counted import phrase_after
from kg.observations.dimensions import AMOUNTS, COUNTED, SIZES, SPANS
from kg.observations.distinctions import (
    deed_after,
    done_with,
    leads_to_partner,
    measured_by,
    said_of,
    task_before,
)
from kg.observations.frames import Frame, Memory, Slot, Topic
from kg.observations.names import is_made_or_traded, size_noun, value_name
from kg.observations.nouns import (
    clean_name,
    ends_measure,
    last_item,
    subject_before,
    text_of,
    trim_front,
)
from kg.observations.outlays import read_ability, read_capacity, read_output, read_price, read_spent
from kg.observations.people import (
    fate_after,
    of_people,
    read_fate,
    read_people,
    read_team,
    read_those,
    speaks_of_people_before,
    tells_state,
)
from kg.observations.pieces import Piece
from kg.observations.predicates import average_before, flow_before, peel_verbs
from kg.observations.shares import read_part
from kg.observations.tables import load_measure_verbs, number_words, word_ends
from kg.records import replace

_NEVER_BEFORE_NOUN = frozenset({"points", "multiple", "doubling", "temperature", "rate"})
_LONGEST_PREDICATE = 12
_INHABITANTS = ("口", "口人")  # 共有480口人


def read_counted(slot: Slot, memory: Memory) -> Frame | None:
    """Return the reading of a number by the noun that follows it, if one does."""
    dimension = slot.quantity.dimension
    if dimension in SPANS:
        return _read_history(slot)
    if slot.piece.text.endswith(_INHABITANTS) and not slot.right:
        return slot.frame("人口", (slot.piece,), "population", 0.7)
    able = read_ability(slot)
    if able is not None:
        return able
    of = bool(slot.right) and slot.right[0].role == "E"
    if dimension == "rate":
        return read_capacity(slot) or read_price(slot)
    if dimension in _NEVER_BEFORE_NOUN:
        return None
    if of and dimension in COUNTED:
        return read_team(slot)
    if dimension in SIZES and _is_said_before(slot):
        return None
    if of and not dimension and slot.left and ends_measure(slot.left[-1].text):
        return None  # 户籍人口|超过100万|的城市
    if dimension == "money" and not of and slot.right:
        if slot.right[0].text in word_ends("rank-verb"):  # 以营业收入210亿元|名列第5位
            return None
        if slot.right[0].text in number_words("spending") and not slot.is_last:
            return None  # 投资30亿元|建设|年产10万吨的项目
        spent = read_spent(slot)
        if spent is not None:
            return spent
    extent = _read_extent(slot) if dimension == "length" else None
    if extent is not None:
        return extent
    phrase = phrase_after(slot.right[of:], slot.quantity.unit, is_last=slot.is_last)
    if dimension in COUNTED and not of:
        phrase = _doers(slot) or _sum_of_list(slot.right) or _treated(slot, phrase) or phrase
    among = _read_among(slot) if dimension in COUNTED else None
    if among is not None:
        return among
    if dimension in COUNTED and slot.left and slot.left[-1].text in number_words("these"):
        return None
    if dimension in ("people", "households") and not slot.right:
        those = read_those(slot) or read_fate(slot)
        if those is not None:
            return those
    if dimension in COUNTED and (not phrase or speaks_of_people_before(slot) or tells_state(slot)):
        return read_people(slot)
    if dimension in COUNTED and _tells_of_counted(slot, phrase, memory.topic):
        return None
    phrase = _without_tails(trim_front(phrase), dimension)
    if phrase and slot.left and slot.left[-1].text in number_words("yearly-output"):
        return read_output(slot, phrase)
    noun = clean_name(phrase)
    said = measured_by(slot, ()) if dimension == "count" and not of and _is_measure(noun) else ""
    if said:
        return _read_measured(slot, said, memory.topic)
    if dimension in COUNTED and noun == "省":
        noun = "省份"
    if dimension in COUNTED and len(phrase) == 1 and phrase[0].tag == "vn" and ends_measure(noun):
        return None  # 68家|亏损: of what is said elsewhere
    is_body = dimension in COUNTED and noun in number_words("set-noun")
    if phrase and _has_own_measure(slot, phrase):
        return slot.frame(noun, phrase, "sized-noun", 0.75)
    if (len(noun) < 2 and not is_body) or phrase[-1].text in number_words("level"):
        return None
    if dimension in COUNTED and noun.endswith(word_ends("abstract")):
        return None
    if dimension in SIZES and of and noun.endswith(word_ends("capacity")):
        made = _listed_stuff(slot, memory.topic)  # 日处理8万吨的|污水处理能力
        return slot.frame(made + noun, phrase, "sized-noun", 0.8)
    if dimension == "ratio" and of and _is_rated(slot):
        return None
    if dimension == "ratio" and not of and _is_of_measure(slot):
        return None
    if dimension == "ratio":
        return read_part(slot, phrase, memory)
    if dimension in COUNTED or (not dimension and slot.quantity.unit):
        return _read_count(of_people(slot, noun), phrase, noun)
    is_extent = dimension == "area" and slot.bound in number_words("bound")  # 50万亩以上的农田
    if dimension in SIZES and (not of or is_extent or ends_measure(noun)):
        return _read_sized(slot, phrase, noun)
    if dimension == "money" and noun.endswith(word_ends("worth")):
        return slot.frame(noun + "金额", phrase, "sized-noun", 0.7)
    return None


def _has_own_measure(slot: Slot, phrase: Sequence[Piece]) -> bool:
    """Tell whether a sum is that of the noun after it and of nothing before: 不接受4300美元的|橡胶价格."""
    is_sum = slot.quantity.dimension == "money" or slot.quantity.unit in number_words("scale")
    is_of = bool(slot.right) and slot.right[0].role == "E" and len(phrase) > 1
    if not is_sum or not is_of or not slot.left or not ends_measure(clean_name(phrase)):
        return False
    verb = next((piece for piece in reversed(slot.left) if piece.role != "U"), slot.left[-1])
    is_told = verb.role == "V" and verb.text not in load_measure_verbs()
    return is_told and phrase[-1].text in number_words("level")


def _doers(slot: Slot) -> tuple[Piece, ...]:
    """Return those by whom something is done, or nothing: 由12个|国家|参与建设的空间站."""
    if not slot.left or slot.left[-1].text != "由":
        return ()
    right = slot.right
    end = next((i for i, p in enumerate(right) if p.role not in "NAB" or p.tag == "vn"), len(right))
    return tuple(right[:end]) if end < len(right) and right[end].role in "VN" else ()


def _treated(slot: Slot, phrase: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return those to whom something is done, without the deed: 对7种|产品|实施认证; or nothing."""
    if not leads_to_partner(slot.left):
        return ()
    end = next((i for i, p in enumerate(phrase) if i and p.text in number_words("treating")), 0)
    return tuple(phrase[:end])


def _is_rated(slot: Slot) -> bool:
    """Tell whether a rate before the number is that of the noun after it: 覆盖率|达|98%|的|网点."""
    rest = peel_verbs(slot.left).rest
    is_stated = len(rest) < len(slot.left) or bool(slot.before)
    return is_stated and bool(rest) and rest[-1].text.endswith(word_ends("rate"))


def _is_of_measure(slot: Slot) -> bool:
    """Tell whether the number says how far the measure before it moved: 建材价格|月|涨|20%|市场观望."""
    verbs = peel_verbs(slot.left)
    moved = clean_name(last_item(subject_before(verbs.rest, has_verb=True)))
    return bool(verbs.change) and not verbs.has_reach and ends_measure(moved)


def _tells_of_counted(slot: Slot, phrase: Sequence[Piece], topic: Topic | None) -> bool:
    """Tell whether the word after the number says what some of those just counted do: 210家|亏损."""
    if topic is None or topic.sentence != slot.sentence or topic.dimension != slot.quantity.dimension:
        return False
    is_whole = len(phrase) == 1 and tuple(phrase) == slot.right and slot.is_last
    return is_whole and phrase[0].tag == "vn" and bool(topic.owner)


def _sum_of_list(right: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the class that 等 sums up: 10个风力、光伏等|新能源项目; nothing where there is no list."""
    mark = next((i for i, piece in enumerate(right) if piece.role == "G"), None)
    if mark is None or not any(piece.role in "、C" for piece in right[:mark]):
        return ()
    if any(piece.role not in "NABV、C“”" or piece.quantity for piece in right[:mark]):
        return ()
    if any(verb.tag == "v" and after.role in "N“" for verb, after in pairwise(right[1:mark])):
        return ()  # 1万个|党组织|开展主题党日等活动
    return phrase_after(right[mark + 1 :], "")


def _is_said_before(slot: Slot) -> bool:
    """Tell whether a verb follows what the noun before measures (安排资金15亿元|支持消费)."""
    if not slot.left or not slot.right:
        return False
    last = slot.left[-1]
    is_spent = last.text in number_words("investing") and slot.right[0].text in number_words("spending")
    return last.role == "N" and slot.right[0].role == "V" and ends_measure(last.text) and not is_spent


def _listed_stuff(slot: Slot, topic: Topic | None) -> str:
    """Return the stuff before the last number of a list of capacities: 锌18万吨、|硫酸|32万吨的产能."""
    if topic is None or topic.sentence != slot.sentence or topic.dimension != slot.quantity.dimension:
        return ""
    stuff = last_item(subject_before(slot.left, has_verb=False))
    name = clean_name(stuff)
    return name if stuff == slot.left[-len(stuff) :] and not ends_measure(name) else ""


def _without_tails(phrase: tuple[Piece, ...], dimension: str) -> tuple[Piece, ...]:
    while len(phrase) > 1 and dimension in COUNTED and phrase[-1].text in number_words("counted-tail"):
        phrase = phrase[:-1]
    return phrase


def _is_measure(noun: str) -> bool:
    return ends_measure(noun) and not noun.endswith(word_ends("countable"))


def _read_measured(slot: Slot, said: str, topic: Topic | None) -> Frame | None:
    """企业120家，其中12家|营业收入超过10亿元: how many of those just counted are as *said*."""
    if topic is None or topic.dimension != slot.quantity.dimension:
        return None
    counted = topic.owner or topic.name.removesuffix("数量")
    return slot.frame(f"{said}{counted}数量", (slot.right[0], slot.right[-1]), "counted-noun", 0.75)


def _read_count(slot: Slot, phrase: Sequence[Piece], noun: str) -> Frame:
    """N个X: the number of X, told apart by what is done with them or measured of them."""
    if slot.quantity.unit == "亿" and noun.endswith(word_ends("people")):
        people = replace(slot.quantity, unit=slot.quantity.unit + "人", dimension="people")
        counted = replace(slot, piece=replace(slot.piece, quantity=people), quantity=people)
        return counted.frame("人口", phrase, "population", 0.7)
    if not slot.quantity.dimension and noun.endswith(word_ends("fund") + word_ends("market")):
        return slot.frame(noun + "规模", phrase, "sized-noun", 0.75)  # 300亿专项基金, 450亿信号市场
    fate = fate_after(slot, phrase)
    if fate:
        return slot.frame(f"{noun}{fate}人数", phrase, "counted-noun", 0.8)
    name, flow = noun, ""
    others: tuple[str, ...] = ()
    is_measured = phrase[-1].text in number_words("measure") and not noun.endswith(word_ends("countable"))
    if slot.quantity.dimension == "count" and is_measured:
        phrase, noun, name = _without_measure(slot, phrase)  # 35个行业|增加值实现增长
    elif not _is_measure(noun):
        flow = flow_before(slot.left)
        if is_made_or_traded(flow):
            name = value_name(noun, flow, slot.quantity.dimension)
        else:
            size = size_noun(noun, slot.quantity.dimension) or "数量"
            name = f"{flow or deed_after(slot, phrase)}{noun}{size}"
        name = f"{measured_by(slot, phrase)}{average_before(slot.left)}{name}"
        said = _measure_of(slot, phrase, noun) or said_of(slot, phrase, noun)
        name, others = (said, (name,)) if said else (name, ())
        if "的" in noun and not others:
            others = (name.rpartition("的")[2],)  # 具有地方特色的|美丽乡村数量
    name = name if others else done_with(slot, phrase) + name
    if noun.endswith(word_ends("set-noun")):
        task = task_before(slot, phrase)
        name = task + (name.removeprefix(flow) if task.endswith(flow) else name)
    topic = Topic(name, phrase[0].start, phrase[-1].end, slot.sentence, slot.quantity.dimension, owner=noun)
    return replace(slot.frame(name, phrase, "counted-noun", 0.85), topic=topic, other_names=others)


def _without_measure(slot: Slot, phrase: Sequence[Piece]) -> tuple[Sequence[Piece], str, str]:
    """Return the class that is counted, its noun and its name: it is told apart by what its measure does."""
    rest = slot.rest_after(phrase)
    if len(rest) > 1 and rest[0].role == "V" and rest[1].role == "N" and rest[1].tag != "vn":
        ends = (i for i, p in enumerate(rest[1:], start=1) if p.role != "N" or p.tag[:1] == "v")
        end = next(ends, len(rest))
        whole = (*phrase, *rest[:end])  # 8个玉米单产|提升|重点县
        return whole, clean_name(whole), clean_name(whole) + size_noun(clean_name(whole), "count")
    if len(phrase) < 2 or not rest or any(piece.role not in "VDURN" for piece in rest):
        return phrase, clean_name(phrase), clean_name(phrase)
    kept, measure = phrase[:-1], phrase[-1].text
    noun = clean_name(kept)
    deed = text_of([p for p in rest if p.role != "U" and p.text not in number_words("all-of-them")])
    return kept, noun, f"{measure}{deed}的{noun}{size_noun(noun, 'count')}"


def _read_among(slot: Slot) -> Frame | None:
    """部门网站中有31个开通了英文版: how many of a class do what the clause says."""
    left, right = slot.left, slot.right
    end = len(left)
    while end and left[end - 1].text in number_words("among"):
        end -= 1
    if not any("中" in piece.text for piece in left[end:]) or not any("有" in p.text for p in left[end:]):
        return None
    if not end or not right or right[0].role not in "VP" or not slot.is_last:
        return None
    if any(piece.role in ",、C(" or piece.quantity for piece in right):
        return None
    noun = clean_name(last_item(subject_before(left[:end], has_verb=False)))
    deed = text_of([piece for piece in right if piece.role != "U"])
    if len(noun) < 2 or not 1 < len(deed) <= _LONGEST_PREDICATE:
        return None
    size = size_noun(noun, slot.quantity.dimension) or "数量"
    return slot.frame(f"{deed}的{noun}{size}", (right[0], right[-1]), "counted-noun", 0.75)


def _measure_of(slot: Slot, phrase: Sequence[Piece], noun: str) -> str:
    """实现100万辆汽车的生产能力: the measure that the number says of the noun, or nothing."""
    rest = slot.rest_after(phrase)
    if len(rest) < 2 or rest[0].role != "E" or any(piece.role not in "NAB" for piece in rest[1:]):
        return ""
    measure = text_of(rest[1:])
    return noun + measure if ends_measure(measure) and measure not in number_words("level") else ""


def _read_history(slot: Slot) -> Frame | None:
    """有2000多年的种植历史: a span of time that the noun after it measures."""
    if not slot.right or slot.right[0].role != "E":
        return None
    phrase = phrase_after(slot.right[1:], "")
    name = clean_name(phrase)
    if (
        not ends_measure(name)
        or name in number_words("empty-name")
        or phrase[-1].text in number_words("level")
    ):
        return None
    return slot.frame(name, phrase, "span-of", 0.7)


def _is_plant(piece: Piece) -> bool:
    return piece.text in number_words("plant") and not ends_measure(piece.text)


def _read_extent(slot: Slot) -> Frame | None:
    """44米深的水池: how deep, high or long the noun after 的 is."""
    right = slot.right
    if len(right) < 3 or right[0].text not in number_words("extent") or right[1].role != "E":
        return None
    phrase = phrase_after(right[2:], "", is_last=slot.is_last)
    return slot.frame(f"{clean_name(phrase)}{right[0].text}度", phrase, "sized-noun", 0.8) if phrase else None


def _read_sized(slot: Slot, phrase: tuple[Piece, ...], noun: str) -> Frame:
    """10亿亩高标准农田: the size of the noun that follows, or its own measure noun."""
    rest = slot.rest_after(phrase)
    if slot.quantity.dimension == "grade":  # 6.8级地震|抗震救灾
        ends = (i for i, piece in enumerate(phrase, start=1) if piece.text.endswith(word_ends("graded")))
        phrase = phrase[: next(ends, len(phrase))]
        noun = clean_name(phrase)
    if not ends_measure(noun):
        if rest and rest[0].role == "C" and ends_measure(text_of(rest)):
            return slot.frame(noun + text_of(rest), (phrase[0], rest[-1]), "sized-noun", 0.8)
        cuts = (i for i in range(1, len(phrase)) if ends_measure(text_of(phrase[:i])))
        phrase = phrase[: next(cuts, len(phrase))]
        noun = clean_name(phrase)
    if not ends_measure(noun) and _measure_of(slot, phrase, noun):
        noun = _measure_of(slot, phrase, noun)
    if slot.quantity.dimension in AMOUNTS and any(_is_plant(p) for p in phrase[1:]):
        return read_output(slot, phrase, per="")  # 60万吨乙烯项目
    if not ends_measure(noun):
        flow, dimension = flow_before(slot.left), slot.quantity.dimension
        if is_made_or_traded(flow):
            noun = value_name(noun, flow, dimension)
        else:
            noun = flow + noun + size_noun(noun, dimension)
    return slot.frame(noun, phrase, "sized-noun", 0.8)
