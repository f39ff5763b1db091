"""What a clause without a number leaves to the numbers after it: a topic, or an owner of measures."""

from collections.abc import Sequence

from kg.observations.frames import Topic
from kg.observations.nouns import clean_name, ends_measure, last_item, trim_front
from kg.observations.owners import is_works
from kg.observations.pieces import Piece
from kg.observations.tables import load_measure_verbs, load_source_words, number_words, word_ends

_SHORTEST_OWNER = 3


def topic_of(clause: Sequence[Piece], sentence: int) -> Topic | None:
    """Return the topic that a clause without number sets for the next ones.

    It is a clause without verb (经济增长速度，前年是…), or the subject of a verb (铝价稳健上涨，突破…).
    """
    if len(clause) > 1 and clause[0].text in number_words("object-mark"):
        clause = clause[1:]  # 将|补助标准，由600元提高到650元
    if len(clause) > 2 and {clause[0].text, clause[-1].text} <= number_words("as-for"):
        clause = clause[1:-1]  # 就汽车保有量而言
    elif len(clause) > 1 and clause[-1].text in number_words("as-for"):
        clause = clause[:-1]  # 库存方面
    end = next((i for i, piece in enumerate(clause) if not _may_name(piece)), len(clause))
    if not end and clause[0].role == "V" and all(piece.role in "NABE" for piece in clause[1:]):
        end = len(clause)  # 赡养|老人扣除标准，由…
    subject = trim_front(clause[:end]) if end == len(clause) else last_item(trim_front(clause[:end]))
    while subject and subject[-1].text in number_words("filler"):
        subject = subject[:-1]  # 挖掘机销量|同比|首次出现负增长
    goes = (i for i, piece in enumerate(subject) if i and piece.text in number_words("course"))
    subject = subject[: next(goes, len(subject))]  # 铝价|走势坚挺
    name = clean_name(subject)
    if not ends_measure(name) or (end < len(clause) and clause[end].role not in "VDM"):
        subject = _changed(clause) or _told_by(clause) or _raised(clause)
        name = clean_name(subject)
    if not subject or name.startswith(word_ends("yardstick-lead")):
        return None
    return Topic(name, subject[0].start, subject[-1].end, sentence)


def _may_name(piece: Piece) -> bool:
    """Tell whether *piece* may stand in a phrase that names a measure: 甲国与乙国之间的贸易额."""
    return piece.role in "NABE、CTG“”" or piece.text in number_words("mutual-word")


def _changed(clause: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the forecast or aim that the clause says is changed: 下调了全年出货量的预期."""
    verbs = load_measure_verbs()
    at = next((i for i, piece in enumerate(clause) if piece.role == "V" and piece.text in verbs), None)
    if at is None or verbs[clause[at].text].role not in ("up", "down"):
        return ()
    changed = trim_front(clause[at + 1 :])
    name = clean_name(changed)
    if any(piece.role not in "NABETVRD" for piece in changed) or not name:
        return ()
    return changed if name.endswith(word_ends("aim-noun")) else ()


def _told_by(clause: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the measure of which the clause says what it tells: 反映消费价格的指数."""
    last_of = max((i for i, piece in enumerate(clause) if piece.role == "E"), default=0)
    measure = tuple(clause[last_of + 1 :])
    is_told = clause[0].text in number_words("telling") and last_of > 0
    is_whole = is_told and bool(measure) and all(piece.role in "NAB" for piece in measure)
    return measure if is_whole and ends_measure(clean_name(measure)) else ()


def _raised(clause: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the outlay that the clause says grows: 不断|加大|投入, which has then come to so much."""
    at = max((i for i, piece in enumerate(clause) if piece.text in number_words("raising")), default=-1)
    last_of = max((i for i, piece in enumerate(clause) if piece.role == "E"), default=at)
    outlay = tuple(clause[last_of + 1 :])
    is_whole = at >= 0 and bool(outlay) and all(p.role in "NABV" and not p.quantity for p in outlay)
    return outlay if is_whole and ends_measure(clean_name(outlay)) else ()


def owner_of(clause: Sequence[Piece], sentence: int, *, is_opening: bool) -> Topic | None:
    """Return the thing a clause introduces, which later measures may belong to (…是指新谭公路，全长…)."""
    phrase = _introduced(clause, is_opening=is_opening)
    phrase = phrase[next((i for i, piece in enumerate(phrase) if piece.role in "NA"), len(phrase)) :]
    name = clean_name(phrase)
    if len(name) < _SHORTEST_OWNER or any(piece.role not in "NAB“”" for piece in phrase):
        return None
    if ends_measure(name) or name[0] in load_source_words() or phrase[-1].tag == "nr":
        return None  # nor does who speaks own what is told
    return Topic(name, phrase[0].start, phrase[-1].end, sentence)


def owner_after(
    owner: Topic | None, subject: Topic | None, sentence: int, clause: Sequence[Piece]
) -> Topic | None:
    """Return whose the measures of a clause with this subject are; a body that it names has its own."""
    if subject is None or is_works(subject):
        return subject or owner
    is_here = subject.sentence == sentence and subject.start >= clause[0].start
    return None if is_here and subject.flow == "body" else owner


def owner_in(
    clause: Sequence[Piece], sentence: int, subject: Topic | None, *, is_opening: bool
) -> Topic | None:
    """Return the thing of a clause without number to which measures told later may belong."""
    return subject if is_works(subject) else owner_of(clause, sentence, is_opening=is_opening)


def _introduced(clause: Sequence[Piece], *, is_opening: bool) -> Sequence[Piece]:
    definers = number_words("definer")
    place = next((i for i, piece in enumerate(clause) if piece.text in definers), None)
    if place is not None:
        return [piece for piece in clause[place + 1 :] if piece.text not in definers]
    built = _built(clause)
    if built or not is_opening:
        return built
    last_of = max((i for i, piece in enumerate(clause) if piece.role == "E"), default=None)
    if last_of is not None and all(piece.role in "NAB" for piece in clause[last_of + 1 :]):
        return clause[last_of + 1 :]
    return clause[: next((i for i, piece in enumerate(clause) if piece.role not in "NA“”"), len(clause))]


def _built(clause: Sequence[Piece]) -> Sequence[Piece]:
    """Return what the clause says is built: the plant of 公司将投资建设电池工厂."""
    verb = max((i for i, piece in enumerate(clause) if piece.text in number_words("building")), default=None)
    if verb is None:
        return ()
    built = trim_front([piece for piece in clause[verb + 1 :] if piece.role != "U"])
    is_whole = bool(built) and all(piece.role in "NAB“”" for piece in built)
    return built if is_whole and clean_name(built).endswith(word_ends("works-noun")) else ()
