"""From a number in its clause to what it measures.

A clause is read outwards from the number. What follows it decides between a *counted* noun
(45个集群: 集群数量), a *shared* one (92.5%的事项: 事项占比) and a *closing* number, whose subject
stands to the left (率达63.2%), in the clause before, or in the one that opened the list.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.observations.pieces import Piece
from kg.observations.tables import MeasureVerb, load_dimension_nouns, load_measure_verbs
from kg.rules import load_word_set

_SHARE = "占"
_NOUN_ROLES = "NAB"
_COUNTED = frozenset({"count", "people", "households", "population"})
_SIZES = frozenset({"area", "length", "mass", "volume", "power", "energy", "money", "data", "coal"})
_GLUE = frozenset("在到至为于出了着过")


@dataclass(frozen=True, slots=True)
class Topic:
    """What the text was last measuring: base name, its measure noun, and where it was named."""

    name: str
    head: str
    start: int
    end: int
    sentence: int
    comparison: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """One reading of a number: indicator ``name`` with the place of the words it was built from.

    ``start`` and ``end`` count from the start of sentence ``sentence``.
    """

    piece: Piece
    name: str
    start: int
    end: int
    sentence: int
    rule: str
    confidence: float
    topic: Topic | None = None
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A number with the pieces left and right of it in its clause."""

    piece: Piece
    left: tuple[Piece, ...]
    right: tuple[Piece, ...]
    is_first: bool
    sentence: int


def find_slots(clause: Sequence[Piece], sentence: int) -> list[Slot]:
    """Return the numbers of a clause, each with what stands between it and its neighbours."""
    places = [i for i, piece in enumerate(clause) if piece.quantity]
    slots = []
    for order, place in enumerate(places):
        begin = places[order - 1] + 1 if order else 0
        end = places[order + 1] if order + 1 < len(places) else len(clause)
        slots.append(
            Slot(clause[place], tuple(clause[begin:place]), tuple(clause[place + 1 : end]), not order, sentence)
        )
    return slots


def read_slot(slot: Slot, topic: Topic | None, clause: Sequence[Piece]) -> Frame | None:
    """Return what the number of *slot* measures, or ``None`` where it measures nothing."""
    quantity = slot.piece.quantity
    assert quantity is not None  # a slot is made of a quantity
    left = _without_loose(slot.left, quantity.outer_start)
    right = tuple(piece for piece in slot.right if piece.start >= quantity.outer_end)
    slot = replace(slot, left=left, right=right)
    share = _read_share(slot, topic)
    if share:
        return share
    counted = _read_counted(slot, topic, clause)
    if counted:
        return counted
    return _read_closing(slot, topic)


def _without_loose(left: tuple[Piece, ...], outer_start: int) -> tuple[Piece, ...]:
    """Drop approximators (约, 近) before the number; a verb among them (超过) goes too."""
    return tuple(piece for piece in left if piece.start < outer_start)


# ---- 占…比重 ------------------------------------------------------------------------------------


def _read_share(slot: Slot, topic: Topic | None) -> Frame | None:
    """X占Y(的/比重达)N%: the share of X in Y."""
    quantity = slot.piece.quantity
    if quantity is None or quantity.dimension not in ("ratio", "rate"):
        return None
    place = next((i for i in range(len(slot.left) - 1, -1, -1) if slot.left[i].text in (_SHARE, "占到", "占据")), None)
    if place is None:
        return None
    whole = _text(_nouns_only(slot.left[place + 1 :]))
    for tail in ("比重", "比例", "份额", "比"):
        whole = whole.removesuffix(tail).removesuffix("的")
    if not whole and slot.right and slot.right[0].role == "E":
        whole = ""
    subject = _subject_before(slot.left[:place])
    if not subject and topic is None:
        return None
    start, end, name, sentence = _span_or_topic(subject, topic, slot)
    full = f"{name}占{whole}比重" if whole else f"{name}占比"
    return Frame(slot.piece, full, start, end, sentence, "share-of", 0.9)


# ---- 45个集群, 92.5%的事项 ------------------------------------------------------------------------


