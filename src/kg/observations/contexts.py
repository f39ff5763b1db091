"""When, where, by whom and in what sense a number holds: what its surroundings say of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.lexicon import Lexicon
from kg.numerals import TimeExpression
from kg.observations.pieces import Piece
from kg.observations.tables import load_number_kinds, load_source_words, number_words
from kg.records import Article, Mention, Sentence, Span
from kg.schema import EntityKind, ObservationKind

_COMPARISON_RE = re.compile(r"同比|环比|[比较]上?(?:年|月|季度)?(?:去年|上年|上月|前年|\d{4}年)[^，。；]{0,6}?(?=增|减|上|下|提|降|高|低|翻|加|回|扩)")
_BASIS = frozenset({"比", "较", "与", "同", "比起", "相比"})
_CHINA = frozenset({"我国", "全国", "国内"})


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for a number until the text says otherwise."""

    time: str | None = None
    kind: ObservationKind = ObservationKind.ACTUAL
    nearer_time: str | None = None
    coming_kind: ObservationKind = ObservationKind.TARGET

    def after(self, time: TimeExpression) -> "Setting":
        """Return the setting once *time* has been said.

        A calendar time holds for the paragraph, a vague one (近5年来) for the sentence, and 现在
        ends what was said of the past.
        """
        if time.kind == "now":
            return replace(self, time=None, nearer_time=time.value)
        if time.kind in ("vague", "since", "day", "same"):
            return replace(self, nearer_time=time.value)
        return replace(self, time=time.value, nearer_time=time.value)


def find_time(clause: Sequence[Piece], number: Piece) -> Piece | None:
    """Return the time said nearest before *number* in its clause, comparison bases left out."""
    found = None
    for place, piece in enumerate(clause):
        if piece.start >= number.start:
            break
        if piece.time is None:
            continue
        before = clause[place - 1].text if place else ""
        if before in _BASIS or piece.time.kind == "same":
            continue
        if piece.text == "至今" and found is not None and found.time is not None and found.time.year and piece.time.value:
            since = replace(piece.time, value=f"{found.time.year}/{piece.time.value[:4]}", kind="since")
            piece = replace(piece, time=since)
        found = piece
    return found


def find_comparison(text: str) -> str | None:
    """Return what the number is compared with, as written (同比, 比2015年).

    Example:
        >>> find_comparison("同比增长7.5%"), find_comparison("达到5%")
        ('同比', None)
    """
    match = _COMPARISON_RE.search(text)
    return match.group() if match else None


def find_kind(text: str) -> ObservationKind | None:
    """Return the kind of number that the words of *text* announce, the last cue winning.

    Example:
        >>> find_kind("今年计划新建"), find_kind("去年建成")
        (<ObservationKind.TARGET: 'Target'>, None)
    """
    best = -1
    kind = None
    for word, its in load_number_kinds().items():
        place = text.rfind(word)
        if place > best and not (its is ObservationKind.TARGET and _is_done(text[:place])):
            best, kind = place, its
    return kind


def _is_done(left: str) -> bool:
    """Tell whether a verb before says that the thing is done (已建和规划建设的)."""
    return any(word in left for word in number_words("perfective") if len(word) > 1 or word == "已")


def find_source(
    sentence: Sentence, clause_end: int, mentions: Sequence[Mention], *, lexicon: Lexicon
) -> Mention | None:
    """Return the body or document that the sentence names as giving its numbers."""
    text = sentence.text[:clause_end]
    words = load_source_words()
    cues = [(text.find(word), word) for word in words if word in text]
    if not cues:
        return None
    bodies = _bodies(sentence, text, mentions, lexicon)
    for body in bodies:
        local_end = body.span.end - sentence.span.start
        local_start = body.span.start - sentence.span.start
        for place, word in sorted(cues):
            gap = text[local_end:place] if words[word] == "after" else text[place + len(word) : local_start]
            if place >= 0 and 0 <= len(gap) <= 14 and (
                place >= local_end if words[word] == "after" else place < local_start
            ):
                if not any(mark in gap for mark in "。；"):
                    return body
    return None


def _bodies(
    sentence: Sentence, text: str, mentions: Sequence[Mention], lexicon: Lexicon
) -> list[Mention]:
    kinds = (EntityKind.ORGANIZATION, EntityKind.PERSON, EntityKind.POLICY)
    given = [
        m
        for m in mentions
        if m.sentence_index == sentence.index and m.kind in kinds and m.span.end <= sentence.span.start + len(text)
    ]
    if given:
        return given
    return [
        lexicon_mention(sentence, start, end, term.name, term.kind)
        for start, end, term in lexicon.find(text)
        if term.kind in kinds
    ]


def lexicon_mention(sentence: Sentence, start: int, end: int, name: str, kind: EntityKind) -> Mention:
    """Return a mention of a lexicon term by its place in the sentence."""
    span = Span(sentence.span.start + start, sentence.span.start + end)
    return Mention(sentence.article_id, sentence.index, span, sentence.text[start:end], name, kind, "lexicon")


def find_place(sentence: Sentence, before: int, *, lexicon: Lexicon) -> Mention | None:
    """Return the last place named before local offset *before*; 我国 and 全国 are 中国."""
    found = None
    text = sentence.text[:before]
    for start, end, term in lexicon.find(text):
        if term.kind is EntityKind.PLACE:
            found = lexicon_mention(sentence, start, end, term.name, EntityKind.PLACE)
    for word in _CHINA:
        start = text.rfind(word)
        if start >= 0 and (found is None or start > found.span.start - sentence.span.start):
            found = lexicon_mention(sentence, start, start + len(word), "中国", EntityKind.PLACE)
    return found


def find_home(article: Article, sentences: Sequence[Sentence], *, lexicon: Lexicon) -> Mention | None:
    """Return the place an article is about: that of its title, else 中国 where it says 我国, else its commonest."""
    places: list[Mention] = []
    for sentence in sentences:
        place = find_place(sentence, len(sentence.text), lexicon=lexicon)
        if place is None:
            continue
        if sentence.span.start < article.body_start or place.text in _CHINA:
            return place
        places.append(place)
    names = [place.name for place in places]
    return max(places, key=lambda place: (names.count(place.name), -place.span.start), default=None)
