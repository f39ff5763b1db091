"""Numbers before a noun: 45个集群 (集群数量), 10亿亩农田 (农田面积), 45人死亡 (死亡人数)."""

from collections.abc import Sequence

from kg.observations.counted import phrase_after
from kg.observations.dimensions import AMOUNTS, COUNTED, SIZES, SPANS
from kg.observations.frames import Frame, Memory, Slot, Topic
from kg.observations.names import is_made_or_traded, size_noun, value_name, yield_prefix
from kg.observations.nouns import (
    clean_name,
    ends_measure,
    is_deed,
    is_place,
    last_item,
    subject_before,
    text_of,
    trim_front,
)
from kg.observations.outlays import read_capacity, read_output, read_price, read_spent
from kg.observations.people import (
    fate_after,
    of_disaster,
    of_people,
    read_people,
    speaks_of_people_before,
    tells_state,
)
from kg.observations.pieces import Piece
from kg.observations.predicates import average_before, flow_before, peel_verbs
from kg.observations.shares import read_part
from kg.observations.tables import load_measure_verbs, load_source_words, number_words, word_ends
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
    of = bool(slot.right) and slot.right[0].role == "E"
    if dimension == "rate":
        return read_capacity(slot) or read_price(slot)
    if dimension in _NEVER_BEFORE_NOUN:
        return None
    if of and dimension in COUNTED:
        return _read_team(slot)
    if dimension in SIZES and _is_said_before(slot):
        return None
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
        those = _read_those(slot)
        if those is not None:
            return those
    if dimension in COUNTED and (not phrase or speaks_of_people_before(slot) or tells_state(slot)):
        return of_disaster(read_people(slot), memory.subject, slot.sentence)
    if dimension in COUNTED and _tells_of_counted(slot, phrase, memory.topic):
        return None
    phrase = _without_tails(trim_front(phrase), dimension)
    if phrase and slot.left and slot.left[-1].text in number_words("yearly-output"):
        return read_output(slot, phrase)
    noun = clean_name(phrase)
    if dimension in COUNTED and noun == "省":
        noun = "省份"
    is_body = dimension in COUNTED and noun in number_words("set-noun")
    if (len(noun) < 2 and not is_body) or phrase[-1].text in number_words("level"):
        return None
    if dimension in COUNTED and noun.endswith(word_ends("abstract")):
        return None
    if dimension in SIZES and of and noun.endswith(word_ends("capacity")):
        return slot.frame(noun, phrase, "sized-noun", 0.8)  # 日处理8万吨的|污水处理能力
    if dimension == "ratio" and of and _is_rated(slot):
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


def _read_team(slot: Slot) -> Frame | None:
    """20人的代表团: how many people a team has; nothing where the noun after 的 is none."""
    phrase = trim_front(phrase_after(slot.right[1:], "", is_last=slot.is_last))
    noun = clean_name(phrase)
    if slot.quantity.dimension != "people" or not noun.endswith(word_ends("team")):
        return None
    return slot.frame(noun + "人数", phrase, "counted-noun", 0.75)


def _read_those(slot: Slot) -> Frame | None:
    """房屋有裂缝的110户: those of whom the words before 的 are true."""
    left = slot.left
    while left and left[-1].role == "D":
        left = left[:-1]  # 的|仅|191人
    said = [piece for piece in left[:-1] if piece.role not in "U"]
    is_clause = bool(said) and left[-1].role == "E" and any(piece.role in "VA" for piece in said)
    if not is_clause or any(piece.role in "CT" or piece.quantity for piece in said):
        return None
    name = text_of(said)
    if not 1 < len(name) <= _LONGEST_PREDICATE or ends_measure(name):
        return None
    kind = "户数" if slot.quantity.dimension == "households" else "人数"
    return slot.frame(name + kind, said, "people", 0.7)


def _doers(slot: Slot) -> tuple[Piece, ...]:
    """Return those by whom something is done, or nothing: 由12个|国家|参与建设的空间站."""
    if not slot.left or slot.left[-1].text != "由":
        return ()
    right = slot.right
    end = next((i for i, p in enumerate(right) if p.role not in "NAB" or p.tag == "vn"), len(right))
    return tuple(right[:end]) if end < len(right) and right[end].role in "VN" else ()