def _read_counted(slot: Slot, topic: Topic | None, clause: Sequence[Piece]) -> Frame | None:
    """N个X, N亿亩X, N%的X: the noun that follows is what is counted or shared."""
    quantity = slot.piece.quantity
    assert quantity is not None
    dimension = quantity.dimension
    if dimension in ("points", "multiple", "doubling", "duration", "age", "temperature"):
        return None
    right = slot.right
    of = bool(right) and right[0].role == "E"
    if of:
        right = right[1:]
    phrase = _phrase_after(right, allow_relative=dimension in _COUNTED)
    if not phrase or _is_level(phrase):
        return None
    noun = _clean_name(phrase)
    if len(noun) < 2:
        return None
    start, end = phrase[0].start, phrase[-1].end
    if dimension in ("ratio", "rate"):
        return _read_part(slot, phrase, right[len(phrase) :], topic) if dimension == "ratio" else None
    if dimension in _COUNTED or dimension == "":
        verb = _flow_before(slot.left)
        suffix = "" if _ends_measure(noun) else "数量"
        return Frame(slot.piece, f"{verb}{noun}{suffix}", start, end, slot.sentence, "counted-noun", 0.85)
    if dimension in _SIZES and (of or dimension in ("area", "power", "mass", "energy") or _bare_noun(phrase)):
        if dimension == "money" and not _ends_measure(noun):
            return None
        suffix = "" if _ends_measure(noun) else load_dimension_nouns()[dimension]
        return Frame(slot.piece, f"{noun}{suffix}", start, end, slot.sentence, "sized-noun", 0.8)
    return None


def _read_part(slot: Slot, phrase: Sequence[Piece], rest: Sequence[Piece], topic: Topic | None) -> Frame | None:
    """N%的X做Y: the share of X that does Y."""
    noun = _clean_name(phrase)
    start, end = phrase[0].start, phrase[-1].end
    verb = slot.left[-1] if slot.left else None
    whole = ""
    if verb is not None and verb.tag == "ns" or verb is not None and verb.text in load_word_set("whole_places"):
        whole, verb = verb.text, (slot.left[-2] if len(slot.left) > 1 else None)
    if verb is not None and verb.role == "V" and verb.text not in ("有", "为", "是"):
        subject = _subject_before(slot.left[: slot.left.index(verb)])
        owner = _text(subject)
        if whole:
            return Frame(slot.piece, f"{owner}{noun}占{whole}比重", start, end, slot.sentence, "part-of-whole", 0.75)
        return Frame(slot.piece, f"{owner}{verb.text}{noun}占比", start, end, slot.sentence, "part-of", 0.75)
    predicate = _text(rest).strip("、")
    predicate = predicate.removeprefix("都").removeprefix("实现").removeprefix("已")
    of = "的" if len(predicate) >= 8 else ""
    if rest and rest[0].role in "VDM" and len(predicate) >= 2:
        return Frame(slot.piece, f"{predicate}{of}{noun}占比", start, rest[-1].end, slot.sentence, "part-that", 0.75)
    return Frame(slot.piece, f"{noun}占比", start, end, slot.sentence, "part", 0.6)


# ---- …率达63.2%, 同比增长7.5% ---------------------------------------------------------------------


def _read_closing(slot: Slot, topic: Topic | None) -> Frame | None:
    """X达N, X同比增长N%, 比上月提升N个百分点: what is measured stands before the number."""
    quantity = slot.piece.quantity
    assert quantity is not None
    verbs, rest = _verbs_before(slot.left)
    change = next((verb for verb in verbs if load_measure_verbs()[verb].role in ("up", "down")), None)
    reached = any(load_measure_verbs()[verb].role == "reach" for verb in verbs if verb != change)
    flow = "".join(verb for verb in verbs if load_measure_verbs()[verb].role == "flow")
    subject = _subject_before(rest)
    if not subject and flow and quantity.dimension != "ratio":
        subject = tuple(p for p in slot.left if p.text == flow)[-1:]
        flow = ""
    if not subject and topic is None:
        return None
    if not subject and not change and not reached and not slot.is_first:
        return None
    start, end, base, sentence = _span_or_topic(subject, topic, slot)
    if not base or quantity.dimension in ("duration", "age") and not _ends_measure(base):
        return None
    measured = replace_head(base, topic) if subject else base
    new_topic = Topic(measured, _head_of(measured), start, end, sentence)
    if change:
        name = _change_name(measured, change, slot, topic)
        rule = "change"
        new_topic = replace(new_topic, comparison=_comparison_words(slot.left, topic))
    else:
        name = _value_name(measured, flow, quantity.dimension)
        rule = "value"
    confidence = 0.9 if subject else 0.75
    return Frame(slot.piece, name, start, end, sentence, rule, confidence, new_topic)


