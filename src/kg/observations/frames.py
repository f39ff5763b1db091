"""From a number in its clause to what it measures.

A clause is read outwards from the number. What follows it decides between a *counted* noun
(45个集群: 集群数量), a *shared* one (92.5%的事项: 事项占比) and a *closing* number, whose subject
stands to the left (率达63.2%), in the clause before, or in the one that opened the list.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from kg.numerals import Quantity, parse_chinese_number
from kg.observations.nouns import (
    clean_name,
    ends_measure,
    is_place,
    last_item,
    measure_head,
    phrase_after,
    split_items,
    subject_before,
    text_of,
    trim_front,
)
from kg.observations.pieces import Piece
from kg.observations.tables import load_dimension_nouns, load_measure_verbs, load_number_kinds, load_source_words, number_words

_COUNTED = frozenset({"count", "people", "households", "population"})
_SIZES = frozenset({"area", "length", "mass", "volume", "power", "energy", "money", "data", "coal"})
_CHANGES = frozenset({"ratio", "points", "multiple", "doubling"})
_SPANS = frozenset({"duration", "age"})
_GLUE = frozenset("在到至为于出了着过以")
_ARRIVALS = frozenset("到至为")
_SHARES = ("占", "占到", "占据", "占有")
_SHARE_NOUNS = ("比重", "比例", "份额", "比")
_LONG_PREDICATE = 8
_LONGEST_PREDICATE = 12
_SHORTEST_OWNER = 3
_LOWEST_RANK = 2  # a first place is praise rather than a figure


@dataclass(frozen=True, slots=True)
class Topic:
    """What the text was last measuring: base name, its measure noun, and where it was named."""

    name: str
    start: int
    end: int
    sentence: int
    dimension: str = ""
    comparison: str = ""
    is_growth: bool = False
    owner: str = ""
    flow: str = ""

    @property
    def head(self) -> str:
        """The measure noun that parts of this topic share."""
        return measure_head(self.name)


@dataclass(frozen=True, slots=True)
class Frame:
    """One reading of a number: indicator ``name`` with the place of the words it was built from.

    ``start`` and ``end`` count from the start of sentence ``sentence``; ``place`` is the piece that
    names where the number holds, where that is said in a list (美国、中国分别增长…).
    """

    piece: Piece
    name: str
    start: int
    end: int
    sentence: int
    rule: str
    confidence: float
    topic: Topic | None = None
    place: Piece | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A number with the pieces left and right of it in its clause."""

    piece: Piece
    quantity: Quantity
    left: tuple[Piece, ...]
    right: tuple[Piece, ...]
    is_first: bool
    is_last: bool
    sentence: int
    is_part: bool = False
    following: str | None = None

    def is_bare_verb(self, left: Sequence[Piece]) -> bool:
        """Tell whether nothing but a verb stands before the number, so that its subject is understood."""
        return all(piece.role in "DMTV" for piece in left)


def find_slots(clause: Sequence[Piece], sentence: int, *, is_part: bool) -> list[Slot]:
    """Return the numbers of a clause, each with what stands between it and its neighbours."""
    places = [i for i, piece in enumerate(clause) if piece.quantity and not _is_period(clause, i)]
    slots: list[Slot] = []
    for order, place in enumerate(places):
        quantity = clause[place].quantity
        if quantity is None:
            continue
        begin = places[order - 1] + 1 if order else 0
        end = places[order + 1] if order + 1 < len(places) else len(clause)
        left = tuple(p for p in clause[begin:place] if p.start < quantity.outer_start)
        if slots:
            cut = max((i + 1 for i, p in enumerate(left) if p.role in "、C"), default=0)
            left = left[cut:]
        bound = clause[end].quantity.outer_start if end < len(clause) and clause[end].quantity else len(clause[-1].text) + clause[-1].end
        right = tuple(p for p in clause[place + 1 : end] if quantity.outer_end <= p.start < bound)
        if slots and slots[-1].right and slots[-1].right[-1].role in "、C" and not left:
            left = slots[-1].left
        slots.append(Slot(clause[place], quantity, left, right, not order, order + 1 == len(places), sentence, is_part, _loose_text(clause, end)))
    return slots


def _is_period(clause: Sequence[Piece], place: int) -> bool:
    """Tell whether a span of time says how long a change took (规模10年增加10倍)."""
    quantity = clause[place].quantity
    if quantity is None or quantity.dimension not in _SPANS or place + 1 == len(clause):
        return False
    return clause[place + 1].role in "VD" and any(piece.quantity for piece in clause[place + 1 :])


def _loose_text(clause: Sequence[Piece], place: int) -> str | None:
    """Return the number at *place* as written, with what loosens it (高于40公斤)."""
    quantity = clause[place].quantity if place < len(clause) else None
    if quantity is None:
        return None
    return text_of([p for p in clause if quantity.outer_start <= p.start < quantity.outer_end])


