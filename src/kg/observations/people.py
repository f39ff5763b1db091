"""People that are counted by what they do or what befalls them: 45人死亡, 81名工人遇难, 38万户断电."""

from collections.abc import Sequence

from kg.observations.counted import phrase_after
from kg.observations.frames import Frame, Slot
from kg.observations.nouns import clean_name, ends_measure, text_of, trim_front
from kg.observations.pieces import Piece
from kg.observations.tables import number_words, word_ends
from kg.records import replace

_LONGEST_PREDICATE = 12


def read_people(slot: Slot) -> Frame | None:
    """45人死亡: the people of whom the verb is said."""
    if slot.quantity.dimension not in ("people", "visits", "households") or not slot.right:
        return None
    if slot.right[0].text in number_words("all-of-them"):  # 11万人|全部|脱贫
        slot = replace(slot, right=slot.right[1:])
        if not slot.right:
            return None
    is_deed = slot.right[0].role in "VP" or slot.right[0].text in number_words("deed") | number_words("fate")
    is_said_of_noun = not is_deed or (slot.left and slot.left[-1].role == "N")
    if slot.right[0].text[0] == "中":  # 6人中有3人受伤: the 6 are but the whole
        return None
    if is_said_of_noun and not (speaks_of_people_before(slot) or tells_state(slot)):
        return None
    end = next((i for i, piece in enumerate(slot.right) if piece.role == "、"), len(slot.right))
    predicate = [piece for piece in slot.right[:end] if piece.role not in "”“C"]
    if predicate and predicate[0].text in number_words("fate"):
        predicate = predicate[:1]  # 致9人|死亡|双方中止合作
    if not predicate:
        return None
    name = text_of(predicate)
    if len(name) > _LONGEST_PREDICATE:
        return None
    suffix = "人次" if slot.quantity.unit.endswith("人次") else "人数"
    suffix = "户数" if slot.quantity.dimension == "households" else suffix
    return slot.frame(name + suffix, predicate, "people", 0.7)


def read_fate(slot: Slot) -> Frame | None:
    """死亡41人: what befell so many, where nobody is named."""
    said = [piece for piece in slot.left if piece.role not in "TDUC"]
    is_fate = len(said) == 1 and said[0].text in number_words("fate") and not slot.right
    if not is_fate or slot.quantity.dimension != "people":
        return None
    return slot.frame(said[0].text + "人数", said, "people", 0.7)


def read_team(slot: Slot) -> Frame | None:
    """20人的代表团: how many people a team has; nothing where the noun after 的 is none."""
    phrase = trim_front(phrase_after(slot.right[1:], "", is_last=slot.is_last))
    noun = clean_name(phrase)
    if slot.quantity.dimension != "people" or not noun.endswith(word_ends("team")):
        return None
    return slot.frame(noun + "人数", phrase, "counted-noun", 0.75)


def read_those(slot: Slot) -> Frame | None:
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


def speaks_of_people_before(slot: Slot) -> bool:
    """Tell whether what stands after the number says what those do whom the words before it name.

    各界群众800余人现场观看演出: 现场 is no class of people; nor is 断电 in 两千多人断电.
    """
    if not slot.quantity.unit.endswith("人") or not slot.right or slot.right[0].role in "E(":
        return False
    if slot.right[0].text.endswith(word_ends("person-noun")):
        return False
    if slot.left and slot.left[-1].role in "NG":
        return any(piece.role == "V" for piece in slot.right)
    return len(slot.right) == 1 and slot.right[0].role == "N" and len(slot.right[0].text) > 1


def tells_state(slot: Slot) -> bool:
    """Tell whether all that follows says what befell those counted: 38万户|断电, 2人|伤势|严重."""
    right = slot.right
    if slot.quantity.dimension not in ("people", "households") or not right:
        return False
    if len(right) == 1:
        return right[0].text in number_words("deed")
    is_closed = len(right) == len("伤势严重") // 2 and right[0].text in number_words("state-noun")
    return is_closed and right[1].tag in ("a", "v", "vi", "an")


def fate_after(slot: Slot, phrase: Sequence[Piece]) -> str:
    """Return what befell those counted: 81名工人|死亡; nothing where more is said of them."""
    rest = [piece.text for piece in slot.rest_after(phrase) if piece.role not in "UD、C"]
    return rest[0] if len(rest) == 1 and rest[0] in number_words("fate") else ""


def of_people(slot: Slot, noun: str) -> Slot:
    """Let a number without classifier count people where a word for people follows: 200万群众."""
    quantity = slot.quantity
    if quantity.unit not in number_words("scale") or not noun.endswith(word_ends("person-noun")):
        return slot
    people = replace(quantity, dimension="people")
    return replace(slot, piece=replace(slot.piece, quantity=people), quantity=people)
