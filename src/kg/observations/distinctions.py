"""What tells those counted apart: what they do, what is done with them, what is measured of them.

45家企业参展, 与600家企业建立中心, 15个测定点亩产高于40公斤.
"""

from collections.abc import Sequence

from kg.observations.frames import Slot
from kg.observations.names import size_noun, yield_prefix
from kg.observations.nouns import (
    clean_name,
    ends_measure,
    is_deed,
    is_place,
    last_item,
    subject_before,
    text_of,
)
from kg.observations.pieces import Piece
from kg.observations.tables import load_measure_verbs, load_source_words, number_words, word_ends
from kg.observations.wordings import states_value

_LONGEST_PREDICATE = 12


def deed_after(slot: Slot, phrase: Sequence[Piece]) -> str:
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


def said_of(slot: Slot, phrase: Sequence[Piece], noun: str) -> str:
    """Return the name of those counted by what the clause says of them: 50个城市实现转型, or nothing."""
    rest = [piece for piece in slot.rest_after(phrase) if piece.role not in "U"]
    denial = ""
    while rest and (rest[0].role == "D" or rest[0].text in number_words("all-of-them")):
        denial = rest[0].text if rest[0].text in number_words("negator") else denial
        rest = rest[1:]
    if not slot.is_last or len(rest) < 2 or not (is_deed(rest[0]) or _tells_change(rest)):
        return ""
    known = load_measure_verbs().get(rest[0].text)
    if known is not None and known.role != "reach":
        return ""
    if any(piece.role not in "NABV“”、C" or piece.quantity for piece in rest):
        return ""
    deed = denial + text_of(rest)
    if len(deed) > _LONGEST_PREDICATE:
        return ""
    return f"{deed}的{noun}{size_noun(noun, slot.quantity.dimension) or '数量'}"


def _tells_change(rest: Sequence[Piece]) -> bool:
    """Tell whether those counted rose or fell against a time before: 9个指标|环比|上升."""
    verb = load_measure_verbs().get(rest[1].text)
    is_change = verb is not None and verb.role in ("up", "down")
    return is_change and rest[0].text in number_words("comparison-name")


def done_with(slot: Slot, phrase: Sequence[Piece]) -> str:
    """与600家企业建立中心, 在10座山建起步道: those counted are told apart by what is done with them there."""
    rest = slot.rest_after(phrase)
    if not leads_to_partner(slot.left):
        return ""
    is_deed = len(rest) > 1 and (rest[0].role == "V" or rest[0].text in number_words("treating"))
    if not is_deed or rest[-1].role not in "NAB":
        return ""
    kept = [p for i, p in enumerate(rest) if p.role != "U" and not _describes(rest, i)]
    return text_of(kept) + "的"


def leads_to_partner(left: Sequence[Piece]) -> bool:
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


def measured_by(slot: Slot, phrase: Sequence[Piece]) -> str:
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
    states = states_value(piece) and piece.text not in number_words("building")
    return piece.role == "V" and not states


def task_before(slot: Slot, phrase: Sequence[Piece]) -> str:
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
    return subject + verb if subject and subject not in number_words("whole-place") else ""