def read_slot(slot: Slot, topic: Topic | None, owner: Topic | None = None) -> list[Frame]:
    """Return what the number of *slot* measures; nothing where it measures nothing."""
    share = _read_share(slot, topic)
    if share is not None:
        return [share]
    if slot.left and slot.left[-1].text in number_words("opener"):
        if slot.left[-1].role != "E" or slot.quantity.dimension not in _COUNTED:
            return []
    if any(p.text == "每" for p in slot.left[-3:]) and not any(p.text in ("有", "就") for p in slot.left[-2:]):
        return []
    if _is_starting_point(slot.left):
        return []
    proportion = _read_proportion(slot)
    if proportion is not None:
        return [proportion]
    counted = _read_counted(slot, topic, owner)
    if counted is not None:
        return [counted]
    if any(piece.text in number_words("remainder") for piece in slot.left):
        return []
    return _read_closing(slot, topic, owner)


def _is_starting_point(left: Sequence[Piece]) -> bool:
    """Tell whether the number is where a change began (从42.2%提升至47.3%), with no time of its own."""
    return bool(left) and left[-1].text in number_words("origin")


# ---- 占…比重 -------------------------------------------------------------------------------------


def _read_share(slot: Slot, topic: Topic | None) -> Frame | None:
    """X占Y(的/比重达)N%: the share of X in Y."""
    if slot.quantity.dimension != "ratio":
        return None
    left = slot.left
    place = next((i for i in range(len(left) - 1, -1, -1) if left[i].text in _SHARES), None)
    if place is None:
        return None
    whole = text_of([p for p in left[place + 1 :] if p.role in "NABE" and p.text not in load_measure_verbs()])
    whole = whole.removesuffix("的")
    for noun in _SHARE_NOUNS:
        whole = whole.removesuffix(noun).removesuffix("的")
    subject = last_item(subject_before(left[:place], has_verb=True))
    if not subject and topic is None:
        return None
    start, end, name, sentence = _named(subject, topic, slot)
    full = f"{name}占{whole}比重"
    new = Topic(full, start, end, sentence, "ratio")
    return Frame(slot.piece, full, start, end, sentence, "share-of", 0.9, new)


def _read_proportion(slot: Slot) -> Frame | None:
    """X有N%做Y, X中N%在Y: the share of X that does Y."""
    if slot.quantity.dimension != "ratio" or not slot.right or slot.right[0].role not in "VP" or not slot.left:
        return None
    if slot.right[0].text in load_measure_verbs() and slot.right[0].text not in ("布局", "覆盖"):
        return None
    end = len(slot.left)
    while end and slot.left[end - 1].text in ("有", "中", "就", "约"):
        end -= 1
    if any(p.text in load_measure_verbs() for p in slot.left[:end]):
        return None
    subject = last_item(subject_before(slot.left[:end], has_verb=False))
    predicate = text_of(slot.right).strip("“”")
    if not subject or ends_measure(clean_name(subject)) or len(predicate) < 3:
        return None
    name = f"{clean_name(subject)}{predicate}的比例"
    return Frame(slot.piece, name, subject[0].start, slot.right[-1].end, slot.sentence, "part-that", 0.7)


# ---- 45个集群, 92.5%的事项 -----------------------------------------------------------------------


def _read_counted(slot: Slot, topic: Topic | None, owner: Topic | None) -> Frame | None:
    """N个X, N亿亩X, N%的X: the noun that follows is what is counted or shared."""
    dimension = slot.quantity.dimension
    if dimension in _SPANS:
        return _read_history(slot, owner)
    if dimension in ("points", "multiple", "doubling", "temperature", "rate"):
        return None
    right = slot.right
    of = bool(right) and right[0].role == "E"
    if of and dimension in _COUNTED:
        return None
    phrase = phrase_after(right[1:] if of else right, slot.quantity.unit, is_last=slot.is_last)
    if not phrase and dimension in _COUNTED:
        return _read_people(slot)
    if not phrase or phrase[-1].text in number_words("level"):
        return None
    phrase = trim_front(phrase)
    while len(phrase) > 1 and dimension in _COUNTED and phrase[-1].text in number_words("counted-tail"):
        phrase = phrase[:-1]
    noun = clean_name(phrase)
    if len(noun) < 2:
        return None
    if dimension == "ratio":
        rest = right[right.index(phrase[-1]) + 1 :]
        return _read_part(slot, phrase, rest, topic, owner)
    if not dimension and slot.quantity.unit == "亿" and noun.endswith(number_words("people")):
        people = replace(slot.quantity, unit=slot.quantity.unit + "人", dimension="people")
        piece = replace(slot.piece, quantity=people)
        return Frame(piece, "人口", phrase[0].start, phrase[-1].end, slot.sentence, "population", 0.7)
    if dimension in _COUNTED or not dimension and slot.quantity.unit:
        flow = _flow_before(slot.left)
        name = noun if ends_measure(noun) else f"{_rate_before(slot.left)}{flow}{noun}数量"
        name = _done_with(slot, phrase) + name
        if not slot.is_last and not ends_measure(noun):
            name = _measured_by(slot, phrase) + name
        if noun.endswith(number_words("set-noun")):
            name = _task_before(slot, phrase) + name
        topic = Topic(name, phrase[0].start, phrase[-1].end, slot.sentence, dimension, owner=noun)
        return Frame(slot.piece, name, phrase[0].start, phrase[-1].end, slot.sentence, "counted-noun", 0.85, topic)
    if dimension in _SIZES and (not of or ends_measure(noun)):
        return _read_sized(slot, phrase, noun)
    return None


