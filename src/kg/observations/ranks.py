"""Ranks: 杭州排名13, 位列第6, 产量2亿吨，居世界第2位."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from kg.numerals import Quantity, parse_chinese_number
from kg.observations.frames import Frame, Topic
from kg.observations.nouns import clean_name, is_place, last_item, subject_before
from kg.observations.pieces import Piece
from kg.observations.tables import number_words, word_ends

_LOWEST_RANK = 2  # a first place is praise rather than a figure


def read_rank(
    clause: Sequence[Piece], text: str, sentence: int, ranking: Topic | None, topic: Topic | None = None
) -> list[Frame]:
    """Read 排名13, 位列第6: the place that the subject takes in a ranking; its unit is 位."""
    match = _rank_re().search(text, clause[0].start, clause[-1].end)
    if match is None:
        return []
    group = "ordinal" if match["ordinal"] else "cardinal"
    number = match[group]
    value = Decimal(number) if number.isdigit() else parse_chinese_number(number)
    if value is None or value < _LOWEST_RANK:
        return []
    subject = last_item(subject_before([p for p in clause if p.end <= match.start()], has_verb=True))
    quantity = Quantity(match.start(group), match.end(), value, "位", "rank")
    piece = Piece(number, "Q", "m", match.start(group), match.end(), quantity)
    if subject and not all(is_place(p) or not p.text.isalnum() for p in subject):
        name = clean_name(subject) + (match["scope"] or "") + "排名"
        return [Frame(piece, name, subject[0].start, subject[-1].end, sentence, "rank", 0.8)]
    is_plain = not any(piece.quantity for piece in clause)
    if ranking is None and topic and topic.sentence == sentence and not subject and is_plain:
        name = (topic.measure or topic.name) + (match["scope"] or "") + "排名"  # 产量2亿吨，居世界第2位
        return [Frame(piece, name, topic.start, topic.end, sentence, "rank", 0.7)]
    if ranking is None:
        return []
    place = subject[0] if subject else None
    return [
        Frame(piece, ranking.name, ranking.start, ranking.end, ranking.sentence, "rank", 0.8, place=place)
    ]


def has_rank(text: str) -> bool:
    """Tell cheaply whether *text* states a rank."""
    return _rank_re().search(text) is not None


@cache
def _rank_re() -> re.Pattern[str]:
    verbs, places = "|".join(word_ends("rank-verb")), "|".join(word_ends("whole-place"))
    ordinal = r"第(?P<ordinal>\d{1,3}|[二三四五六七八九十]{1,3})[位名]?"
    return re.compile(
        rf"(?:{verbs})(?P<scope>{places})?(?:{ordinal}|(?P<cardinal>\d{{1,3}})[位名]?)(?=$|[，。；、])"
    )


def ranking_of(clause: Sequence[Piece], sentence: int) -> Topic | None:
    """Return the ranking that 在…中 opens (在《全球创新指数》百强创新集群中，…位列第6)."""
    if clause[0].text != "在" or clause[-1].text not in number_words("locality"):
        return None
    last = max((i for i, piece in enumerate(clause) if piece.role == "E"), default=0)
    phrase = clause[last + 1 : -1]
    if not phrase:
        return None
    name = "".join(piece.text for piece in phrase).replace("《", "").replace("》", "")
    return Topic(name + "排名", phrase[0].start, phrase[-1].end, sentence)
