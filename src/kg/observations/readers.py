"""The reader of one article: goes through its clauses and remembers what they leave unsaid."""

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from decimal import Decimal
from functools import cached_property
from itertools import zip_longest

from kg.lexicon import Lexicon
from kg.numerals import Quantity, TimeExpression, find_times, infer_anchor, normalize_unit
from kg.observations.contexts import (
    Setting,
    find_comparison,
    find_home,
    find_place,
    find_row,
    find_source,
    find_time,
    mention_at,
)
from kg.observations.conversions import without_conversions
from kg.observations.criteria import read_criterion
from kg.observations.dimensions import SPANS
from kg.observations.disasters import disaster_in
from kg.observations.frames import Frame, Memory, Opening, Topic, find_slots
from kg.observations.fullnames import counted_thing, opening_of, pointer_of, with_other_names, with_place
from kg.observations.kinds import (
    coming_kind,
    end_of_cues,
    find_kind,
    is_at_present,
    is_called_for,
    is_condition,
    is_due,
)
from kg.observations.lists import read_distribution, read_of_each
from kg.observations.members import members_named
from kg.observations.moments import Moment
from kg.observations.nouns import ends_measure
from kg.observations.owners import founded_in, owned, subject_of
from kg.observations.pieces import (
    Found,
    Piece,
    cutter,
    find_marks,
    find_numbers,
    has_numbers,
    split_clauses,
    split_pieces,
)
from kg.observations.ranks import has_rank, ranking_of, read_rank
from kg.observations.sections import (
    Section,
    is_link,
    is_order,
    lead_section,
    next_section,
    opens_order,
    title_period,
    title_section,
)
from kg.observations.slots import read_slot, with_purpose
from kg.observations.starts import find_bases, find_starts, join_starts
from kg.observations.tables import number_words, word_ends
from kg.observations.topics import owner_after, owner_in, topic_of
from kg.records import Article, Measurement, Mention, Sentence, Span, Word, replace
from kg.schema import EntityKind, ObservationKind, SentenceKind

_RECENT = 4
_HEARD = 3  # sentences back that 公司 may point to
_MONTH = len("YYYY-MM")
_STATED_RULES = frozenset({"value", "share-of"})
_SHARE_RULES = frozenset({"share-of", "part-of-whole"})
Clause = tuple[Piece, ...]