def _share_nouns() -> tuple[str, ...]:
    return number_words("rate")


def _read_people(slot: Slot) -> Frame | None:
    """45人死亡: the people of whom the verb is said."""
    if slot.quantity.dimension != "people" or not slot.right or slot.right[0].role not in "VP" or slot.left[-1:] and slot.left[-1].role == "N":
        return None
    predicate = [p for p in slot.right if p.role not in "”“"]
    name = text_of(predicate)
    if len(name) > _LONGEST_PREDICATE:
        return None
    suffix = "人次" if slot.quantity.unit.endswith("人次") else "人数"
    return Frame(slot.piece, name + suffix, predicate[0].start, predicate[-1].end, slot.sentence, "people", 0.7)


def _rate_before(left: Sequence[Piece]) -> str:
    """Return what a count is averaged over (日均, 每平方公里), or nothing."""
    for place in range(len(left) - 1, -1, -1):
        if left[place].text in number_words("average"):
            return left[place].text
        if left[place].text == "每" and place + 1 < len(left):
            whose = clean_name(last_item(subject_before(left[:place], has_verb=False)))
            return whose + left[place].text + left[place + 1].text
    return ""


def _done_with(slot: Slot, phrase: Sequence[Piece]) -> str:
    """与600家企业建立中心: those counted are told apart by what is done with them (建立中心的)."""
    rest = slot.right[slot.right.index(phrase[-1]) + 1 :]
    if not (slot.left and slot.left[-1].role == "P" and slot.left[-1].text in number_words("partner")):
        return ""
    if len(rest) < 2 or rest[0].role != "V" or rest[-1].role not in "NAB":
        return ""
    return text_of([p for p in rest if p.role != "U"]) + "的"


def _measured_by(slot: Slot, phrase: Sequence[Piece]) -> str:
    """15个测定点亩产高于40公斤: those counted are told apart by what is measured of them."""
    rest = slot.right[slot.right.index(phrase[-1]) + 1 :]
    if slot.following is None or not rest or any(p.role in ",、" for p in rest):
        return ""
    measure = text_of(rest)
    if not any(ends_measure(p.text) for p in rest) and not _yield_prefix(measure):
        return ""
    return f"{measure}{slot.following}的"


def _task_before(slot: Slot, phrase: Sequence[Piece]) -> str:
    """启动5个行业的产业大脑建设: a bare class noun is told apart by what is done to it (启动…建设的)."""
    rest = slot.right[slot.right.index(phrase[-1]) + 1 :]
    verb = next((p.text for p in reversed(slot.left) if p.role == "V"), "")
    if not rest or rest[0].role != "E":
        at = next((i for i in range(len(slot.left) - 1, -1, -1) if slot.left[i].role == "V"), None)
        if at is None or any(p.role not in "UDMN" or p.role == "N" and not is_place(p) for p in slot.left[at + 1 :]):
            return ""
        subject = clean_name(last_item(subject_before(slot.left[:at], has_verb=True)))
        return f"{subject}{slot.left[at].text}" if subject else ""
    task = text_of([p for p in rest[1:] if p.role in "NAB"])
    return f"{verb}{task}的" if task else ""


def _read_history(slot: Slot, owner: Topic | None) -> Frame | None:
    """有2000多年的种植历史: a span of time that the noun after it measures."""
    phrase = phrase_after(slot.right[1:], "") if slot.right and slot.right[0].role == "E" else ()
    name = clean_name(phrase)
    if not phrase or not ends_measure(name) or phrase[-1].text in number_words("level"):
        return None
    return Frame(slot.piece, name, phrase[0].start, phrase[-1].end, slot.sentence, "span-of", 0.7)


