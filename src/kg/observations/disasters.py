"""What befell those counted: the attack or disaster that a text names before its dead and hurt."""

from collections.abc import Sequence

from kg.observations.frames import Frame, Topic
from kg.observations.nouns import is_place, text_of, trim_front
from kg.observations.pieces import Piece
from kg.observations.tables import number_words, word_ends
from kg.records import replace

_LONGEST_CAUSE = 12  # characters


def disaster_in(clause: Sequence[Piece], sentence: int) -> Topic | None:
    """Return the disaster that the clause speaks of, or the cause that it gives for what befell people.

    厂房|发生|一起|火灾事故, 学校|遭|空袭, 强震|已|造成|…, 受|强震|影响, 在|冲突|中.
    """
    return _befallen(clause, sentence) or _cause(clause, sentence) or _amid(clause, sentence)


def of_disaster(frame: Frame, disaster: Topic | None, sentence: int) -> Frame:
    """Name those whom something befell by the disaster of this sentence or the one before: 洪灾|死亡人数."""
    if disaster is None or sentence - disaster.sentence > 1:
        return frame
    is_fate = frame.name.removesuffix("人数").endswith(tuple(number_words("fate")))
    if not is_fate or not frame.name.endswith("人数") or disaster.name in frame.name:
        return frame
    return replace(frame, name=disaster.name + frame.name, other_names=(frame.name,))


def _befallen(clause: Sequence[Piece], sentence: int) -> Topic | None:
    at = next((i for i, piece in enumerate(clause) if piece.text in number_words("befalling")), None)
    if at is None:
        return None
    struck = [piece for piece in clause[at + 1 :] if piece.role in "NABEV"]
    counts = [piece.quantity for piece in clause if piece.quantity]
    last = next((piece for piece in reversed(clause) if not piece.quantity), None)  # 发生|火灾|21起
    if any(count.dimension != "count" for count in counts) or not struck or struck[-1] != last:
        return None
    return _named(struck, sentence)


def _cause(clause: Sequence[Piece], sentence: int) -> Topic | None:
    at = next((i for i, piece in enumerate(clause) if i and piece.text in number_words("harming")), 0)
    harmed = {piece.text for piece in clause[at:]}
    if not at or harmed.isdisjoint(number_words("fate")):
        return None
    end = at
    while end and clause[end - 1].role in "UDMT":
        end -= 1
    phrase = _phrase_before(clause, end)
    name = text_of(phrase)
    is_told = 1 < len(name) <= _LONGEST_CAUSE and not all(is_place(piece) for piece in phrase)
    return Topic(name, phrase[0].start, phrase[-1].end, sentence) if is_told else None


def _amid(clause: Sequence[Piece], sentence: int) -> Topic | None:
    """Return the disaster in which, or under which, the clause says that things happen."""
    for at, piece in enumerate(clause):
        if at and piece.text in number_words("amid"):
            found = _named(_phrase_before(clause, at), sentence)
            if found is not None:
                return found
    return None


def _phrase_before(clause: Sequence[Piece], end: int) -> Sequence[Piece]:
    """Return the noun phrase that ends before *end*, whose last word may be a verb (空袭)."""
    start = end - 1 if end and clause[end - 1].text.endswith(word_ends("disaster")) else end
    while start and clause[start - 1].role in "NAB":
        start -= 1
    return clause[start:end]


def _named(phrase: Sequence[Piece], sentence: int) -> Topic | None:
    struck = trim_front(phrase)
    name = text_of(struck)
    if not struck or not name.endswith(word_ends("disaster")) or len(name) > _LONGEST_CAUSE:
        return None
    return Topic(name, struck[0].start, struck[-1].end, sentence)
