"""How far two things are apart: 港口距利马80公里, 距离园区3公里的口岸."""

from kg.observations.frames import Frame, Slot
from kg.observations.nouns import clean_name, last_item, subject_before, trim_front
from kg.observations.tables import number_words


def read_distance(slot: Slot) -> Frame | None:
    """Read X距Y N公里, 距Y N公里的X: the distance between X and Y."""
    left, right = slot.left, slot.right
    if slot.quantity.dimension != "length":
        return None
    at = next((i for i, piece in enumerate(left) if _is_apart(piece.text)), None)
    if at is None:
        return _read_way(slot)
    there = tuple(p for p in left[at + 1 :] if p.role in "NABE“”")
    here = last_item(subject_before(left[:at], has_verb=False))
    if not here and right and right[0].role == "E":
        end = next((i for i, p in enumerate(right[1:], start=1) if p.role not in "NAB“”"), len(right))
        here = trim_front(right[1:end])
    name = clean_name(there)
    if not name:
        return None
    whose = f"{clean_name(here)}与" if here else "与"
    return slot.frame(f"{whose}{name}距离", there, "value", 0.75)


def _read_way(slot: Slot) -> Frame | None:
    """Read 从A到B约N公里: the distance between the two."""
    left, is_named = slot.left, bool(slot.right) and slot.right[0].role in "EN"
    if not left or left[0].text not in number_words("from-place") or is_named:
        return None
    to = next((i for i, piece in enumerate(left) if piece.text in number_words("arrival")), len(left))
    here, there = left[1:to], tuple(piece for piece in left[to + 1 :] if piece.role not in "DU")
    if not here or not there or any(piece.role not in "NAB" for piece in (*here, *there)):
        return None
    return slot.frame(f"{clean_name(here)}与{clean_name(there)}距离", there, "value", 0.75)


def _is_apart(word: str) -> bool:
    """Tell whether *word* says that two things are apart, whatever the direction: 距, 东距."""
    apart = number_words("apart")
    return word in apart or (word[0] in "东西南北" and word[1:] in apart)