def _read_sized(slot: Slot, phrase: Sequence[Piece], noun: str) -> Frame | None:
    """10亿亩高标准农田: the size of the noun that follows; of money only with its own measure noun."""
    dimension = slot.quantity.dimension
    cut = next((i + 1 for i in range(len(phrase) - 1) if ends_measure(text_of(phrase[: i + 1]))), len(phrase))
    rest = slot.right[slot.right.index(phrase[-1]) + 1 :]
    if not ends_measure(noun) and rest and rest[0].role == "C" and ends_measure(text_of(rest)):
        return Frame(slot.piece, noun + text_of(rest), phrase[0].start, rest[-1].end, slot.sentence, "sized-noun", 0.8)
    if not ends_measure(noun) and cut < len(phrase):
        phrase, noun = phrase[:cut], clean_name(phrase[:cut])
    name = noun if ends_measure(noun) else _flow_before(slot.left) + noun + _size_noun(noun, dimension)
    return Frame(slot.piece, name, phrase[0].start, phrase[-1].end, slot.sentence, "sized-noun", 0.8)


def _read_part(
    slot: Slot, phrase: Sequence[Piece], rest: Sequence[Piece], topic: Topic | None, thing: Topic | None
) -> Frame:
    """N%的X做Y: the share of X that does Y; 汇聚全国N%的X: the share in the whole."""
    noun = clean_name(phrase)
    start, end = phrase[0].start, phrase[-1].end
    left = slot.left
    if ends_measure(noun) and (slot.right[0].role != "E" or noun.endswith(_share_nouns())):
        return Frame(slot.piece, noun, start, end, slot.sentence, "sized-noun", 0.7)
    whole = ""
    if left and left[-1].role == "E":
        left = left[:-1]
    if left and is_place(left[-1]):
        whole, left = left[-1].text, left[:-1]
    while left and left[-1].role in "UD":
        left = left[:-1]
    if left and left[-1].role in "NA" and not whole:
        noun = clean_name(last_item(subject_before(left, has_verb=False))) + noun
    predicate = text_of(rest).strip("、").removeprefix("都").removeprefix("已").removeprefix("实现")
    if left and left[-1].role == "V" and left[-1].text not in ("有", "为", "是"):
        owner = clean_name(last_item(subject_before(left[:-1], has_verb=True)))
        if not owner and slot.is_bare_verb(left) and topic is not None and topic.sentence == slot.sentence:
            owner = topic.owner
        if not owner and thing is not None and thing.sentence == slot.sentence:
            owner = thing.name
        if whole and not predicate:
            return Frame(slot.piece, f"{owner}{noun}占{whole}比重", start, end, slot.sentence, "part-of-whole", 0.75)
        return Frame(slot.piece, f"{owner}{left[-1].text}{noun}占比", start, end, slot.sentence, "part-of", 0.7)
    if rest and rest[0].role in "VDMP" and len(predicate) > 1:
        of = "的" if len(predicate) >= _LONG_PREDICATE else ""
        return Frame(slot.piece, f"{predicate}{of}{noun}占比", start, rest[-1].end, slot.sentence, "part-that", 0.7)
    return Frame(slot.piece, f"{noun}占比", start, end, slot.sentence, "part", 0.6)


def _flow_before(left: Sequence[Piece]) -> str:
    """Return the verbs that make the count a flow (新建、改建), or nothing."""
    verbs = load_measure_verbs()
    found: list[str] = []
    for piece in reversed(left):
        if piece.text in verbs and verbs[piece.text].role == "flow" and (len(piece.text) > 1 or piece.role == "V"):
            found.insert(0, piece.text)
        elif piece.role not in "UDMT、C":
            break
    return "".join(found)


# ---- …率达63.2%, 同比增长7.5% --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Verbs:
    """The verbs peeled off the left of a number, and what remains before them."""

    change: str
    flow: str
    has_reach: bool
    rest: tuple[Piece, ...]