def _value_name(base: str, flow: str, dimension: str) -> str:
    """Name the measure of *base*: as it is where it ends in a measure noun, else by the unit."""
    name = flow + base if flow and not base.startswith(flow) else base
    if _ends_measure(name) or dimension in ("", "rate"):
        return name
    if base.endswith("长") and dimension == "length":
        return name + "度"
    verb = load_measure_verbs().get(flow)
    if dimension == "mass" and verb and verb.name == "产":
        return base + "产量"
    if dimension == "money" and verb is None:
        return name + "金额"
    return name + load_dimension_nouns().get(dimension, "")


def _change_name(base: str, change: str, slot: Slot, topic: Topic | None) -> str:
    quantity = slot.piece.quantity
    assert quantity is not None
    verb = load_measure_verbs()[change]
    basis = _comparison_words(slot.left, topic)
    if quantity.dimension == "multiple":
        return f"{base}增长倍数"
    if quantity.dimension == "doubling":
        return f"{base}增长"
    if quantity.dimension == "points":
        return f"{base}{'降幅' if verb.role == 'down' else '升幅'}"
    if quantity.dimension != "ratio":
        return f"{base}{basis}{'减少量' if verb.role == 'down' else '增加量'}"
    return f"{base}{basis}{verb.name}"


def _comparison_words(left: Sequence[Piece], topic: Topic | None) -> str:
    text = _text(left)
    for words in ("同比", "环比", "年均", "年平均", "月均"):
        if words in text:
            return words
    return topic.comparison if topic else ""


# ---- noun phrases around a number ----------------------------------------------------------------


def _verbs_before(left: Sequence[Piece]) -> tuple[list[str], tuple[Piece, ...]]:
    """Peel verbs, adverbs and times off the end of *left*; return the measure verbs and the rest."""
    verbs: list[str] = []
    known: dict[str, MeasureVerb] = load_measure_verbs()
    left = _without_basis(left)
    end = len(left)
    while end:
        piece = left[end - 1]
        if piece.text in known and (piece.role in "VBPNM" or len(piece.text) > 1 or piece.text in _GLUE):
            if piece.role == "N" and known[piece.text].role == "flow" and end > 1 and left[end - 2].role in "NAE":
                break
            verbs.insert(0, piece.text)
        elif piece.role in "UDMTI" or piece.text in _GLUE or piece.text in load_word_set("comparisons"):
            pass
        else:
            break
        end -= 1
    return verbs, tuple(left[:end])


def _without_basis(left: Sequence[Piece]) -> tuple[Piece, ...]:
    """Drop what the number is compared with: 比上月, 较上年12月份, 与2010年相比."""
    for place, piece in enumerate(left):
        if piece.text in ("比", "较", "与", "同", "比起") and place + 1 < len(left):
            end = place + 1
            while end < len(left) and (left[end].role in "TNEAF" and left[end].text not in load_measure_verbs()):
                end += 1
            if left[place + 1].role == "T" or piece.text in ("比", "较") and end < len(left):
                return (*left[:place], *left[end:])
    return tuple(left)


