"""What a number that closes its statement measures: the phrase before it, cut to what counts.

A list is multiplied out where one number holds of each (A和B均…, A、B等行业指数).
"""

from collections.abc import Sequence

from kg.observations.dimensions import AMOUNTS, COUNTED
from kg.observations.frames import Slot, Topic
from kg.observations.nouns import (
    clean_name,
    ends_measure,
    is_area,
    is_place,
    is_set,
    joint_of,
    last_item,
    measure_head,
    place_in,
    split_items,
    text_of,
    trim_front,
)
from kg.observations.pieces import Piece
from kg.observations.predicates import Predicate
from kg.observations.tables import load_measure_verbs, load_number_kinds, number_words, word_ends
from kg.records import replace

_SHORTEST = 2  # characters of a bare measure, which alone tells nothing


def find_subject(phrase: Sequence[Piece], verbs: Predicate, topic: Topic | None) -> tuple[Piece, ...]:
    """Return what is measured, or nothing where the clause speaks of the topic before it."""
    subject = _until_measure(joint_of(phrase) or last_item(phrase))
    while len(subject) > 1 and subject[-1].text in load_number_kinds():
        subject = subject[:-1]
    if len(subject) > 1 and subject[-1].text in number_words("data-noun") and _is_measured(subject[:-1]):
        subject = subject[:-1]
    name = clean_name(subject)
    if all(is_area(piece) for piece in subject) or name in load_number_kinds():  # 其中大陆地区26次
        return ()
    if name in number_words("yardstick"):  # 按可比口径增长
        return ()
    points = len(subject) == 1 and subject[0].text in number_words("pointed")  # 这一数字
    if topic and len(subject) == 1 and (points or topic.name.endswith(subject[0].text)):
        place = place_in(verbs.rest, subject)
        if place and verbs.rest[place - 1].text in number_words("pointer"):  # 该指数
            return ()
    return subject


def _is_measured(phrase: Sequence[Piece]) -> bool:
    """Tell whether *phrase* ends in a measure noun, or is one (PMI)."""
    return ends_measure(clean_name(phrase)) or phrase[-1].text in number_words("measure")


def drop_deed(subject: tuple[Piece, ...], slot: Slot) -> tuple[Piece, ...]:
    """Cut the verb off a phrase that it was taken for a part of: 铁矿石 of 采购铁矿石30万吨."""
    dimension, name = slot.quantity.dimension, clean_name(subject)
    if dimension not in AMOUNTS | COUNTED | {"money"} or ends_measure(name):
        return subject
    deeds = number_words("amount-flow")
    if dimension == "money":
        deeds = frozenset() if name.endswith(word_ends("worth")) else number_words("trade")
    cuts = (i for i, p in enumerate(subject[:-1]) if p.text in deeds and p.tag in ("v", "vn", "n"))
    return subject[max(cuts, default=-1) + 1 :]