def _read_closing(slot: Slot, topic: Topic | None, owner: Topic | None) -> list[Frame]:
    """X达N, X同比增长N%, 比上月提升N个百分点: what is measured stands before the number."""
    dimension = slot.quantity.dimension
    left, basis = split_basis(slot.left)
    verbs = _peel_verbs(left)
    if not verbs.change:
        verbs = replace(verbs, change=_later_change(slot.right))
    is_loose = slot.quantity.outer_start < slot.quantity.start
    phrase = subject_before(verbs.rest, has_verb=bool(verbs.change or verbs.has_reach or is_loose))
    items = _distribute(phrase, topic, slot)
    if items:
        return [_closing_frame(slot, verbs, basis, item, topic, base) for item, base in items]
    subject = _until_measure(last_item(phrase))
    if len(subject) and all(is_place(p) for p in subject):
        subject = ()
    if topic and len(subject) == 1 and topic.name.endswith(subject[0].text) and _is_pointed_at(verbs.rest, subject[0]):
        subject = ()
    while len(subject) > 1 and subject[-1].text in load_number_kinds():
        subject = subject[:-1]
    if clean_name(subject) in load_number_kinds():
        subject = ()
    if not subject and verbs.flow and verbs.flow in text_of(slot.left) and dimension not in _CHANGES:
        subject = tuple(p for p in slot.left if p.text == verbs.flow)[-1:]
        verbs = replace(verbs, flow="")
    elif subject and not verbs.flow:
        verbs = replace(verbs, flow=_flow_before(verbs.rest[: verbs.rest.index(subject[0])]))
    if subject and topic and topic.sentence == slot.sentence and len(slot.left) == len(subject):
        verbs = replace(verbs, flow=verbs.flow or topic.flow)
    if not subject and not _inherits(slot, verbs, topic):
        return []
    _, _, base, _ = _named(subject, topic, slot)
    if len(subject) > 1 and subject[-1].text in number_words("superlative"):
        base = _raise_superlative(subject)
    if subject and topic and not ends_measure(base) and slot.is_part and topic.head and base[-1] != "长":
        base += topic.head
    if dimension in _COUNTED and slot.right and slot.right[0].role in "NAV" and not verbs.has_reach:
        return []
    if len(subject) == 1 and ends_measure(base) and slot.right and slot.right[0].role == "E" and not verbs.change:
        base = clean_name(phrase_after(slot.right[1:], "")) + base
    if subject and topic and not ends_measure(base) and len(slot.left) == len(subject):
        base = _yield_prefix(topic.name) + base
    if subject and topic and base in number_words("growth"):
        base = topic.name + base
    elif subject:
        base = _agent_before(verbs.rest, subject, base) + base
    if not slot.quantity.unit and measure_head(base) not in number_words("index"):
        return []
    if owner and (base in number_words("owned-measure") or base + "度" in number_words("owned-measure")):
        base = owner.name + base
    elif owner and slot.is_part and base.endswith("段长"):
        base = owner.name + base
    if dimension in _SPANS and (not (subject and ends_measure(base)) or not slot.is_last):
        return []
    return [_closing_frame(slot, verbs, basis, subject, topic, base)]


def _later_change(right: Sequence[Piece]) -> str:
    """以年均15万亩幅度增加: the verb of change that stands after the number."""
    if len(right) < 2 or not any(p.text in number_words("pace") for p in right[:2]):
        return ""
    known = load_measure_verbs()
    return next((p.text for p in right[1:4] if p.text in known and known[p.text].role in ("up", "down")), "")


def _yield_prefix(name: str) -> str:
    """Return what comes before the crop in a yield (平均亩产 of 平均亩产油茶果), or nothing."""
    for word in (number_words("yield")):
        before, found, crop = name.partition(word)
        if found and crop:
            return before + found
    return ""


def _raise_superlative(subject: Sequence[Piece]) -> str:
    """亩产茶油最高: 最高亩产茶油, with the superlative before the measure."""
    name = clean_name(subject[:-1])
    for word in (number_words("yield")):
        before, found, crop = name.partition(word)
        if found:
            return before + subject[-1].text + found + crop
    return subject[-1].text + name


def _is_pointed_at(left: Sequence[Piece], piece: Piece) -> bool:
    """Tell whether a demonstrative stands before *piece* (该指数), so that it is the topic."""
    place = next((i for i, p in enumerate(left) if p == piece), 0)
    return place > 0 and left[place - 1].text in number_words("pointer")


