"""Numbers that measure something: indicator, value, unit, time, place, kind, source.

``find_measurements`` reads an article sentence by sentence. Sentences without numbers cost one
regular expression. What a clause leaves unsaid (subject, year, place, source) is taken from the
clause, then from the sentence before, as a reader would.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.lexicon import Lexicon
from kg.numerals import infer_anchor, normalize_unit
from kg.observations.contexts import (
    Setting,
    find_comparison,
    find_home,
    find_kind,
    find_place,
    find_source,
    find_time,
)
from kg.observations.frames import Frame, Topic, find_slots, owner_of, ranking_of, read_distribution, read_rank, read_slot, topic_of
from kg.observations.pieces import Piece, has_numbers, split_clauses, split_pieces
from kg.observations.tables import number_words
from kg.records import Article, Measurement, Mention, Sentence, Span
from kg.schema import EntityKind, ObservationKind, SentenceKind

__all__ = ["find_measurements"]


def find_measurements(
    article: Article, sentences: Sequence[Sentence], mentions: Sequence[Mention], *, lexicon: Lexicon
) -> Iterator[Measurement]:
    """Yield what the numbers of *article* measure, in reading order.

    ``span`` of a measurement is the number with its unit; its ``indicator`` is a mention whose
    ``text`` stands verbatim at its span and whose ``name`` is composed from it (同比增长率).

    Example:
        >>> from kg.lexicon import load_lexicon
        >>> from kg.observations.tables import number_words
