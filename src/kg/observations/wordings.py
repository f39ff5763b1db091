"""What a clause calls the thing it measures in its own words, from where it begins to tell of it."""

from collections.abc import Sequence

from kg.observations.nouns import clean_name
from kg.observations.pieces import Piece
from kg.observations.tables import (
    load_measure_verbs,
    load_number_kinds,
    load_source_words,
    number_words,
)

_SHORTEST, _LONGEST = 1, 20  # characters
_NOT_FIRST = "TCUPFRGE、D”M"


def wording_of(left: Sequence[Piece], phrase: Sequence[Piece]) -> str:
    """Return the words of *left* from the first that tells something to the end of *phrase*, or nothing.

    吉林油田公司|累计|生产|含|二氧化碳|天然气, of which 天然气 is measured. Times and the words of when and
    how surely it is so (已, 将, 预计) are left out.
    """
    words = past_causes([piece for piece in left if piece.end <= phrase[-1].end])
    before = (at for at, piece in enumerate(words) if piece.end <= phrase[0].start)
    parted = (at + 1 for at in before if words[at].role in "、G" or _tells_in(words[at]))
    words = words[max(parted, default=0) :]
    while words and _is_before(words[0]):
        words = words[1:]
    wording = worded(words)
    return wording if _SHORTEST < len(wording) <= _LONGEST else ""


def worded(words: Sequence[Piece]) -> str:
    """Return *words* as a name, without times and the words of when and how surely it is so."""
    return clean_name([piece for piece in words if not _is_unsaid(piece)])


def wording_before(lead: Sequence[Piece]) -> str:
    """Return the words of *lead*, which stands before a number, that tell what it counts, or nothing.

    中国|在|阿拉伯国家|开设|20所: without the verbs that only give the number (达到).
    """
    end = len(lead)
    while end and (_is_unsaid(lead[end - 1]) or lead[end - 1].role in "PDU" or states_value(lead[end - 1])):
        end -= 1
    return wording_of(lead, lead[end - 1 : end]) if end else ""


def states_value(piece: Piece) -> bool:
    """Tell whether *piece* is a verb that only gives the number or says how it changed (突破, 增长)."""
    verb = load_measure_verbs().get(piece.text)
    return verb is not None and verb.role != "flow"


def is_saying(piece: Piece) -> bool:
    """Tell whether *piece* says that somebody gives what follows (显示, 表示)."""
    return piece.text in load_source_words() or piece.text in number_words("saying")


def _tells_in(piece: Piece) -> bool:
    """Tell whether *piece* is a verb by which somebody gives what follows: 测产|结果表明; not 预计."""
    return is_saying(piece) and piece.role in "VD" and piece.text not in load_number_kinds()


def past_causes(words: list[Piece]) -> list[Piece]:
    """Return the words behind a verb of causing, which tell what is brought about: 新规|使|办理时间."""
    causing = number_words("causing")
    return words[max((at + 1 for at, piece in enumerate(words) if piece.text in causing), default=0) :]


def _is_before(piece: Piece) -> bool:
    """Tell whether a word stands before all that is told of what is measured."""
    if piece.text in number_words("told-first"):
        return False
    is_idle = piece.text in number_words("whole-place") or _is_unsaid(piece)
    return is_idle or piece.role in _NOT_FIRST or bool(piece.quantity)


def _is_unsaid(piece: Piece) -> bool:
    return piece.time is not None or piece.text in number_words("unsaid") or piece.text in load_number_kinds()
