"""Sums that a bracket gives in another currency: 3亿美元（约合21亿元人民币）的协议."""

from collections.abc import Sequence

from kg.observations.pieces import Piece
from kg.observations.tables import number_words

_WIDEST = 6  # pieces in the bracket


def without_conversions(clause: Sequence[Piece]) -> tuple[tuple[Piece, ...], dict[int, Piece]]:
    """Return a clause without such brackets, and by the offset of a sum what it is in the other currency."""
    kept: list[Piece] = []
    found: dict[int, Piece] = {}
    place = 0
    while place < len(clause):
        end = _end_of_bracket(clause, place) if kept and _is_sum(kept[-1]) else 0
        sums = [piece for piece in clause[place:end] if piece.quantity]
        if len(sums) == 1 and _is_sum(sums[0]) and _says_nothing_else(clause[place + 1 : end - 1]):
            found[kept[-1].start] = sums[0]
            place = end
            continue
        kept.append(clause[place])
        place += 1
    return tuple(kept), found


def _end_of_bracket(clause: Sequence[Piece], place: int) -> int:
    """Return where the bracket ends that begins at *place*, or zero."""
    if clause[place].role != "(":
        return 0
    return next((i + 1 for i in range(place, min(len(clause), place + _WIDEST)) if clause[i].role == ")"), 0)


def _is_sum(piece: Piece) -> bool:
    return piece.quantity is not None and piece.quantity.dimension == "money"


def _says_nothing_else(inside: Sequence[Piece]) -> bool:
    """Tell whether a bracket holds but the sum: 约合, 折合, 人民币."""
    plain = number_words("conversion") | number_words("currency") | number_words("exchange")
    return all(piece.quantity or piece.role in "DU" or piece.text in plain for piece in inside)
