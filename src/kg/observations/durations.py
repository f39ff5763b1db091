"""How long something lasts: 装置已连续运行200天, 持续了10年的纠纷, 为期5天的展会."""

from kg.observations.counted import phrase_after
from kg.observations.frames import Frame, Slot
from kg.observations.nouns import clean_name, ends_measure, last_item, subject_before, text_of
from kg.observations.tables import number_words, word_ends

_LONGEST_DEED = 3  # words


def read_duration(slot: Slot) -> Frame | None:
    """Return how long that lasts which the clause speaks of; nothing where it does not say what."""
    left, right = slot.left, slot.right
    if slot.quantity.dimension != "duration":
        return None
    at = max((i for i, piece in enumerate(left) if piece.text in number_words("lasting")), default=None)
    if at is None:
        return _read_lasting_deed(slot)
    deed = [piece for piece in left[at:] if piece.role not in "UD" or piece is left[at]]
    is_row = len(deed) == 1 and deed[0].text in number_words("in-a-row")  # 连续5天: of what, follows
    if is_row or len(deed) > _LONGEST_DEED or any(piece.role not in "VNDAP" for piece in deed):
        return None
    is_of = bool(right) and right[0].role == "E"
    what = phrase_after(right[1:], "") if is_of else last_item(subject_before(left[:at], has_verb=True))
    name = clean_name(what)
    if not name or ends_measure(name):
        return None
    said = "" if deed[0].text in word_ends("term-verb") else text_of(deed)
    return slot.frame(f"{name}{said}{_count_of(slot.quantity.unit)}", deed, "value", 0.7)


def _read_lasting_deed(slot: Slot) -> Frame | None:
    """Read 飞船飞行24分钟后: how long a deed takes that goes on by nature."""
    deed = next((piece for piece in reversed(slot.left) if piece.role not in "DUM"), None)
    if deed is None or deed.text not in number_words("lasting-deed"):
        return None
    if slot.right and slot.right[0].role not in "F、C”":
        return None
    before = slot.left[: slot.left.index(deed)]
    where = next((i for i, piece in enumerate(before) if piece.text == "在"), len(before))
    doer = clean_name(last_item(subject_before(before[:where], has_verb=True)))
    return slot.frame(f"{doer}{deed.text}{_count_of(slot.quantity.unit)}", (deed,), "value", 0.7)


def _count_of(unit: str) -> str:
    """Return what a number of days or years is called: 天数, 年数."""
    last = unit.removeprefix("个")
    return {"日": "天数", "天": "天数", "年": "年数", "月": "月数"}.get(last, "时间")
