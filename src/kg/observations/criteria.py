"""Classes told apart by a number of their own: 30家产值超10亿元的企业, 产值超10亿元的企业30家."""

from collections.abc import Sequence
from itertools import pairwise

from kg.observations.counted import phrase_after
from kg.observations.dimensions import COUNTED
from kg.observations.frames import Frame
from kg.observations.names import size_noun
from kg.observations.nouns import clean_name, ends_measure, text_of
from kg.observations.pieces import Piece
from kg.observations.tables import load_measure_verbs

_LONGEST = 10  # pieces between the two numbers
Clause = tuple[Piece, ...]


def read_criterion(clause: Clause, sentence: int) -> tuple[list[Frame], Clause]:
    """Read how many there are of a class that a number bounds, and return what is left to read.

    A loose bound (超10亿元, 10亿元以上) only sorts and is no figure; an exact one (投资10亿元的) stays.
    """
    places = [i for i, piece in enumerate(clause) if piece.quantity]
    for first, second in pairwise(places):
        for count, bound in ((first, second), (second, first)):
            found = _class_of(clause, count, bound)
            if found is None:
                continue
            start, phrase = found
            frame = _frame(clause, count, clause[start : bound + 1], phrase, sentence)
            return [frame], _rest(clause, count, start, phrase[-1].end, bound)
    return [], clause


def _class_of(clause: Clause, count: int, bound: int) -> tuple[int, Sequence[Piece]] | None:
    """Return where the measure of the bound begins, and the noun that the bound sorts, or nothing."""
    counted, limit = clause[count].quantity, clause[bound].quantity
    if counted is None or limit is None or counted.dimension not in COUNTED or limit.dimension in COUNTED:
        return None
    start = _measure_before(clause, bound, counted.outer_end if count < bound else 0)
    after = [piece for piece in clause[bound + 1 :] if piece.start >= limit.outer_end]
    if start is None or not after or after[0].role != "E":
        return None
    phrase = phrase_after(after[1:], "", is_last=count < bound)
    while phrase and phrase[-1].text in load_measure_verbs():
        phrase = phrase[:-1]  # 涨幅超1倍的品种|多达96个
    if len(clean_name(phrase)) < 2 or ends_measure(clean_name(phrase)):
        return None
    if count < bound:
        between = [p for p in clause[count + 1 : start] if p.start >= counted.outer_end]
        return (start, phrase) if not between else None
    between = [p for p in clause if phrase[-1].end <= p.start < counted.outer_start]
    known = load_measure_verbs()
    is_stated = all(p.role in "DU" or (p.text in known and known[p.text].role == "reach") for p in between)
    return (start, phrase) if is_stated and count - bound < _LONGEST else None


def _measure_before(clause: Clause, bound: int, begin: int) -> int | None:
    """Return where the noun phrase begins that the number at *bound* measures: 全产业链|产值|超."""
    limit = clause[bound].quantity
    end = bound
    while end and limit and (clause[end - 1].start >= limit.outer_start or _states(clause[end - 1])):
        end -= 1
    start = end
    while start and clause[start - 1].role in "NAB" and clause[start - 1].start >= begin:
        start -= 1
    if start and clause[start - 1].text == "年" and clause[start - 1].start >= begin:
        start -= 1  # 年|营业收入
    return start if start < end and ends_measure(text_of(clause[start:end])) else None


def _states(piece: Piece) -> bool:
    verb = load_measure_verbs().get(piece.text)
    return piece.role in "DU" or (verb is not None and verb.role == "reach" and piece.role != "N")


def _frame(
    clause: Clause, count: int, bounded: Sequence[Piece], phrase: Sequence[Piece], sentence: int
) -> Frame:
    counted = clause[count]
    noun = clean_name(phrase)
    size = size_noun(noun, counted.quantity.dimension if counted.quantity else "") or "数量"
    behind = [p for p in clause if bounded[-1].end <= p.start < phrase[0].start and p.role != "E"]
    name = f"{text_of([*bounded, *behind])}的{noun}{size}"
    return Frame(counted, name, bounded[0].start, phrase[-1].end, sentence, "criterion", 0.8)


def _rest(clause: Clause, count: int, start: int, end: int, bound: int) -> Clause:
    """Return the clause without the count, and without the class too where its bound is loose."""
    limit, number = clause[bound].quantity, clause[count]
    is_loose = limit is not None and limit.is_approximate
    sorts = range(clause[start].start, end) if is_loose else range(0)
    return tuple(piece for piece in clause if piece is not number and piece.start not in sorts)