def _subject_before(left: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the noun phrase that ends *left*, without place, determiner and time before it."""
    end = len(left)
    while end and left[end - 1].role in "UDMTI、GCE":
        end -= 1
    start = end
    while start and _is_nominal(left, start - 1, end):
        start -= 1
    phrase = list(left[start:end])
    while phrase and (phrase[0].role in "E、CFTGQR" or phrase[0].tag == "ns" and len(phrase) > 1):
        phrase.pop(0)
    while phrase and phrase[0].text in load_word_set("whole_places") and len(phrase) > 1:
        phrase.pop(0)
    cut = max((i for i, p in enumerate(phrase) if p.role in "、C"), default=-1)
    phrase = phrase[cut + 1 :]
    while phrase and phrase[0].role in "E、CFT":
        phrase.pop(0)
    return tuple(phrase)


def _is_nominal(left: Sequence[Piece], index: int, end: int) -> bool:
    piece = left[index]
    if piece.role in "NAB":
        return True
    if piece.role in "E、C":
        return index > 0 and left[index - 1].role in "NABF)"
    if piece.role == "F":
        return index + 1 < end and left[index + 1].role == "E"
    if piece.role == "V":
        return piece.text in load_measure_verbs() and load_measure_verbs()[piece.text].role == "flow" and index + 1 < end
    return piece.role == "“" or piece.role == "”"


def _phrase_after(right: Sequence[Piece], *, allow_relative: bool) -> tuple[Piece, ...]:
    """Return the noun phrase that begins *right*, a relative clause before its head included."""
    end = 0
    while end < len(right) and (right[end].role in "NAB“”" or right[end].role == "E" and end):
        end += 1
    while end and right[end - 1].role in "E“":
        end -= 1
    if end and any(p.role == "N" for p in right[:end]):
        return tuple(right[:end])
    if not allow_relative or not right or right[0].role not in "V":
        return ()
    of = next((i for i, p in enumerate(right) if p.role == "E"), None)
    if of is None:
        return ()
    end = of + 1
    while end < len(right) and right[end].role in "NA":
        end += 1
    return tuple(right[:end]) if end > of + 1 else ()


def _nouns_only(pieces: Sequence[Piece]) -> list[Piece]:
    kept = [p for p in pieces if p.role in "NABE"]
    while kept and kept[-1].role == "E":
        kept.pop()
    return [p for p in kept if p.text not in load_measure_verbs()]


def _flow_before(left: Sequence[Piece]) -> str:
    """Return the verb that makes the count a flow (新建), or nothing."""
    verbs = load_measure_verbs()
    for piece in reversed(left):
        if piece.text in verbs and verbs[piece.text].role == "flow" and len(piece.text) > 1:
            return piece.text
        if piece.role not in "UDMT、C":
            return ""
    return ""


def _span_or_topic(
    subject: Sequence[Piece], topic: Topic | None, slot: Slot
) -> tuple[int, int, str, int]:
    if subject:
        return subject[0].start, subject[-1].end, _clean_name(subject), slot.sentence
    assert topic is not None  # callers ask only where there is one
    return topic.start, topic.end, topic.name, topic.sentence


def _clean_name(pieces: Sequence[Piece]) -> str:
    """Return the name the pieces make: no 的 before a measure noun or after a locality."""
    name = ""
    for index, piece in enumerate(pieces):
        if piece.role == "E" and index + 1 < len(pieces):
            before = pieces[index - 1].role if index else "E"
            if before in "F" or _ends_measure(_text(pieces[index + 1 :])) and not any(p.role == "V" for p in pieces):
                continue
        name += piece.text
    return name.strip("“”")


def replace_head(base: str, topic: Topic | None) -> str:
    """Give a part (其中汽车制造业) the measure noun of the whole (增加值)."""
    if topic is None or not topic.head or _ends_measure(base):
        return base
    return base + topic.head


def _head_of(name: str) -> str:
    nouns = load_word_set("measure_nouns")
    for length in range(min(6, len(name)), 1, -1):
        if name[-length:] in nouns:
            return name[-length:]
    return ""


def _ends_measure(name: str) -> bool:
    nouns = load_word_set("measure_nouns")
    return any(name[-length:] in nouns for length in range(1, 7) if len(name) >= max(2, length))


def _is_level(phrase: Sequence[Piece]) -> bool:
    return _text(phrase).removeprefix("的") in load_word_set("level_nouns") or phrase[-1].text in load_word_set(
        "level_nouns"
    )


def _bare_noun(phrase: Sequence[Piece]) -> bool:
    return all(p.role in "NA" for p in phrase)


def _text(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def topic_of(clause: Sequence[Piece], sentence: int) -> Topic | None:
    """Return the topic that a clause without verb sets for the next ones (经济增长速度，前年是…)."""
    if any(piece.role not in "NABE、CTGF" for piece in clause):
        return None
    subject = _subject_before(clause)
    name = _clean_name(subject)
    if not subject or not _ends_measure(name):
        return None
    return Topic(name, _head_of(name), subject[0].start, subject[-1].end, sentence)