class Reader:
    """Reads the sentences of one article in order."""

    def __init__(
        self,
        article: Article,
        sentences: Sequence[Sentence],
        mentions: Sequence[Mention],
        lexicon: Lexicon,
        words: Mapping[int, Sequence[Word]],
    ) -> None:
        self._article = article
        self._sentences = {sentence.index: sentence for sentence in sentences}
        self._all_mentions = mentions
        self._lexicon = lexicon
        self._words = words
        self._anchor = article.date or infer_anchor(article.text)
        self._base = self._section = self._passage = title_section(article, sentences)
        self._opening = next((s.index for s in sentences if s.kind is SentenceKind.BODY), -1)
        self._report_time = title_period(article.title, self._anchor)
        self._is_order = is_order(article.title)
        self._memory = Memory()
        self._recent: tuple[Topic, ...] = ()
        self._named: tuple[str, ...] = ()
        self._setting = Setting()
        self._paragraph = -1
        self._before: Sentence | None = None
        self._is_part = False
        self._is_opening = True
        self._whole_subject: Topic | None = None
        self._row: tuple[TimeExpression, ...] = ()
        self._terms: list[Found] = []

    @cached_property
    def _mentions(self) -> Mapping[int, Sequence[Mention]]:
        by_sentence: dict[int, list[Mention]] = {}
        for mention in self._all_mentions:
            by_sentence.setdefault(mention.sentence_index, []).append(mention)
        return by_sentence

    @cached_property
    def _home(self) -> Mention | None:
        return find_home(self._article, tuple(self._sentences.values()), lexicon=self._lexicon)

    def read(self, sentence: Sentence) -> Iterator[Measurement]:
        """Yield the measurements of one sentence, of a heading those whose number the body does not repeat.

        Else a heading only says what holds below it.
        """
        section = next_section(self._section, self._base, sentence, self._anchor)
        if opens_order(self._article.title, sentence.text):
            section = self._base = Section(is_plan=True)
        if section != self._section:
            self._section = self._passage = section
        if is_link(sentence.text):
            return
        if sentence.kind is SentenceKind.BODY:
            yield from self._read_passage(sentence)
            return
        apart = copy(self)._read_passage(sentence)  # what it tells is not carried into the body
        yield from (found for found in apart if (found.value, found.unit) not in self._told)

    @cached_property
    def _told(self) -> frozenset[tuple[Decimal | None, str]]:
        """The numbers of the body, of a range both ends."""
        bodies = (sentence for sentence in self._sentences.values() if sentence.kind is SentenceKind.BODY)
        told = [number for body in bodies for number in find_numbers(body.text)]
        return frozenset((value, number.unit) for number in told for value in (number.value, number.upper))

    def _read_passage(self, sentence: Sentence) -> Iterator[Measurement]:
        """Yield the measurements of one sentence and keep what it leaves to the next."""
        if sentence.paragraph != self._paragraph:
            self._paragraph = sentence.paragraph
            self._passage = lead_section(sentence.text, self._section, self._anchor)
            self._setting = Setting(coming_kind=self._setting.coming_kind, day=self._setting.day)
            self._memory = replace(self._memory, owner=None, subject=None, disaster=None, openings=())
        if self._setting.nearer_time or self._setting.kind is not ObservationKind.ACTUAL:
            self._setting = replace(
                self._setting, kind=ObservationKind.ACTUAL, nearer_time=None, is_due=False
            )
        if not has_numbers(sentence.text):
            self._before = sentence
            return
        said = (self._setting.time, self._passage.year, self._report_time)
        year = next((int(time[:4]) for time in said if time and time[:4].isdigit()), None)
        numbers = find_numbers(sentence.text)
        times = tuple(find_times(sentence.text, anchor=self._anchor, year=year, day=self._setting.day))
        if not (any(_is_promising(number, sentence.text) for number in numbers) or has_rank(sentence.text)):
            for time in times:
                self._hear(sentence, time)
            return
        self._take_owner(sentence)
        self._is_part = False
        self._is_opening = True
        self._recent = ()
        self._named = ()
        self._row = ()
        self._terms = self._lexicon.find(sentence.text)
        marks = find_marks(sentence.text, numbers, times, self._terms)
        clauses = self._clauses_of(sentence, marks)
        for clause, after in zip_longest(clauses, clauses[1:], fillvalue=()):
            if clause and "。" in sentence.text[clause[0].start - 3 : clause[0].start]:
                self._setting = replace(self._setting, kind=ObservationKind.ACTUAL)  # “…。”某人说，“…”
            yield from self._read_clause(sentence, clause, after)
            self._remember(sentence, clause)

    def _clauses_of(
        self, sentence: Sentence, marks: Sequence[Quantity | TimeExpression]
    ) -> tuple[Clause, ...]:
        words = self._words.get(sentence.index, ())
        cut = cutter(sentence.text, self._lexicon, words, sentence.span.start)
        return join_starts(tuple(split_clauses(split_pieces(sentence.text, marks, cut))))

    def _take_owner(self, sentence: Sentence) -> None:
        """Let what the sentence before says is built, without a number, own what this one tells first."""
        before = self._before
        if before is None or before.paragraph != sentence.paragraph or self._memory.owner is not None:
            return
        if before.index + 1 != sentence.index or not sentence.text.startswith(word_ends("owned-measure")):
            return
        clause = next(iter(self._clauses_of(before, find_marks(before.text, (), (), ()))), ())
        owner = owner_in(clause, before.index, subject_of(clause, before.index), is_opening=False)
        self._memory = replace(self._memory, owner=owner)

    def _hear(self, sentence: Sentence, time: TimeExpression) -> None:
        self._setting = self._setting.after(time)
        opens = sentence.index == self._opening and len(time.value or "") >= _MONTH
        if opens and time.kind == "calendar":
            self._report_time = self._report_time or time.value

    def _read_clause(self, sentence: Sentence, clause: Clause, after: Clause) -> Iterator[Measurement]:
        is_part = "其中" in [piece.text for piece in clause]
        if is_part and not self._is_part:
            self._whole_subject = self._memory.subject
        elif self._is_part and not is_part and _follows_stop(sentence, clause):
            self._memory = replace(self._memory, subject=self._whole_subject)  # of the whole again
        self._is_part = self._is_part or is_part
        has_quantity = any(piece.quantity for piece in clause)
        if is_condition(clause):
            return
        disaster = disaster_in(clause, sentence.index) or self._memory.disaster
        self._memory = replace(self._memory, disaster=disaster)
        self._memory = _with_opening(self._memory, opening_of(clause, sentence.index))
        frames: list[Frame] = []
        if has_quantity:
            subject = self._subject(sentence, clause)
            owner = owner_after(self._memory.owner, subject, sentence.index, clause)
            self._memory = replace(self._memory, owner=owner, subject=subject)
            topic, named = self._memory.topic, self._named
            frames = read_distribution(clause, sentence.index, topic, self._recent, named)
            frames = [self._owned(frame, sentence, clause) for frame in frames]
            frames = frames or read_of_each(clause, sentence.index)
        frames = frames or read_rank(
            clause, sentence.text, sentence.index, self._memory.ranking, self._memory.topic
        )
        before = _before_distribution(clause, frames) if frames else clause
        if before and has_quantity:
            yield from self._read_slots(sentence, before, after)
        for frame in frames:
            if frame.topic and frame.rule == "respectively":
                self._recent = (*self._recent[1 - _RECENT :], frame.topic)
            yield from self._measure(sentence, clause, frame)

    def _read_slots(self, sentence: Sentence, clause: Clause, after: Clause) -> Iterator[Measurement]:
        """Yield what the numbers of a clause measure, each by itself."""
        counts, rest = read_criterion(clause, sentence.index)
        for frame in counts:
            yield from self._measure(sentence, clause, frame)
        rest, conversions = without_conversions(rest)
        starts, bases = find_starts(rest), find_bases(rest)
        is_opening, self._is_opening = self._is_opening, False
        for slot in find_slots(rest, sentence.index, is_part=self._is_part, is_opening=is_opening):
            for frame in read_slot(with_purpose(slot, after), self._memory):
                start = starts.get(frame.piece.start)
                if start is not None and frame.rule in _STATED_RULES and _is_same_measure(start, frame.piece):
                    yield from self._measure(sentence, clause, replace(frame, piece=start, rule="start"))
                base = bases.get(frame.piece.start)
                if base is not None and frame.topic and frame.rule == "change":
                    name = frame.topic.measure or frame.topic.name
                    yield from self._measure(
                        sentence, clause, replace(frame, piece=base, name=name, rule="basis", other_names=())
                    )
                if frame.topic:
                    self._memory = replace(self._memory, topic=frame.topic)
                    self._recent = (*self._recent[1 - _RECENT :], frame.topic)
                    self._memory = _with_opening(self._memory, counted_thing(frame))
                yield from self._measure(sentence, clause, frame)
                other = conversions.get(frame.piece.start)
                if other is not None:
                    yield from self._measure(sentence, clause, replace(frame, piece=other, rule="conversion"))

    def _remember(self, sentence: Sentence, clause: Clause) -> None:
        """Keep the time, kind, topic and owner that a clause gives to the ones after it."""
        start, end = clause[0].start, clause[-1].end
        time = find_time(clause, end)
        if time is not None:
            self._hear(sentence, time)
            self._row = find_row(clause)
        if is_due(clause, end):
            self._setting = replace(self._setting, is_due=True)
        said_end = end_of_cues(clause)
        kind = find_kind(sentence.text[start:said_end])
        if kind is None and is_called_for(clause, end):
            kind = ObservationKind.TARGET
        foreseen = coming_kind(clause, said_end, sentence.text[:said_end]) if kind is None else None
        if kind is None and is_at_present(sentence.text[start:end]):
            foreseen = ObservationKind.ACTUAL
        if foreseen is not None:
            self._setting = replace(self._setting, kind=foreseen)
        if kind is not None:
            may = any(word in sentence.text[start:end] for word in word_ends("may"))  # 每年可生产: no aim
            coming = self._setting.coming_kind if may else kind
            self._setting = replace(self._setting, kind=kind, coming_kind=coming)
        ranking = ranking_of(clause, sentence.index)
        if ranking is not None:
            self._memory = replace(self._memory, ranking=ranking)
        if not any(piece.quantity and piece.quantity.dimension not in SPANS for piece in clause):
            self._named = members_named(clause) or self._named
            topic = self._topic(sentence, clause)
            subject = self._subject(sentence, clause)
            said = owner_in(clause, sentence.index, subject, is_opening=not start)
            owner = said or self._memory.owner
            self._memory = replace(self._memory, topic=topic, owner=owner, subject=subject)

    def _topic(self, sentence: Sentence, clause: Clause) -> Topic | None:
        """Return what a clause without number leaves to be measured; 增速最高 is that of the topic before.

        So is 规模创新高 after a value.
        """
        topic, before = topic_of(clause, sentence.index), self._memory.topic
        is_bare = topic is not None and topic.name in number_words("growth")
        if topic is None or before is None:
            return topic or before
        points = before.sentence == sentence.index and topic.name in number_words("pointed")
        return before if is_bare or points else topic

    def _owned(self, frame: Frame, sentence: Sentence, clause: Clause) -> Frame:
        """Return a frame of a list with its owner (该行业实现收入和利润分别为…)."""
        if frame.place is not None:
            return frame
        return replace(frame, name=owned(frame.name, self._memory.subject, (sentence.index, clause[0].start)))

    def _subject(self, sentence: Sentence, clause: Clause) -> Topic | None:
        subject = founded_in(clause, sentence.index) or subject_of(clause, sentence.index)
        if subject is not None and subject.name in self._bodies:
            return replace(subject, flow="body")
        return subject or self._memory.subject

    @cached_property
    def _bodies(self) -> frozenset[str]:
        """The names of the bodies that the article speaks of."""
        bodies = (m for m in self._all_mentions if m.kind is EntityKind.ORGANIZATION)
        return frozenset(name for body in bodies for name in (body.name, body.text))

    def _measure(self, sentence: Sentence, clause: Clause, frame: Frame) -> Iterator[Measurement]:
        """Yield the measurements of one frame: one, or the two ends of a range."""
        quantity = frame.piece.quantity
        if quantity is None:
            return
        heard = self._heard(sentence, quantity.start) if pointer_of(frame.name) else ()
        frame = with_other_names(frame, clause, sentence.index, self._memory, heard)
        left = sentence.text[clause[0].start : quantity.start]
        place = self._place(sentence, frame, quantity)
        if place is not None and place.sentence_index == sentence.index:
            frame = with_place(frame, place)
        moment = Moment(
            self._setting, self._passage, self._row, self._anchor, self._report_time, self._is_order
        )
        time = moment.time_of(sentence, clause, frame)
        first = Measurement(
            indicator=self._indicator(frame),
            value=quantity.value,
            unit=quantity.unit,
            sentence_index=sentence.index,
            span=Span(sentence.span.start + quantity.start, sentence.span.start + quantity.end),
            rule=frame.rule,
            confidence=frame.confidence,
            time=time,
            place=place,
            kind=moment.kind_of(sentence, clause, frame, time),
            approximate=quantity.is_approximate,
            comparison=find_comparison(left),
            source=find_source(sentence, quantity.start, self._mentions.get(sentence.index, ()), self._terms),
        )
        if quantity.upper is None:
            yield _normalized(first)
            return
        yield _normalized(replace(first, indicator=self._indicator(frame, "（下限）")))
        upper = self._indicator(frame, "（上限）")
        yield _normalized(replace(first, indicator=upper, value=quantity.upper))

    def _heard(self, sentence: Sentence, end: int) -> Sequence[Mention]:
        """Return the mentions of the last sentences, of this one those before *end*."""
        before = [
            mention
            for index in range(sentence.index - _HEARD, sentence.index)
            for mention in self._mentions.get(index, ())
        ]
        here = self._mentions.get(sentence.index, ())
        return before + [mention for mention in here if mention.span.end <= sentence.span.start + end]

    def _indicator(self, frame: Frame, end: str = "") -> Mention:
        sentence = self._sentences[frame.sentence]
        mention = mention_at(sentence, frame.start, frame.end, frame.name + end, EntityKind.INDICATOR)
        others = tuple(other + end for other in frame.other_names)
        return replace(mention, confidence=frame.confidence, other_names=others)

    def _place(self, sentence: Sentence, frame: Frame, quantity: Quantity) -> Mention | None:
        if frame.place is not None:
            piece = frame.place
            term = self._lexicon.lookup(piece.text)
            name = term.name if term else piece.text
            return mention_at(sentence, piece.start, piece.end, name, EntityKind.PLACE)
        is_share = frame.rule in _SHARE_RULES and frame.sentence == sentence.index
        before = frame.start if is_share else quantity.start  # the whole of a share is not its place
        return find_place(sentence, before, self._terms) or self._home