def _treated(slot: Slot, phrase: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return those to whom something is done, without the deed: 对7种|产品|实施认证; or nothing."""
    if not _leads_to_partner(slot.left):
        return ()
    end = next((i for i, p in enumerate(phrase) if i and p.text in number_words("treating")), 0)
    return tuple(phrase[:end])


def _is_rated(slot: Slot) -> bool:
    """Tell whether a rate before the number is that of the noun after it: 覆盖率|达|98%|的|网点."""
    rest = peel_verbs(slot.left).rest
    is_stated = len(rest) < len(slot.left) or bool(slot.before)
    return is_stated and bool(rest) and rest[-1].text.endswith(word_ends("rate"))


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
    return phrase_after(right[mark + 1 :], "")


def _is_said_before(slot: Slot) -> bool:
    """Tell whether a verb follows what the noun before measures (安排资金15亿元|支持消费)."""
    if not slot.left or not slot.right:
        return False
    last = slot.left[-1]
    is_spent = last.text in number_words("investing") and slot.right[0].text in number_words("spending")
    return last.role == "N" and slot.right[0].role == "V" and ends_measure(last.text) and not is_spent


def _without_tails(phrase: tuple[Piece, ...], dimension: str) -> tuple[Piece, ...]:
    while len(phrase) > 1 and dimension in COUNTED and phrase[-1].text in number_words("counted-tail"):
        phrase = phrase[:-1]
    return phrase


def _read_count(slot: Slot, phrase: Sequence[Piece], noun: str) -> Frame:
    """N个X: the number of X, told apart by what is done with them or measured of them."""
    if slot.quantity.unit == "亿" and noun.endswith(word_ends("people")):
        people = replace(slot.quantity, unit=slot.quantity.unit + "人", dimension="people")
        counted = replace(slot, piece=replace(slot.piece, quantity=people), quantity=people)
        return counted.frame("人口", phrase, "population", 0.7)
    if not slot.quantity.dimension and noun.endswith(word_ends("fund")):
        return slot.frame(noun + "规模", phrase, "sized-noun", 0.75)  # 300亿专项基金
    fate = fate_after(slot, phrase)
    if fate:
        return slot.frame(f"{noun}{fate}人数", phrase, "counted-noun", 0.8)
    name, flow = noun, ""
    is_measured = phrase[-1].text in number_words("measure") and not noun.endswith(word_ends("countable"))
    if slot.quantity.dimension == "count" and is_measured:
        phrase, noun, name = _without_measure(slot, phrase)  # 35个行业|增加值实现增长
    elif not ends_measure(noun) or noun.endswith(word_ends("countable")):
        flow = flow_before(slot.left)
        if is_made_or_traded(flow):
            name = value_name(noun, flow, slot.quantity.dimension)
        else:
            size = size_noun(noun, slot.quantity.dimension) or "数量"
            name = f"{flow or _deed_after(slot, phrase)}{noun}{size}"
        name = f"{_measured_by(slot, phrase)}{average_before(slot.left)}{name}"
        name = _measure_of(slot, phrase, noun) or _said_of(slot, phrase, noun) or name
    name = _done_with(slot, phrase) + name
    if noun.endswith(word_ends("set-noun")):
        task = _task_before(slot, phrase)
        name = task + (name.removeprefix(flow) if task.endswith(flow) else name)
    topic = Topic(name, phrase[0].start, phrase[-1].end, slot.sentence, slot.quantity.dimension, owner=noun)
    return replace(slot.frame(name, phrase, "counted-noun", 0.85), topic=topic)


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


def _deed_after(slot: Slot, phrase: Sequence[Piece]) -> str:
    """Return the verb that ends the clause and tells those counted apart: 3500家企业参展."""
    rest = [piece for piece in slot.rest_after(phrase) if piece.role not in "UD"]
    if slot.is_last and len(rest) == len("在V") and rest[0].text == "在" and rest[1].tag in ("v", "vn"):
        return text_of(rest)  # 252家企业在生产
    if not slot.is_last or len(rest) != 1 or not is_deed(rest[0]) or len(rest[0].text) != len("参展"):
        return ""
    known = load_measure_verbs().get(rest[0].text) or rest[0].text in load_source_words()
    known = known or rest[0].text in number_words("making-up")  # 由7个子系统|组成
    is_done = bool(slot.left) and slot.left[-1].role == "V" and not slot.left[-1].text.endswith("有")
    return "" if is_done or known else rest[0].text


def _said_of(slot: Slot, phrase: Sequence[Piece], noun: str) -> str:
    """Return the name of those counted by what the clause says of them: 50个城市实现转型, or nothing."""
    rest = [piece for piece in slot.rest_after(phrase) if piece.role not in "U"]
    while rest and (rest[0].role == "D" or rest[0].text in number_words("all-of-them")):
        rest = rest[1:]
    if not slot.is_last or len(rest) < 2 or not (is_deed(rest[0]) or _tells_change(rest)):
        return ""
    known = load_measure_verbs().get(rest[0].text)
    if known is not None and known.role != "reach":
        return ""
    has = bool(slot.left) and slot.left[-1].text.endswith("有")  # 本次采购共有8家企业参与竞价
    if not (has or all(_leaves_open(slot.left, at) for at in range(len(slot.left)))):
        return ""
    if any(piece.role not in "NABV“”" or piece.quantity for piece in rest):
        return ""
    deed = text_of(rest)
    if len(deed) > _LONGEST_PREDICATE:
        return ""
    return f"{deed}的{noun}{size_noun(noun, slot.quantity.dimension) or '数量'}"


def _tells_change(rest: Sequence[Piece]) -> bool:
    """Tell whether those counted rose or fell against a time before: 9个指标|环比|上升."""
    verb = load_measure_verbs().get(rest[1].text)
    is_change = verb is not None and verb.role in ("up", "down")
    return is_change and rest[0].text in number_words("comparison-name")


def _leaves_open(left: Sequence[Piece], at: int) -> bool:
    """Tell whether a word before the number says nothing of those counted (已有, 其中, 全省, 该|市)."""
    piece, pointers = left[at], number_words("pointer")
    if piece.text in pointers or (at and left[at - 1].text in pointers):
        return True
    if piece.text in number_words("partner"):
        return False
    return piece.role in "DTURFC" or is_place(piece) or piece.text.endswith(word_ends("bearer"))


def _done_with(slot: Slot, phrase: Sequence[Piece]) -> str:
    """与600家企业建立中心, 在10座山建起步道: those counted are told apart by what is done with them there."""
    rest = slot.rest_after(phrase)
    if not _leads_to_partner(slot.left):
        return ""
    is_deed = len(rest) > 1 and (rest[0].role == "V" or rest[0].text in number_words("treating"))
    if not is_deed or rest[-1].role not in "NAB":
        return ""
    kept = [p for i, p in enumerate(rest) if p.role != "U" and not _describes(rest, i)]
    return text_of(kept) + "的"


def _leads_to_partner(left: Sequence[Piece]) -> bool:
    """Tell whether something is done with, for or at those counted: 对|头盔、灯具|等|7种产品."""
    at = len(left) - 1
    if at > 0 and left[at].role == "G":
        while at >= 0 and left[at].role in "NABE、CG":
            at -= 1
    return at >= 0 and left[at].text in number_words("partner") | {"在"}


def _describes(rest: Sequence[Piece], index: int) -> bool:
    """Tell whether the piece is an adjective with its 的, which a name does without (稳定的经贸关系)."""
    if rest[index].role == "E":
        return index > 0 and rest[index - 1].role == "A"
    return rest[index].role == "A" and index + 1 < len(rest) and rest[index + 1].role == "E"


def _measured_by(slot: Slot, phrase: Sequence[Piece]) -> str:
    """15个测定点亩产高于40公斤: those counted are told apart by what is measured of them."""
    rest = slot.rest_after(phrase)
    if not slot.following or not rest or any(piece.role in ",、(" for piece in rest):
        return ""
    is_bound = any(piece.text in load_measure_verbs() for piece in rest) or not slot.following[0].isdigit()
    if not is_bound or any(piece.text in number_words("average") for piece in rest[:1]):
        return ""
    measure = text_of(rest)
    if measure.startswith(word_ends("sum-lead")) or any(_makes(piece) for piece in rest):
        return ""  # 50个品牌|总价值高达…: of all of them; 12个市|建成了规模超3亿元的…: of what they make
    if not any(ends_measure(piece.text) for piece in rest) and not yield_prefix(measure):
        return ""
    return f"{measure}{slot.following}的"


def _makes(piece: Piece) -> bool:
    """Tell whether *piece* is the verb of what is made or done (建成, 投入), not one that states a number."""
    known = load_measure_verbs().get(piece.text)
    states = known is not None and known.role != "flow" and piece.text not in number_words("building")
    return piece.role == "V" and not states


def _task_before(slot: Slot, phrase: Sequence[Piece]) -> str:
    """启动5个行业的产业大脑建设: a bare class is told apart by what is done to it (启动…建设的)."""
    rest = slot.rest_after(phrase)
    at = next((i for i in range(len(slot.left) - 1, -1, -1) if slot.left[i].role == "V"), None)
    if at is None:
        return ""
    verb = slot.left[at].text
    if verb in number_words("from") or verb.endswith(tuple(number_words("bearer"))):
        return ""
    if rest and rest[0].role == "E":
        task = text_of([piece for piece in rest[1:] if piece.role in "NAB"])
        return f"{verb}{task}的" if task else ""
    if not all(piece.role in "UDM" or is_place(piece) for piece in slot.left[at + 1 :]):
        return ""
    subject = clean_name(last_item(subject_before(slot.left[:at], has_verb=True)))
    return subject + verb if subject else ""


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