def _until_measure(subject: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """End the subject at its measure noun where adverb and verb follow (模型数量|已备案)."""
    end = len(subject)
    while end and subject[end - 1].role in "DVU":
        end -= 1
    return subject[:end] if end and ends_measure(text_of(subject[:end])) else subject


def _agent_before(rest: Sequence[Piece], subject: Sequence[Piece], base: str) -> str:
    """三大产业集聚人才80万人, 工业企业实现利润: whose the measure is, with the verb that joins them."""
    place = next((i for i, p in enumerate(rest) if p == subject[0]), 0)
    end = place
    while end and rest[end - 1].role in "U":
        end -= 1
    if not end or rest[end - 1].role != "V":
        return ""
    verb = rest[end - 1]
    known = load_measure_verbs().get(verb.text)
    if known is None or known.role not in ("reach", "flow"):
        return ""
    end -= 1
    while end and (rest[end - 1].role in "DMTU" or rest[end - 1].text in load_number_kinds()):
        end -= 1
    agent = last_item(subject_before(rest[:end], has_verb=False))
    name = clean_name(agent)
    if not agent or all(is_place(p) for p in agent) or name in number_words("plain-subject"):
        return ""
    if known.role == "flow":
        return name + ("" if base.startswith(verb.text) else verb.text)
    return name + (verb.text if verb.text in number_words("joining-verb") else "")


def _inherits(slot: Slot, verbs: _Verbs, topic: Topic | None) -> bool:
    """Tell whether a number without subject speaks of the topic before it."""
    if topic is None or slot.quantity.dimension in _SPANS:
        return False
    if verbs.change and slot.quantity.dimension in _CHANGES:
        return True
    if len(slot.right) > 1 and slot.right[0].role == "E" and slot.right[-1].text not in number_words("level"):
        return False
    if not (verbs.has_reach or verbs.change or _is_bare(slot)):
        return False
    return not topic.dimension or topic.dimension == slot.quantity.dimension


def _is_bare(slot: Slot) -> bool:
    """Tell whether nothing but time and place stands before the number."""
    if slot.right and slot.right[0].role not in "、C”":
        return False
    return slot.is_first and all(p.role in "TDM“”" or is_place(p) for p in slot.left)


def _closing_frame(
    slot: Slot, verbs: _Verbs, basis: str, subject: Sequence[Piece], topic: Topic | None, base: str
) -> Frame:
    dimension = slot.quantity.dimension
    start, end, _, sentence = _named(subject, topic, slot)
    comparison = _comparison_words(slot.left) or (topic.comparison if topic and (slot.is_part or not subject) else "")
    if verbs.change or dimension == "doubling":
        name = _change_name(base, verbs.change, basis, comparison, dimension, topic)
        rule = "change"
    else:
        name = _value_name(base, verbs.flow, dimension)
        rate = _rate_before(slot.left) if verbs.flow or subject else ""
        name = name if rate in name else rate + name
        rule = "value"
    kept = topic.dimension if topic and not subject else ""
    new = Topic(base, start, end, sentence, kept if verbs.change else dimension, comparison, bool(verbs.change))
    new = replace(new, flow=verbs.flow)
    return Frame(slot.piece, name, start, end, sentence, rule, 0.9 if subject else 0.75, new)


def _value_name(base: str, flow: str, dimension: str) -> str:
    """Name the measure of *base*: as it is where it ends in a measure noun, else by the unit."""
    if ends_measure(base) or dimension in ("", "rate") or (dimension == "mass" and _yield_prefix(base)):
        return _with_flow(base, flow)
    if base.endswith("长") and dimension == "length":
        return base + "度"
    verb = load_measure_verbs().get(flow)
    if dimension == "mass" and (verb and verb.name == "产" or "产" in base):
        return base + "产量"
    if dimension == "money" and verb and verb.name:
        return base + verb.name + "额"
    if dimension == "people" and base in load_measure_verbs():
        return base + "人数"
    return _with_flow(base, flow) + _size_noun(base, dimension)


def _size_noun(base: str, dimension: str) -> str:
    """Return the noun that names the size of *base*: 里程 of a road, else by the dimension."""
    if dimension == "length" and base.endswith(number_words("road")):
        dimension = "length-road"
    return load_dimension_nouns().get(dimension, "")


def _with_flow(base: str, flow: str) -> str:
    return flow + base if flow and flow not in base else base


def _change_name(
    base: str, change: str, basis: str, comparison: str, dimension: str, topic: Topic | None
) -> str:
    """Name the change of *base*: 同比增长率, 升幅, 增加量."""
    if dimension == "doubling":
        return f"{base}{basis}增长"
    verb = load_measure_verbs()[change]
    fell = verb.role == "down"
    if dimension == "multiple":
        return f"{base}{'减少' if fell else '增长'}倍数"
    if dimension == "points":
        if verb.name.startswith("增速"):
            return f"{base}增速{basis}{verb.name.removeprefix('增速')}"
        if verb.name == "高出幅度" and basis and basis[0] not in "比较与同":
            growth = "增速" if topic and topic.is_growth else ""
            return f"{base}{growth}{change}{basis}{growth}幅度"
        return f"{base}{'降幅' if fell else '升幅'}"
    if dimension != "ratio":
        return f"{base}{comparison}{'减少量' if fell else '增加量'}"
    if any(word in base for word in ("增速", "增长", "增幅")):
        return base
    return f"{base}{comparison}{verb.name}"


def _comparison_words(left: Sequence[Piece]) -> str:
    text = text_of(left)
    return next((words for words in ("同比", "环比", "年均", "年平均", "月均") if words in text), "")


def _peel_verbs(left: Sequence[Piece]) -> _Verbs:
    """Peel verbs, adverbs and times off the end of *left*."""
    known = load_measure_verbs()
    change = flow = ""
    has_reach = arrives = False
    end = len(left)
    while end:
        piece = left[end - 1]
        verb = known.get(piece.text)
        if verb is not None and (piece.role in "VBPMU" or piece.role == "N" and _is_last_noun(left, end)):
            arrives = arrives or not change and piece.text in _ARRIVALS
            if verb.role == "reach" or arrives and verb.role in ("up", "down"):
                has_reach = True
            elif verb.role == "flow":
                flow = flow or piece.text
            else:
                change = change or piece.text
        elif not (piece.role in "UDMTI“”" or piece.quantity or piece.text in _GLUE or piece.text in number_words("filler")):
            break
        end -= 1
    return _Verbs(change, flow, has_reach, tuple(left[:end]))


def _is_last_noun(left: Sequence[Piece], end: int) -> bool:
    """Tell a verb that was taken for a noun (…同比增长/N 7.5%) from a noun that is measured."""
    verb = load_measure_verbs()[left[end - 1].text]
    if verb.role in ("up", "down", "reach"):
        return True
    return not (end > 1 and left[end - 2].role in "NAE")


def split_basis(left: Sequence[Piece]) -> tuple[tuple[Piece, ...], str]:
    """Take out what the number is compared with: 比上月, 较上年12月份, 高出全部固定资产投资."""
    for place, piece in enumerate(left):
        if piece.text in ("比", "较", "与", "同", "比起") and place + 1 < len(left):
            end = place + 1
            while end < len(left) and left[end].role in "TNEAFB" and left[end].text not in load_measure_verbs():
                end += 1
            if left[place + 1].role == "T" or piece.text in ("比", "较") and end < len(left):
                return (*left[:place], *left[end:]), text_of(left[place:end])
        if piece.text in number_words("exceeding") and place + 1 < len(left) and left[-1].role in "NE":
            return tuple(left[: place + 1]), text_of(left[place + 1 :]).removesuffix("的")
    return tuple(left), ""


def _distribute(
    phrase: Sequence[Piece], topic: Topic | None, slot: Slot
) -> list[tuple[tuple[Piece, ...], str]]:
    """Multiply out A、B和C等行业指数 and A和B均…: each member with the shared measure noun."""
    items = split_items(phrase)
    if len(items) < 2:
        return []
    tail = items[-1]
    listed = next((i for i, p in enumerate(tail) if p.role == "G"), None)
    every = any(p.text in ("均", "都", "分别") for p in slot.left)
    if listed is None and not every:
        return []
    if listed is not None:
        items[-1] = tail[:listed]
        shared = [p for p in tail[listed + 1 :] if p.text not in number_words("class-noun")]
    else:
        shared = []
    measure = text_of(shared)
    if topic is not None and (not measure or topic.name.endswith(measure)) and listed is not None:
        measure = topic.name
    if len(items[-1]) and not measure and ends_measure(text_of(items[-1])) and not ends_measure(text_of(items[0])):
        return []
    return [(trim_front(item), clean_name(trim_front(item)) + measure) for item in items if trim_front(item)]


# ---- 美国、中国分别增长2.1%、4.6% ----------------------------------------------------------------


def read_distribution(
    clause: Sequence[Piece], sentence: int, topic: Topic | None, recent: Sequence[Topic]
) -> list[Frame]:
    """Read 分别: the n-th number belongs to the n-th subject, place or measure named before."""
    numbers = [p for p in clause if p.quantity]
    mark = next((i for i, p in enumerate(clause) if p.text == "分别"), None)
    if mark is None or len(numbers) < 2 or numbers[0].start < clause[mark].start:
        return []
    left = tuple(p for p in clause[mark:] if p.start < numbers[0].start)
    said = (*clause[:mark], *left)
    left, basis = split_basis(left)
    verbs = _peel_verbs(left)
    items = [trim_front(item) for item in split_items(_list_before(clause[:mark]))]
    items = [item for item in items if item]
    if not items and len(recent) >= len(numbers):
        return _spread(numbers, recent[-len(numbers) :], verbs, clause)
    if len(items) != len(numbers):
        return []
    frames = []
    for piece, item in zip(numbers, items, strict=True):
        quantity = piece.quantity
        if quantity is None:
            return []
        slot = Slot(piece, quantity, said, (), True, True, sentence)
        if all(is_place(p) or len(p.text) == 1 for p in item):
            if topic is None:
                return []
            frame = _closing_frame(slot, verbs, basis, (), topic, topic.name)
            frames.append(replace(frame, place=item[0], rule="respectively"))
        else:
            name = clean_name(item)
            shared = "" if ends_measure(name) else measure_head(clean_name(items[-1]))
            frame = _closing_frame(slot, verbs, basis, item, topic, name + shared)
            frames.append(replace(frame, rule="respectively"))
    return frames


def _spread(numbers: Sequence[Piece], topics: Sequence[Topic], verbs: _Verbs, clause: Sequence[Piece]) -> list[Frame]:
    """开行3501列，发送35.2万标箱，同比分别增长32%、25%: each change to its own measure."""
    frames = []
    for piece, topic in zip(numbers, topics, strict=True):
        if piece.quantity is None:
            continue
        slot = Slot(piece, piece.quantity, tuple(clause), (), True, True, topic.sentence)
        frame = _closing_frame(slot, verbs, "", (), topic, topic.name)
        frames.append(replace(frame, rule="respectively"))
    return frames


def _list_before(left: Sequence[Piece]) -> tuple[Piece, ...]:
    end = len(left)
    while end and left[end - 1].role in "TDM":
        end -= 1
    start = end
    while start and (left[start - 1].role in "NAB、CX“”E" or len(left[start - 1].text) == 1 and left[start - 1].role != "T"):
        start -= 1
    return tuple(left[start:end])


def _named(subject: Sequence[Piece], topic: Topic | None, slot: Slot) -> tuple[int, int, str, int]:
    if subject:
        return subject[0].start, subject[-1].end, clean_name(subject), slot.sentence
    if topic is None:
        return slot.piece.start, slot.piece.end, "", slot.sentence
    return topic.start, topic.end, topic.name, topic.sentence


def topic_of(clause: Sequence[Piece], sentence: int) -> Topic | None:
    """Return the topic that a clause without verb sets for the next ones (经济增长速度，前年是…)."""
    if not clause or any(piece.role not in "NABE、CTG" for piece in clause):
        return None
    subject = trim_front(clause)
    name = clean_name(subject)
    if not subject or not ends_measure(name):
        return None
    return Topic(name, subject[0].start, subject[-1].end, sentence)


def owner_of(clause: Sequence[Piece], sentence: int, *, is_opening: bool) -> Topic | None:
    """Return the thing a clause introduces, which later measures may belong to (…是指新谭公路，全长…)."""
    place = next((i for i, p in enumerate(clause) if p.text in ("是", "是指", "为", "即", "指")), None)
    last_of = max((i for i, p in enumerate(clause) if p.role == "E"), default=None)
    if place is not None:
        phrase = tuple(p for p in clause[place + 1 :] if p.text != "指")
    elif last_of is not None and is_opening and all(p.role in "NAB" for p in clause[last_of + 1 :]):
        phrase = clause[last_of + 1 :]
    elif is_opening:
        phrase = clause[: next((i for i, p in enumerate(clause) if p.role not in "NA“”"), len(clause))]
    else:
        return None
    phrase = phrase[next((i for i, p in enumerate(phrase) if p.role in "NA"), len(phrase)) :]
    if not phrase or any(p.role not in "NAB“”" for p in phrase) or len(clean_name(phrase)) < _SHORTEST_OWNER:
        return None
    if ends_measure(clean_name(phrase)) or clean_name(phrase)[0] in load_source_words():
        return None
    return Topic(clean_name(phrase), phrase[0].start, phrase[-1].end, sentence)


# ---- 杭州排名13 ----------------------------------------------------------------------------------


def read_rank(clause: Sequence[Piece], text: str, sentence: int, topic: Topic | None) -> list[Frame]:
    """Read 排名13, 位列第6: the place that the subject takes in a ranking; its unit is 位."""
    begin = clause[0].start
    match = _rank_re().search(text, begin, clause[-1].end)
    if match is None:
        return []
    group = "number" if match["number"] else "bare"
    number = match[group]
    value = parse_chinese_number(number) if not number.isdigit() else Decimal(number)
    if value is None or value < _LOWEST_RANK:
        return []
    subject = last_item(subject_before([p for p in clause if p.end <= match.start()], has_verb=True))
    quantity = Quantity(match.start(group), match.end(), value, "位", "rank")
    piece = Piece(number, "Q", "m", match.start(group), match.end(), quantity)
    scope = match["scope"] or ""
    if subject and not all(is_place(p) for p in subject):
        name = clean_name(subject) + scope + "排名"
        return [Frame(piece, name, subject[0].start, subject[-1].end, sentence, "rank", 0.8)]
    if topic is None or not topic.name.endswith("排名"):
        return []
    frame = Frame(piece, topic.name, topic.start, topic.end, topic.sentence, "rank", 0.8)
    return [replace(frame, place=subject[0] if subject else None)]


@cache
def _rank_re() -> re.Pattern[str]:
    verbs = "|".join(sorted(number_words("rank-verb"), key=lambda word: (-len(word), word)))
    places = "|".join((number_words("whole-place")))
    return re.compile(
        rf"(?:{verbs})(?P<scope>{places})?(?:第(?P<number>\d{{1,3}}|[二三四五六七八九十]{{1,3}})(?:位|名)?|(?P<bare>\d{{1,3}})(?:位|名)?)(?=$|[，。；、])"
    )


def ranking_of(clause: Sequence[Piece], sentence: int) -> Topic | None:
    """Return the ranking that 在…中 opens (在《全球创新指数》百强创新集群中，…位列第6)."""
    if clause[0].text != "在" or clause[-1].text not in ("中", "里", "上"):
        return None
    last = max((i for i, p in enumerate(clause) if p.role == "E"), default=0)
    phrase = clause[last + 1 : -1]
    if not phrase:
        return None
    name = text_of(phrase).replace("《", "").replace("》", "")
    return Topic(name + "排名", phrase[0].start, phrase[-1].end, sentence)
