"""Where a change began and what it is counted from: 由3天缩短至2小时, 较上月的250吨下降2%."""

from collections.abc import Sequence
from itertools import pairwise

from kg.observations.dimensions import CHANGES
from kg.observations.nouns import is_per
from kg.observations.pieces import Piece
from kg.observations.tables import load_measure_verbs, number_words
from kg.records import replace


def without_starts(clause: Sequence[Piece]) -> Sequence[Piece]:
    """Take out where a change began (比重由3.2%提高到4.5%), so that its subject meets its end value."""
    for place in _number_places(clause)[:-1]:
        start = _start_of_change(clause, place)
        if start:
            rest = [_in_unit_of(piece, clause[place]) for piece in clause[place + 1 :]]
            return without_starts((*clause[: start - 1], *rest))
    return clause


def join_starts(clauses: Sequence[tuple[Piece, ...]]) -> tuple[tuple[Piece, ...], ...]:
    """Return *clauses*, those joined that a comma parts within one change: 由5小时|，|缩短至2小时."""
    joined: list[tuple[Piece, ...]] = []
    for clause in clauses:
        if joined and _ends_in_start(joined[-1]) and _opens_change(clause):
            clause = (*joined.pop(), *clause)
        joined.append(clause)
    return tuple(joined)


def _ends_in_start(clause: Sequence[Piece]) -> bool:
    """Tell whether the clause stops at the number where a change began."""
    places = _number_places(clause)
    return bool(places) and places[-1] == len(clause) - 1 and _start_of_change(clause, places[-1]) > 0


def _opens_change(clause: Sequence[Piece]) -> bool:
    """Tell whether the clause begins with the verb of a change, such as 缩短 and 发展到."""
    first = next((piece.text for piece in clause if piece.role not in "DTM"), "")
    verb = load_measure_verbs().get(first)
    is_arrival = verb is not None and verb.role == "reach" and first.endswith(tuple(number_words("arrival")))
    return is_arrival or (verb is not None and verb.role in ("up", "down"))


def _in_unit_of(piece: Piece, start: Piece) -> Piece:
    """Return the number in the full unit that the one before had: 从一吨80元涨到150元."""
    quantity, first = piece.quantity, start.quantity
    if quantity is None or first is None or first.unit.partition("/")[0] != quantity.unit:
        return piece
    return replace(piece, quantity=replace(quantity, unit=first.unit, dimension=first.dimension))


def without_praise(left: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Take off what only says how high the number is: 产量达到|创纪录的|4亿吨."""
    is_praise = len(left) > 1 and left[-1].role == "E" and left[-2].text in number_words("praise")
    return left[:-2] if is_praise else left


def find_starts(clause: Sequence[Piece]) -> dict[int, Piece]:
    """Return, by the offset of the end value of a change, the number it began with (由3天缩短至2小时)."""
    places = _number_places(clause)
    return {
        clause[end].start: clause[start] for start, end in pairwise(places) if _start_of_change(clause, start)
    }


def find_bases(clause: Sequence[Piece]) -> dict[int, Piece]:
    """Return, by the offset of a change, the value it is counted from (较上月的250吨下降2%)."""
    return {
        clause[end].start: clause[base]
        for base, end in pairwise(_number_places(clause))
        if _is_basis_value(clause, base) and _is_change_between(clause[base + 1 : end])
    }


def _is_basis_value(clause: Sequence[Piece], place: int) -> bool:
    quantity = clause[place].quantity
    before = [piece for piece in clause[:place] if quantity and piece.start < quantity.outer_start]
    while before and before[-1].role in "EDU":
        before.pop()
    if quantity is None or quantity.dimension in CHANGES or not before or before[-1].role != "T":
        return False
    while before and before[-1].role in "TE":
        before.pop()
    return bool(before) and before[-1].text in number_words("plain-basis")


def _is_change_between(pieces: Sequence[Piece]) -> bool:
    verbs = [load_measure_verbs().get(piece.text) for piece in pieces if piece.role not in "DUMF"]
    verbs = [verb for verb in verbs if verb is None or verb.role != "reach"]  # 较6月的2万吨|更是|增加
    return len(verbs) == 1 and verbs[0] is not None and verbs[0].role in ("up", "down")


def find_start_times(clause: Sequence[Piece], end: int) -> frozenset[int]:
    """Return the offsets of the times that hold for where a change began, of changes that end by *end*.

    明年将从今年的990万吨升至1030万吨: 今年 is when it was 990万吨.
    """
    found: set[int] = set()
    for place in _number_places(clause)[:-1]:
        start = _start_of_change(clause, place)
        if start and clause[place].end < end:
            found.update(piece.start for piece in clause[start:place] if piece.time)
    return frozenset(found)


def _number_places(clause: Sequence[Piece]) -> list[int]:
    return [i for i, piece in enumerate(clause) if piece.quantity]


def _start_of_change(clause: Sequence[Piece], place: int) -> int:
    """Return where the words between 由 and the number at *place* begin, or zero."""
    quantity = clause[place].quantity
    outer = quantity.outer_start if quantity else clause[place].start
    start = place
    while start and _stands_before_start(clause[start - 1], outer):
        start -= 1  # 由年初的|平均|每公斤|80美元
    if start > 1 and clause[start - 1].role == "E":  # 由设立之初的76家增至512家
        start = next((i + 1 for i in range(start - 2, -1, -1) if not _is_of_start(clause[i])), 0)
    while start and (_stands_before_start(clause[start - 1], outer) or _is_for_each(clause, start - 1)):
        start -= 1
    return start if start and clause[start - 1].text in number_words("origin") else 0


def _is_for_each(clause: Sequence[Piece], place: int) -> bool:
    """Tell whether the piece belongs to 每名学徒 in 由每名学徒每月800元提高到1200元."""
    if clause[place].text in number_words("each"):
        return True
    return place > 0 and clause[place].role == "N" and clause[place - 1].text in number_words("each")


def _is_of_start(piece: Piece) -> bool:
    return piece.text not in number_words("origin") and piece.role in "NVTFA" and piece.quantity is None


def _stands_before_start(piece: Piece, outer_start: int) -> bool:
    return (
        piece.role in "ADTU"
        or is_per(piece)
        or piece.text in number_words("filler")
        or piece.start >= outer_start
    )
