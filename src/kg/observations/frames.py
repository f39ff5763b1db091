"""The records that pass between the readers of numbers: slots, topics and frames."""

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.numerals import Quantity, find_dimension
from kg.observations.dimensions import AMOUNTS, COUNTED, SPANS
from kg.observations.nouns import clean_name, measure_head, text_of
from kg.observations.pieces import Piece
from kg.observations.starts import without_praise, without_starts
from kg.observations.tables import load_measure_verbs, number_words, word_ends
from kg.observations.wordings import wording_of
from kg.records import Record, replace

_SPELLED_SPAN_RE = re.compile("[一二两三四五六七八九十半几]{1,3}个?(?:周|月|年|天|季度|小时)")
_TIMED_END = 3  # verb, time, 的
_ONE = ("一", "每")
_GROUND = ("的", "基础", "上")


class Topic(Record, frozen=True):
    """What the text was last measuring, or the thing whose measures follow.

    ``name`` was built from the words at ``start`` to ``end`` of sentence ``sentence``; ``flow`` is
    the verb that belongs to it (新建), ``owner`` the counted noun without 数量, ``whole`` what a share is of;
    ``recalled`` is the last sentence that spoke of it, ``measure`` the name of its amount where that
    is another (产量 of what was 生产), ``growth`` the name of its change where that was told last,
    ``wording`` what the text itself calls it.
    """

    name: str
    start: int
    end: int
    sentence: int
    dimension: str = ""
    comparison: str = ""
    is_growth: bool = False
    owner: str = ""
    flow: str = ""
    whole: str = ""
    recalled: int = -1
    measure: str = ""
    growth: str = ""
    wording: str = ""

    @property
    def head(self) -> str:
        """The measure noun that parts of this topic share."""
        return measure_head(self.name)


class Opening(Record, frozen=True):
    """What a clause of sentence ``sentence`` begins with, of which the next ones may tell.

    ``measure`` is the measure that was said of it; ``is_measured`` tells that the clause gives its number.
    """

    name: str
    sentence: int
    measure: str
    is_measured: bool