def _with_opening(memory: Memory, opening: Opening | None) -> Memory:
    return replace(memory, openings=(*memory.openings[1 - _RECENT :], opening)) if opening else memory


def _before_distribution(clause: Clause, frames: Sequence[Frame]) -> Clause:
    """Return what a clause counts before it deals its last numbers out: 78个商圈|客流量、营业额分别增长…."""
    first = min((frame.piece.start for frame in frames if frame.rule == "respectively"), default=0)
    at = next((i for i, piece in enumerate(clause) if piece.text == "分别"), 0)
    last = max((i for i, piece in enumerate(clause[:at]) if piece.quantity), default=-1)
    if last < 0 or clause[at].start > first:
        return ()
    return clause[: next((i for i in range(last + 1, at) if ends_measure(clause[i].text)), at)]


def _follows_stop(sentence: Sentence, clause: Clause) -> bool:
    """Tell whether a semicolon stands before the clause."""
    return sentence.text[: clause[0].start].rstrip().endswith(("；", ";"))


def _is_same_measure(one: Piece, other: Piece) -> bool:
    """Tell whether two numbers stand in the same unit, scale aside."""
    if one.quantity is None or other.quantity is None:
        return False
    return bool(one.quantity.unit) and one.quantity.dimension == other.quantity.dimension


def _is_promising(number: Quantity, text: str) -> bool:
    """Tell whether *number* can measure something: it has a unit, or the text speaks of an index."""
    return bool(number.unit) or any(word in text for word in word_ends("index"))


def _normalized(measurement: Measurement) -> Measurement:
    value, unit = normalize_unit(measurement.value, measurement.unit)
    return replace(measurement, normalized_value=value, normalized_unit=unit)
