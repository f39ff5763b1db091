"""How far one thing drives another: 消费拉动经济增长2.6个百分点."""

from collections.abc import Sequence

from kg.observations.frames import Frame, Memory, Slot
from kg.observations.nouns import clean_name, last_item, subject_before, text_of
from kg.observations.pieces import Piece
from kg.observations.tables import number_words
from kg.records import replace

_DRIVEN = frozenset({"points", "ratio"})  # dimensions of a number that says how far


def read_driving(slot: Slot, memory: Memory) -> Frame | None:
    """Read how far one thing drives another; what does is named here or was before (贡献率为90%，拉动…)."""
    said = driving_in(slot.left)
    if slot.quantity.dimension not in _DRIVEN or not said:
        return None
    at = _verb_of(slot.left)
    doer = clean_name(last_item(subject_before(slot.left[:at], has_verb=True))) or _doer_before(slot, memory)
    frame = slot.frame(doer + said, slot.left[at:], "change", 0.85)
    return replace(frame, other_names=(said,) if doer else ())


def driving_in(left: Sequence[Piece]) -> str:
    """Name how far a verb that ends *left* drives a thing to grow: 拉动经济增长幅度; or nothing."""
    at = _verb_of(left)
    driven = [piece for piece in left[at + 1 :] if piece.role not in "UDM"]
    is_plain = at >= 0 and bool(driven) and all(piece.role in "NABVR" for piece in driven)
    if not is_plain or not text_of(driven).endswith(tuple(number_words("driven-to"))):
        return ""
    return f"{left[at].text}{text_of(driven)}幅度"


def _verb_of(left: Sequence[Piece]) -> int:
    """Return where the last verb of driving stands, -1 where there is none."""
    return max((i for i, piece in enumerate(left) if piece.text in number_words("driving")), default=-1)


def _doer_before(slot: Slot, memory: Memory) -> str:
    """Return what the sentence spoke of before, of which this is told: 内需对增长的贡献率为90%，拉动…."""
    topic = memory.topic
    if topic is None or topic.sentence != slot.sentence:
        return ""
    if topic.name.endswith(tuple(number_words("contribution"))):
        return topic.name.partition("对")[0]
    return topic.measure or topic.name