class Frame(Record, frozen=True):
    """One reading of a number: indicator ``name`` with the place of the words it was built from.

    ``start`` and ``end`` count from the start of sentence ``sentence``; ``place`` is the piece that
    names where the number holds, where that is said in a list (美国、中国分别增长…). ``other_names``
    are more names of the indicator: without what tells it apart, as the clause has it, in full.
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
    other_names: tuple[str, ...] = ()


class Slot(Record, frozen=True):
    """A number with the pieces left and right of it, up to its neighbours in the clause.

    ``following`` is the next number as written, with what loosens it; ``bound`` is what loosens
    this one from behind (以上). ``is_opening`` tells the first number of the sentence,
    ``before`` is what loosens it from the front (突破). ``shared`` is what follows the last of a list of
    numbers that 的 joins to one thing (总投资9亿元、占地30亩的工厂).
    """

    piece: Piece
    quantity: Quantity
    left: tuple[Piece, ...]
    right: tuple[Piece, ...]
    sentence: int
    is_first: bool = True
    is_last: bool = True
    is_part: bool = False
    following: str = ""
    bound: str = ""
    is_opening: bool = True
    before: str = ""
    shared: tuple[Piece, ...] = ()

    def rest_after(self, phrase: Sequence[Piece]) -> tuple[Piece, ...]:
        """Return what stands right of *phrase*, which itself stands right of the number."""
        begin = phrase[-1].end if phrase else 0
        return tuple(piece for piece in self.right if piece.start >= begin)

    def frame(self, name: str, phrase: Sequence[Piece], rule: str, confidence: float) -> Frame:
        """Return a frame that names this number by the words of *phrase*."""
        return Frame(self.piece, name, phrase[0].start, phrase[-1].end, self.sentence, rule, confidence)


class Memory(Record, frozen=True):
    """What clauses before left: the topic, the thing whose measures follow, the ranking that is open.

    ``subject`` is what the clause, or one before it in the sentence, begins with, ``openings``
    are the things that clauses began with, ``disaster`` is what befell those of whom it tells.
    """

    topic: Topic | None = None
    owner: Topic | None = None
    ranking: Topic | None = None
    subject: Topic | None = None
    openings: tuple[Opening, ...] = ()
    disaster: Topic | None = None


def find_slots(
    clause: Sequence[Piece], sentence: int, *, is_part: bool, is_opening: bool = True
) -> list[Slot]:
    """Return the numbers of a clause, each with what stands between it and its neighbours."""
    clause = _without_row(_without_periods(without_starts(clause)))
    clause = _without_ground(_without_since(clause))
    places = [i for i, piece in enumerate(clause) if piece.quantity and not _is_period(clause, i)]
    slots: list[Slot] = []
    for order, place in enumerate(places):
        quantity = clause[place].quantity
        if quantity is None:
            continue
        is_last = order + 1 == len(places)
        following = clause[places[order + 1]].quantity if not is_last else None
        left = _left_of(clause, places[order - 1] + 1 if order else 0, place, quantity.outer_start)
        left = without_praise(left)
        if _is_timed_end(left):
            left = left[:-1]  # 涨至|上周末|的|2万元
        piece, left = _for_each_unit(_of_money(clause[place], left), left)
        quantity = piece.quantity or quantity
        if slots and not left and slots[-1].right and slots[-1].right[-1].role in "、C":
            left = slots[-1].left  # 新建5个工厂、10个车间: the verb holds for both
        right = tuple(
            piece
            for piece in clause[place + 1 :]
            if piece.start >= quantity.outer_end
            and (following is None or piece.start < following.outer_start)
        )
        piece, right = _for_one(piece, right)
        quantity = piece.quantity or quantity
        loose = _loose_text(clause, following) if following else ""
        bound = text_of([p for p in clause if quantity.end <= p.start < quantity.outer_end])
        slot = Slot(piece, quantity, left, right, sentence, not order, is_last, is_part, loose, bound)
        before = text_of([p for p in clause if quantity.outer_start <= p.start < quantity.start])
        slots.append(replace(slot, is_opening=is_opening and not order, before=before))
    return _with_likened(_with_shared(_with_given(_with_range_ends(_with_kinds(slots)))))


def _with_likened(slots: list[Slot]) -> list[Slot]:
    """Let one likening hold for a list: 能耗|相当于|甲国|的|5倍、乙国|的|4倍."""
    for place in range(1, len(slots)):
        first, second = slots[place - 1], slots[place]
        at = max((i for i, p in enumerate(first.left) if p.text in number_words("likeness")), default=-1)
        is_listed = bool(first.right) and first.right[0].role in "、C"
        is_other = len(second.left) > 1 and second.left[-1].role == "E" and second.left[-2].role == "N"
        if at >= 0 and is_listed and is_other and first.quantity.dimension == second.quantity.dimension:
            slots[place - 1] = replace(first, right=first.right[:1])
            slots[place] = replace(second, left=(*first.left[: at + 1], *second.left))
    return slots


def _with_kinds(slots: list[Slot]) -> list[Slot]:
    """Let a number of kinds count what the number right after it does: 8类70多项|服务."""
    for place, (first, second) in enumerate(pairwise(slots)):
        is_joined = not first.right and first.quantity.outer_end == second.quantity.outer_start
        if is_joined and {first.quantity.dimension, second.quantity.dimension} <= COUNTED:
            slots[place] = replace(first, right=second.right, is_last=second.is_last)
    return slots


def _with_given(slots: list[Slot]) -> list[Slot]:
    """Let all sums that pauses list be of what is given by the last of them: 100万元、300万元|奖励."""
    given = slots[-1].right if slots else ()
    if not given or given[0].text not in number_words("grant"):
        return slots
    for at in range(len(slots) - 2, -1, -1):
        if [piece.role for piece in slots[at].right] != ["、"]:
            break
        slots[at] = replace(slots[at], right=given)
    return slots


def _with_shared(slots: list[Slot]) -> list[Slot]:
    """Let all numbers that pauses list be of the thing that 的 joins to the last of them."""
    if not slots or not slots[-1].right or slots[-1].right[0].role != "E":
        return slots
    shared = slots[-1].right
    for at in range(len(slots) - 2, -1, -1):
        if not slots[at].right or slots[at].right[0].role != "、":
            break
        slots[at] = replace(slots[at], shared=shared)
    return slots


def _of_money(piece: Piece, left: Sequence[Piece]) -> Piece:
    """Let a number without unit be money after a verb of spending: 投资|220亿."""
    quantity = piece.quantity
    spends = bool(left) and left[-1].text in number_words("investing") | number_words("funding")
    if quantity is None or not spends or quantity.unit not in number_words("scale"):
        return piece
    return replace(piece, quantity=replace(quantity, dimension="money"))


def _for_each_unit(piece: Piece, left: tuple[Piece, ...]) -> tuple[Piece, tuple[Piece, ...]]:
    """Give a sum the unit that stands before its verb: 油价|每吨|上调|200元 is 200元/吨."""
    quantity = piece.quantity
    if quantity is None or quantity.dimension != "money" or "/" in quantity.unit:
        return piece, left
    each = [i for i, one in enumerate(left[:-1]) if one.text[0] == "每"]
    if not each:
        return piece, left
    at = each[-1]
    behind = at + 2 if left[at].text == "每" else at + 1  # 每|千瓦时, 每吨
    unit = text_of(left[at:behind])[1:]
    if find_dimension(unit) not in AMOUNTS:
        return piece, left
    verbs = [load_measure_verbs().get(one.text) for one in left[behind:] if one.role not in "DUMT"]
    if not verbs or any(verb is None or verb.role not in ("up", "down", "reach") for verb in verbs):
        return piece, left
    priced = replace(quantity, unit=f"{quantity.unit}/{unit}", dimension="rate")
    return replace(piece, quantity=priced), (*left[:at], *left[behind:])


def _for_one(piece: Piece, right: tuple[Piece, ...]) -> tuple[Piece, tuple[Piece, ...]]:
    """Give a sum the unit that follows it where it is what one such costs: 8万元|一瓶|的酒 is 8万元/瓶."""
    quantity, said = piece.quantity, right[0].text if right else ""
    if quantity is None or quantity.dimension != "money" or len(said) == 1 or not said.startswith(_ONE):
        return piece, right
    is_closed = len(right) == 1 or right[1].role in "E、C”"
    if not is_closed or right[0].quantity or find_dimension(said[1:]) not in AMOUNTS | {"count", "area"}:
        return piece, right
    priced = replace(quantity, unit=f"{quantity.unit}/{said[1:]}", dimension="rate")
    return replace(piece, quantity=priced), right[1:]


def _with_range_ends(slots: list[Slot]) -> list[Slot]:
    """Let both ends of a range in two units measure the same: 集中8000万元到1亿元资金."""
    for place, (first, second) in enumerate(pairwise(slots)):
        is_range = (
            len(first.right) == 1
            and second.left in ((), first.right)
            and first.right[0].text in number_words("range-mark")
        )
        is_of_one = first.quantity.dimension == second.quantity.dimension
        if is_range and is_of_one and first.quantity.unit != second.quantity.unit:
            slots[place] = replace(first, right=second.right, is_last=second.is_last)
            slots[place + 1] = replace(second, left=first.left)
    return slots


def _is_timed_end(left: Sequence[Piece]) -> bool:
    """Tell whether 的 stands between the time at which a change ended and its end value."""
    if len(left) < _TIMED_END or left[-1].role != "E" or left[-2].role != "T":
        return False
    return left[-3].text in load_measure_verbs() or left[-3].text in number_words("arrival")


def _left_of(clause: Sequence[Piece], begin: int, place: int, outer_start: int) -> tuple[Piece, ...]:
    """Return the pieces before a number, from the last separator where another number precedes."""
    left = tuple(piece for piece in clause[begin:place] if piece.start < outer_start)
    cut = max((i + 1 for i, piece in enumerate(left) if piece.role in "、C"), default=0)
    return left[cut:] if begin else left


def _is_period(clause: Sequence[Piece], place: int) -> bool:
    """Tell whether a span of time says how long a change took (规模10年增加10倍)."""
    if not _is_span(clause[place]) or place + 1 == len(clause):
        return False
    after = next((p for p in clause[place + 1 :] if p.role not in "FU"), clause[place + 1])
    is_deed = after.role in "VD" or after.text in load_measure_verbs()
    return is_deed and any(piece.quantity for piece in clause[place + 1 :])


def _is_span(piece: Piece) -> bool:
    """Tell whether *piece* is a span of time, in figures or spelled out: 3个月, 一周."""
    if piece.quantity is not None:
        return piece.quantity.dimension in SPANS
    return piece.role == "Q" and _SPELLED_SPAN_RE.fullmatch(piece.text) is not None


def _without_periods(clause: Sequence[Piece]) -> Sequence[Piece]:
    """Take out the time within which a change took place: 价格|在|3个月|内|下跌了18%."""
    for place in range(len(clause) - 1):
        if clause[place + 1].role == "F" and _is_period(clause, place):
            start = place - 1 if place and clause[place - 1].text == "在" else place
            return (*clause[:start], *clause[place + 2 :])
    return clause


def _without_row(clause: Sequence[Piece]) -> Sequence[Piece]:
    """Take out in how many months in a row a measure stood so: 指数|连续|两个|月|超过5%."""
    row = number_words("in-a-row")
    start = next((i for i, piece in enumerate(clause) if i and piece.text in row), len(clause) - 1)
    end = start + 1
    while end < len(clause) and clause[end].role == "Q":
        end += 1
    is_row = end > start + 1 and any(piece.quantity for piece in clause[end:])
    return (*clause[:start], *clause[end:]) if is_row else clause


def _without_since(clause: Sequence[Piece]) -> Sequence[Piece]:
    """Take out since when a change goes on, between what changes and its verb: 产值|自|开幕|以来|增长."""
    start = next((i for i, piece in enumerate(clause) if i and piece.text in number_words("since")), 0)
    end = next((i for i in range(start + 1, len(clause)) if clause[i].text == "以来"), 0) if start else 0
    is_since = end and not any(piece.quantity for piece in clause[start:end])
    return (*clause[:start], *clause[end + 1 :]) if is_since else clause


def _without_ground(clause: Sequence[Piece]) -> Sequence[Piece]:
    """Take off what makes a statement the ground of the next one: 在|安排60亿元用于民生|的|基础|上."""
    is_ground = len(clause) > len(_GROUND) and clause[0].text == "在"
    is_ground = is_ground and tuple(piece.text for piece in clause[-len(_GROUND) :]) == _GROUND
    return clause[1 : -len(_GROUND)] if is_ground else clause


def _loose_text(clause: Sequence[Piece], quantity: Quantity) -> str:
    return text_of([p for p in clause if quantity.outer_start <= p.start < quantity.outer_end])


def named(subject: Sequence[Piece], topic: Topic | None, slot: Slot, deed: Sequence[Piece] = ()) -> Topic:
    """Return the name and place of *subject*, or those of *topic* where there is none.

    *deed* is the verb after the subject that belongs to what the text calls it (江海省秋粮|收获).
    """
    if subject:
        place = subject[0].start, subject[-1].end, slot.sentence
        return Topic(clean_name(subject), *place, wording=wording_of(slot.left, (*subject, *deed)))
    return topic or Topic("", slot.piece.start, slot.piece.end, slot.sentence)


def comparison_of(basis: str) -> str:
    """Return what a change against *basis* is called: 同比 of 较去年同期, 环比 of 比上月, or nothing.

    Example:
        >>> comparison_of("较去年同期的"), comparison_of("比上月"), comparison_of("比年初")
        ('同比', '环比', '')
    """
    if not basis.startswith(word_ends("plain-basis")):
        return ""
    if any(word in basis for word in number_words("year-before")):
        return "同比"
    return "环比" if any(word in basis for word in number_words("period-before")) else ""


def comparison_in(left: Sequence[Piece]) -> str:
    """Return the comparison that belongs to the name of an indicator (同比, 年均), or nothing."""
    text = "".join(piece.text if piece.time is None else " " for piece in left)  # 2025年|比2020年: no 年比
    return next((word for word in sorted(number_words("comparison-name")) if word in text), "")