from kg.records import Article
        >>> from kg.sentences import split_sentences
        >>> article = Article("a", "", "2023年我国人工智能核心产业规模达到5787亿元，相关企业数量达4482家。", date="2024")
        >>> found = find_measurements(article, tuple(split_sentences(article)), (), lexicon=load_lexicon())
        >>> [(m.indicator.name, str(m.value), m.unit, m.time) for m in found]
        [('人工智能核心产业规模', '5787', '亿元', '2023'), ('企业数量', '4482', '家', '2023')]
    """
    reader = _Reader(article, sentences, mentions, lexicon)
    for sentence in sentences:
        if sentence.kind is SentenceKind.BODY:
            yield from reader.read(sentence)


class _Reader:
    """Reads the sentences of one article in order and remembers what they leave unsaid."""

    def __init__(
        self, article: Article, sentences: Sequence[Sentence], mentions: Sequence[Mention], lexicon: Lexicon
    ) -> None:
        self.article = article
        self.sentences = {sentence.index: sentence for sentence in sentences}
        self.mentions = mentions
        self.lexicon = lexicon
        self.anchor = article.date or infer_anchor(article.text)
        self.home = find_home(article, sentences, lexicon=lexicon)
        self.topic: Topic | None = None
        self.setting = Setting()
        self.paragraph = -1
        self.is_part = False
        self.owner: Topic | None = None
        self.is_plan = _is_plan(article.title)
        self.report_time: str | None = None
        self.first_body = next((s.index for s in sentences if s.kind is SentenceKind.BODY), -1)
        self.recent: tuple[Topic, ...] = ()

    def read(self, sentence: Sentence) -> Iterator[Measurement]:
        """Yield the measurements of one sentence."""
        if sentence.paragraph != self.paragraph:
            self.paragraph = sentence.paragraph
            self.setting = Setting(coming_kind=self.setting.coming_kind)
            self.owner = None
        self.setting = replace(self.setting, kind=ObservationKind.ACTUAL, nearer_time=None)
        if not has_numbers(sentence.text):
            return
        said = self.setting.time or self.report_time
        year = int(said[:4]) if said and said[:4].isdigit() else None
        pieces = split_pieces(sentence.text, lexicon=self.lexicon, anchor=self.anchor, year=year)
        self.is_part = False
        self.recent = ()
        for clause in split_clauses(pieces):
            yield from self._read_clause(sentence, clause)

    def _read_clause(self, sentence: Sentence, clause: tuple[Piece, ...]) -> Iterator[Measurement]:
        self.is_part = self.is_part or any(piece.text == "其中" for piece in clause)
        frames = read_distribution(clause, sentence.index, self.topic, self.recent)
        frames = frames or read_rank(clause, sentence.text, sentence.index, self.topic)
        if frames:
            for frame in frames:
                yield from self._measure(sentence, clause, frame)
        else:
            for slot in find_slots(clause, sentence.index, is_part=self.is_part):
                for frame in read_slot(slot, self.topic, self.owner):
                    if frame.topic:
                        self.topic = frame.topic
                        self.recent = (*self.recent[-3:], frame.topic)
                    yield from self._measure(sentence, clause, frame)
        self._note(sentence, clause)

    def _note(self, sentence: Sentence, clause: tuple[Piece, ...]) -> None:
        """Remember time, kind and topic that a clause gives to the ones after it."""
        end = clause[-1]
        time = find_time(clause, replace(end, start=end.end + 1))
        if time is not None and time.time is not None:
            self.setting = self.setting.after(time.time)
            if self.report_time is None and sentence.index == self.first_body and len(time.time.value or "") >= 7:
                self.report_time = time.time.value
        kind = find_kind(sentence.text[clause[0].start : end.end])
        if kind is not None:
            self.setting = replace(self.setting, kind=kind, coming_kind=kind)
        if not any(piece.quantity for piece in clause):
            self.owner = owner_of(clause, sentence.index, is_opening=not clause[0].start) or self.owner
        topic = ranking_of(clause, sentence.index)
        if topic is None and not any(piece.quantity for piece in clause):
            topic = topic_of(clause, sentence.index)
        if topic is not None:
            self.topic = topic

    def _measure(self, sentence: Sentence, clause: tuple[Piece, ...], frame: Frame) -> Iterator[Measurement]:
        quantity = frame.piece.quantity
        if quantity is None:
            return
        offset = sentence.span.start
        left = sentence.text[clause[0].start : quantity.start]
        time = self._time(clause, frame)
        kind = find_kind(left) or self.setting.kind
        if kind is ObservationKind.ACTUAL and self.is_plan and not self._is_dated(clause, frame) and not _is_done(left):
            kind = ObservationKind.TARGET
        elif time and self.anchor and time[:4].isdigit():
            kind = _kind_by_time(kind, time, self.anchor, self.setting.coming_kind)
        home = self.sentences[frame.sentence]
        span = Span(home.span.start + frame.start, home.span.start + frame.end)
        indicator = Mention(
            self.article.id, frame.sentence, span, span.of(self.article.text), frame.name, EntityKind.INDICATOR, "number", frame.confidence
        )
        values = [(quantity.value, frame.name)]
        if quantity.upper is not None:
            values = [(quantity.value, f"{frame.name}（下限）"), (quantity.upper, f"{frame.name}（上限）")]
        for value, name in values:
            normalized, base = normalize_unit(value, quantity.unit)
            yield Measurement(
                indicator=replace(indicator, name=name),
                value=value,
                unit=quantity.unit,
                sentence_index=sentence.index,
                span=Span(offset + quantity.start, offset + quantity.end),
                rule=frame.rule,
                confidence=frame.confidence,
                normalized_value=normalized,
                normalized_unit=base,
                time=time,
                place=find_place(sentence, quantity.start, lexicon=self.lexicon) or self.home,
                kind=kind,
                approximate=quantity.is_approximate,
                comparison=find_comparison(left),
                source=find_source(sentence, quantity.start, self.mentions, lexicon=self.lexicon),
            )

    def _time(self, clause: tuple[Piece, ...], frame: Frame) -> str | None:
        """Return the time said in the clause, else before it, else that of the report or the article."""
        said = find_time(clause, frame.piece)
        if said is not None and said.time is not None:
            return said.time.value
        known = self.setting.nearer_time or self.setting.time
        if known is None and frame.rule in ("value", "change", "respectively"):
            known = self.report_time
        return known or self.anchor


    def _is_dated(self, clause: tuple[Piece, ...], frame: Frame) -> bool:
        return find_time(clause, frame.piece) is not None or (self.setting.nearer_time or self.setting.time) is not None


def _is_plan(title: str) -> bool:
    """Tell whether the title announces a plan, whose undated numbers are aims."""
    return any(word in title for word in number_words("plan-title"))


def _is_done(left: str) -> bool:
    return any(word in left for word in number_words("perfective"))


def _kind_by_time(
    kind: ObservationKind, time: str, anchor: str, coming: ObservationKind
) -> ObservationKind:
    """A past number is no target; a number of a coming year is no fact, but what was last announced."""
    end = time.split("/")[-1][:4]
    if not end.isdigit():
        return kind
    if end > anchor[:4] and kind is ObservationKind.ACTUAL:
        return coming
    return ObservationKind.ACTUAL if end < anchor[:4] else kind
