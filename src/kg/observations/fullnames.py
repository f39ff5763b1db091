"""What a clause calls the thing it measures in full: with the subject and the verb before its name."""

from collections.abc import Sequence

from kg.observations.frames import Frame, Memory
from kg.observations.nouns import text_of
from kg.observations.pieces import Piece
from kg.observations.tables import load_measure_verbs, load_source_words, number_words
from kg.records import replace

_LONGEST_LEAD = 14  # characters


def with_full_name(frame: Frame, clause: Sequence[Piece], sentence: int, memory: Memory) -> Frame:
    """Give a frame that has no other name the one that begins with what is said before it.

    阿合奇县|设置|11个|安置点 counts 安置点, which is 阿合奇县设置安置点数量 in full. Where the clause says
    nothing before it, it is of what the sentence has told of (*memory*).
    """
    if frame.other_name or frame.sentence != sentence:
        return frame
    before = min(frame.start, frame.piece.start)
    lead = [piece for piece in clause if piece.end <= before]
    counted = next((at for at, piece in enumerate(lead) if piece.quantity), len(lead))
    if any(piece.role not in "NABQ、C" for piece in lead[counted:]):
        return frame
    said = _said(lead[:counted], frame.name)
    if said:
        return replace(frame, other_name=said + frame.name) if len(said) <= _LONGEST_LEAD else frame
    if any(_tells(piece) for piece in lead[:counted]):
        return frame
    owner = _owner(memory, sentence)
    return replace(frame, other_name=owner + frame.name) if owner and owner not in frame.name else frame


def _owner(memory: Memory, sentence: int) -> str:
    """Return what the sentence has told of, or counted, before the clause."""
    subject, topic = memory.subject, memory.topic
    if subject is not None and subject.name and subject.sentence == sentence:
        return subject.name
    return topic.owner if topic is not None and topic.sentence == sentence else ""


def _said(lead: Sequence[Piece], name: str) -> str:
    """Return what tells something in *lead* and is not in *name*, with the 和 and 的 inside it."""
    told = [at for at, piece in enumerate(lead) if _tells(piece) and piece.text not in name]
    if not any(lead[at].role == "N" for at in told):
        return ""
    inside = range(told[0], told[-1])
    return text_of([p for at, p in enumerate(lead) if at in told or (at in inside and p.role in "、CE")])


def _tells(piece: Piece) -> bool:
    """Tell whether *piece* is a noun, an attribute or a verb that says what is done, not how much it is."""
    if piece.role not in "NABV" or piece.text in load_source_words():
        return False
    if piece.text in number_words("filler") or piece.text in number_words("whole-place"):
        return False
    known = load_measure_verbs().get(piece.text)
    return known is None or known.role == "flow"