def _until_measure(subject: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """End the subject at its measure noun where adverb and verb follow (模型数量|已备案)."""
    end = len(subject)
    while end and subject[end - 1].role in "DVU":
        end -= 1
    is_cut = end and any(piece.role == "D" for piece in subject[end:])
    return subject[:end] if is_cut and ends_measure(text_of(subject[:end])) else subject


def distribute(
    phrase: Sequence[Piece], topic: Topic | None, slot: Slot
) -> list[tuple[tuple[Piece, ...], str]]:
    """Multiply out A、B和C等行业指数 and A和B均…: each member with the shared measure noun."""
    items = split_items(phrase)
    if len(items) < 2:
        return []
    tail = items[-1]
    listed = next((i for i, piece in enumerate(tail) if piece.role == "G"), None)
    if listed is None and not (_is_distributed(slot) or _is_change_of_each(slot, items)):
        return []
    measure = ""
    if listed is not None:
        is_sum = slot.quantity.dimension in COUNTED or any(is_set(piece) for piece in tail[listed + 1 :])
        if is_sum and not _is_distributed(slot):
            whole = tail[listed + 1 :]  # 中欧、中亚等班列线路共21条
            return [(whole, clean_name(whole))] if clean_name(whole) else []
        items[-1] = tail[:listed]
        measure = text_of(_said_of_class(tail[listed + 1 :]))
        is_classed = any(piece.text in number_words("class-noun") for piece in tail[listed + 1 :])
        if topic is not None and topic.name.endswith(measure) and (is_classed or not measure):
            measure = topic.name
        elif topic is not None and _is_growth_of(measure, topic, slot):
            measure = (topic.measure or topic.name) + measure  # 甲、乙等城市|同比增幅
    elif ends_measure(text_of(tail)) and not ends_measure(text_of(items[0])):
        if not _is_distributed(slot):
            return []
        owner, measure = _split_measure(tail, items)
        items[-1] = owner
        if not owner:
            return []
    elif slot.is_part and topic is not None and measures_like(topic, slot):
        measure = topic.head  # 总产值20亿元，其中封装和应用各10亿元
    members = [member for member in (trim_front(item) for item in items) if member]
    if measure and all(is_place(piece) for member in members for piece in member):
        return [(member, measure) for member in members]  # 三亚、揭阳等城市|游客量: of each place
    return [(member, clean_name(member) + measure) for member in members]


def _is_growth_of(measure: str, topic: Topic, slot: Slot) -> bool:
    """Tell whether *measure* is but the growth of what this sentence has measured."""
    said = next((word for word in number_words("comparison-name") if measure.startswith(word)), "")
    return topic.sentence == slot.sentence and measure.removeprefix(said) in number_words("growth")


def measures_like(topic: Topic, slot: Slot) -> bool:
    """Tell whether the measure noun of *topic* can measure in this unit: 合格率 is no number of batches."""
    if slot.quantity.dimension in COUNTED and (
        topic.dimension != slot.quantity.dimension or len(topic.head) == 1
    ):
        return False  # 项目数量: its 量 is no measure of a part
    is_rate = topic.head.endswith(word_ends("rate"))
    return bool(topic.head) and is_rate == (slot.quantity.dimension == "ratio")


def _said_of_class(tail: Sequence[Piece]) -> list[Piece]:
    """Return the measure after 等 without the class whose it is: 价格 of 等|稀有资源|的|价格."""
    of = max((i for i, piece in enumerate(tail) if piece.role == "E"), default=-1)
    is_whose = ends_measure(text_of(tail[of + 1 :])) and all(piece.role != "P" for piece in tail)
    said = tail[of + 1 :] if is_whose else tail
    return [piece for piece in said if piece.text not in number_words("class-noun")]


def _split_measure(
    phrase: tuple[Piece, ...], items: Sequence[Sequence[Piece]]
) -> tuple[tuple[Piece, ...], str]:
    """Split the measure off whose it is: 乙公司|净利润, 乙公司的|销售收入, 甲制造业、乙制造业|增加值."""
    of = next((i for i, piece in enumerate(phrase) if i and piece.role == "E"), None)
    if of is not None:
        return phrase[:of], clean_name(trim_front(phrase[of + 1 :]))
    last = phrase[-1]
    head = measure_head(last.text)
    kind = last.text.removesuffix(head)
    if kind and any(item[-1].text.endswith(kind) for item in items[:-1] if item):
        return (*phrase[:-1], replace(last, text=kind)), head
    return phrase[:-1], last.text


def _is_change_of_each(slot: Slot, items: Sequence[Sequence[Piece]]) -> bool:
    """Tell whether one rate of change is said of several measures: 利用外资总额、进出口总额增长30%."""
    verbs = (load_measure_verbs().get(piece.text) for piece in slot.left)
    is_change = any(verb is not None and verb.role in ("up", "down") for verb in verbs)
    if slot.quantity.dimension != "ratio" or not is_change or not slot.is_first:
        return False
    names = [clean_name(item) for item in items]
    return all(len(name) > _SHORTEST and name.endswith(word_ends("amount-end")) for name in names)


def _is_distributed(slot: Slot) -> bool:
    return any(piece.text in number_words("distributor") for piece in slot.left)
