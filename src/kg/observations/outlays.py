"""Amounts of money and stuff before a thing: what is spent on it, what it costs, what a plant makes."""

from collections.abc import Sequence

from kg.numerals import find_dimension
from kg.observations.counted import phrase_after
from kg.observations.dimensions import CHANGES, SPANS
from kg.observations.frames import Frame, Slot, Topic
from kg.observations.nouns import clean_name, ends_measure, is_place, text_of, trim_front
from kg.observations.pieces import Piece
from kg.observations.tables import number_words, word_ends
from kg.records import replace

_LONGEST_SPENT = 16
_STANDARD = 3  # pieces of 的|标准|补助
_NAMED = 2  # pieces of 的|能力, 的|价格


def read_output(slot: Slot, phrase: Sequence[Piece], per: str = "年") -> Frame:
    """年产100万吨乙二醇项目: what a plant can make in a year (年产能), or what is made (年产量)."""
    plants = number_words("plant")
    end = next((i for i, piece in enumerate(phrase) if piece.text in plants), len(phrase))
    suffix = per + ("产能" if end < len(phrase) else "产量")
    made = phrase[:end] or phrase
    return slot.frame(clean_name(made) + suffix, made, "output", 0.8)


def read_capacity(slot: Slot) -> Frame | None:
    """形成60万吨/年钢铁产能: the capacity of a plant, in so much a year."""
    right = slot.right[1:] if slot.right and slot.right[0].role == "E" else slot.right
    end = next((i for i, piece in enumerate(right) if piece.role not in "NABV"), len(right))
    phrase = trim_front(right[:end])
    if not phrase or not slot.quantity.unit.endswith(("/年", "/日", "/天")):
        return None
    name = clean_name(phrase)
    if name.endswith(word_ends("capacity")):
        return slot.frame(name, phrase, "sized-noun", 0.8)
    plant = next((i for i, piece in enumerate(phrase) if piece.text in number_words("plant")), 0)
    made = [piece for piece in phrase[:plant] if piece.text not in number_words("new-plant")]
    return slot.frame(clean_name(made) + "产能", made, "output", 0.8) if made else None


def read_ability(slot: Slot) -> Frame | None:
    """具备年产30万辆的能力, 年处理废料5万吨的能力: the capacity that is named only as an ability."""
    left, right = slot.left, slot.right
    if len(right) != _NAMED or right[0].role != "E" or right[1].text not in number_words("ability"):
        return None
    yearly = number_words("yearly-output")
    at = max((i for i, piece in enumerate(left) if piece.text in yearly or piece.text in "年日"), default=-1)
    said = left[at:] if at >= 0 else ()
    if not said or any(piece.role not in "NABVQ" for piece in said):
        return None
    if len(said) == 1 and said[0].text == "年产":
        return slot.frame("年产能", said, "output", 0.75)
    return slot.frame(text_of(said) + "能力", said, "output", 0.75)


def read_price(slot: Slot) -> Frame | None:
    """每平方米650元的门窗: what so much of a thing costs."""
    money, _, each = slot.quantity.unit.partition("/")
    if find_dimension(money) != "money" or find_dimension(each) in SPANS or not slot.right:
        return None
    phrase = trim_front(phrase_after(slot.right[1:], "", is_last=slot.is_last))
    name = clean_name(phrase)
    if (
        slot.right[0].role != "E"
        or len(name) < 2
        or ends_measure(name)
        or phrase[-1].text in number_words("level")
    ):
        return None
    if any(piece.role in "NV" and not is_place(piece) for piece in slot.left):
        return None
    return slot.frame(name + "价格", phrase, "sized-noun", 0.7)


def read_standard(slot: Slot) -> Frame | None:
    """按照每人每年60元的标准给予补助: the standard of what is given (补助标准)."""
    right = slot.right
    if len(right) < _STANDARD or right[0].role != "E" or right[1].text != "标准":
        return None
    rest = right[2:]
    if rest and rest[0].text in number_words("partner"):  # 对果农|进行|补助
        at = next((i for i, piece in enumerate(rest) if piece.text in number_words("giving")), 0)
        rest = rest[at:]
    given = [piece for piece in rest if piece.role not in "DU" and piece.text not in number_words("giving")]
    if not given or any(piece.role not in "NABV" for piece in given) or slot.quantity.dimension in CHANGES:
        return None
    name = clean_name(given)
    return slot.frame(name + "标准", given, "sized-noun", 0.7) if len(name) <= _LONGEST_SPENT else None


