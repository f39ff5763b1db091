"""What a clause calls the thing it measures in full: with the subject and the verb before its name."""

from collections.abc import Sequence

from kg.observations.frames import Frame, Topic
from kg.observations.nouns import text_of
from kg.observations.pieces import Piece
from kg.observations.tables import load_measure_verbs, load_source_words, number_words
from kg.records import replace

_LONGEST_LEAD = 14  # characters


def with_full_name(
    frame: Frame, clause: Sequence[Piece], sentence: int, subject: Topic | None = None
) -> Frame:
    """Give a frame that has no other name the one that begins with what is said before it.

    阿合奇县|设置|11个|安置点 counts 安置点, which is 阿合奇县设置安置点数量 in full. Where the clause says
    nothing before it, it is of the *subject* that the sentence has told of.
    """
    if frame.other_name or frame.sentence != sentence:
        return frame
    before = min(frame.start, frame.piece.start)
    lead = [piece for piece in clause if piece.end <= before]
    if any(piece.quantity for piece in lead):
        return frame
    kept = [piece for piece in lead if _tells(piece) and piece.text not in frame.name]
    said = text_of(kept)
    if not kept and subject is not None and subject.name and subject.sentence == sentence:
        said = "" if subject.name in frame.name else subject.name
        return replace(frame, other_name=said + frame.name) if said else frame
    is_said = any(piece.role == "N" for piece in kept) and len(said) <= _LONGEST_LEAD
    return replace(frame, other_name=said + frame.name) if is_said else frame


def _tells(piece: Piece) -> bool:
    """Tell whether *piece* is a noun, an attribute or a verb that says what is done, not how much it is."""
    if piece.role not in "NABV" or piece.text in load_source_words():
        return False
    if piece.text in number_words("filler") or piece.text in number_words("whole-place"):
        return False
    known = load_measure_verbs().get(piece.text)
    return known is None or known.role == "flow"