def read_spent(slot: Slot) -> Frame | None:
    """投资6亿元建设灌区工程, 投入9亿元用于老旧小区改造: what is spent on a thing (…投资额)."""
    if (
        not slot.left
        or not slot.right
        or slot.left[-1].text not in (number_words("investing") | number_words("funding"))
    ):
        return None
    right = slot.right[1:]
    deed = slot.right[0].text if slot.right[0].text in number_words("spent-on") else ""
    if not deed and slot.right[0].text not in number_words("spending"):
        return None
    end = next((i for i, piece in enumerate(right) if piece.role not in "NABVM“”E"), len(right))
    phrase = trim_front(right[:end])
    is_closed = end == len(right) or right[end].role in "、C"
    if not is_closed or not slot.is_last or not phrase or not _is_named(phrase[-1]):
        return None
    is_of_place = right[0].tag == "ns" and not deed  # 实施|太平湖|整治工程
    noun = deed + text_of(right[:end]) if deed else clean_name(right[:end] if is_of_place else phrase)
    if len(noun) < 2 or len(noun) > _LONGEST_SPENT:
        return None
    suffix = "投资额" if slot.left[-1].text in number_words("investing") else "资金"
    words = (slot.right[0], *phrase) if deed else phrase
    return slot.frame(noun + suffix, words, "sized-noun", 0.75)


def _is_named(piece: Piece) -> bool:
    """Tell whether *piece* can end a name; 计划 can, though it is taken for a modal."""
    return piece.role in "NAV”" or piece.text == "计划"


def read_grant(slot: Slot, topic: Topic | None) -> Frame | None:
    """Read which part of a sum is given, how much for each, and how much at most, where that is told."""
    return _read_granted_part(slot) or _read_granted_for_each(slot) or _read_most(slot, topic)


def _read_granted_part(slot: Slot) -> Frame | None:
    """Read 按照|投资额|的|10%|给予|补助."""
    left, given = slot.left, _given(slot.right)
    if slot.quantity.dimension != "ratio" or not left or left[-1].role != "E":
        return None
    of = trim_front([piece for piece in left[_part_begins(left) : -1] if piece.role in "NABV"])
    if not of or not given or given[0].text not in number_words("grant"):
        return None
    name = given[0].text + "比例"
    frame = slot.frame(name, given[:1], "share-of", 0.75)
    told = Topic(name, frame.start, frame.end, slot.sentence, "ratio")
    return replace(frame, topic=told, other_names=(clean_name(of) + name,))


def _read_granted_for_each(slot: Slot) -> Frame | None:
    """Read 按|每张|床位|5000元|给予|建设|补贴."""
    right, given = slot.right, _given(slot.right)
    is_given = bool(given) and right[0].text in number_words("giving")
    if slot.quantity.dimension not in ("money", "rate") or not is_given:
        return None
    if _part_begins(slot.left) > len(slot.left) or any(piece.role not in "NABV" for piece in given):
        return None
    name = clean_name(given)
    if not name.endswith(word_ends("grant")):
        return None
    return replace(slot.frame(name + "标准", given, "value", 0.75), other_names=(name + "金额",))


def _read_most(slot: Slot, topic: Topic | None) -> Frame | None:
    """Read 最高|不超过|1000万元 of what the sentence says is given."""
    is_most = bool(slot.left) and all(p.text in number_words("at-most") or p.role in "DU" for p in slot.left)
    if slot.quantity.dimension != "money" or not is_most or topic is None or topic.sentence != slot.sentence:
        return None
    grant = next((word for word in word_ends("grant") if word in topic.name), "")
    if not grant:
        return None
    frame = slot.frame(f"{grant}最高金额", (slot.piece,), "value", 0.75)
    return replace(frame, other_names=(f"{grant}上限", f"最高{grant}金额"))


def _given(right: Sequence[Piece]) -> list[Piece]:
    """Return what is given, without the verb of giving: 给予|一次性|建设|补贴."""
    return [piece for piece in right if piece.text not in number_words("giving") and piece.role not in "DUQ"]


def _part_begins(left: Sequence[Piece]) -> int:
    """Return where the sum begins of which a part is given, beyond the end where none does."""
    at = next((i for i, piece in enumerate(left) if piece.text in number_words("by-part")), len(left))
    return at + 1


def read_planned(slot: Slot) -> Frame | None:
    """Read 赤字率|拟|按|4%|安排: the rate by which something is planned."""
    left, right = slot.left, slot.right
    is_planned = len(left) > 1 and left[-1].text in number_words("by-part") and bool(right)
    if not is_planned or right[0].text not in number_words("planning"):
        return None
    subject = trim_front([piece for piece in left[:-1] if piece.role in "NAB"])
    name = clean_name(subject)
    return slot.frame(name, subject, "value", 0.8) if ends_measure(name) else None


def read_deal(slot: Slot) -> Frame | None:
    """Read 以|3亿元|的|价格|出售|两个|牧场, 以|3亿元|收购|矿山: at which price a deed is done."""
    left, right = slot.left, slot.right
    if slot.quantity.dimension != "money" or not left or left[-1].text != "以" or len(right) < 2:
        return None
    is_priced = right[0].role == "E" and right[1].text.endswith(word_ends("price"))
    at = _NAMED if is_priced else 0
    if at == len(right) or not (is_priced or right[0].text in number_words("deal")):
        return None
    deed, after = right[at], right[at + 1 :]
    goods = [piece for piece in after if piece.role in "NAB"]
    if deed.tag[:1] != "v" or any(piece.role not in "NABQUE" for piece in after):
        return None
    return slot.frame(f"{clean_name(goods)}{deed.text}价格", right[: at + 1], "value", 0.75)
