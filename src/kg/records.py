"""The frozen records that flow through the stages.

``path → Article → Sentence → Mention → Claim, Measurement → Entity, Relation, Observation``

Spans count characters (Unicode code points) of ``article.text``, half-open. Provenance is kept
beside the fact and takes no part in equality: one fact, many witnesses.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from kg.schema import (
    DiagnosticCode,
    EntityKind,
    Modality,
    ObservationKind,
    RelationKind,
    SentenceKind,
    Strength,
)

__all__ = [
    "Article",
    "ArticleFacts",
    "Claim",
    "Code",
    "Diagnostic",
    "Entity",
    "Evidence",
    "Measurement",
    "Mention",
    "Observation",
    "Record",
    "Relation",
    "Sentence",
    "Span",
    "Statement",
    "Word",
    "replace",
]


class Record(Struct, frozen=True, gc=False):
    """A frozen record of which every article makes thousands: made, compared and hashed in C.

    It is used like a frozen dataclass with slots, at a fifth of its cost; :func:`replace` does for it what
    ``dataclasses.replace`` does for those. No record holds itself, so none need be searched for cycles.
    """


class Span(Record, frozen=True, order=True):
    """A half-open range of characters in an article's text.

    Example:
        >>> span = Span(2, 5)
        >>> len(span), span.of("新质生产力")
        (3, '生产力')
    """

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the characters of *text* that this span covers."""
        return text[self.start : self.end]

    def contains(self, other: "Span") -> bool:
        """Tell whether *other* lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A doubt about the input, with its place.

    ``span`` counts characters of the restored text and is ``None`` where the doubt is about a
    whole file; ``line`` is the 1-based line of the source file where that is known.
    """

    code: DiagnosticCode
    message: str
    source_file: str = ""
    article_id: str | None = None
    span: Span | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article, its layout restored.

    ``text`` holds paragraphs separated by single ``"\\n"``. Where the source shows a title, the
    title is the first paragraph of ``text`` and ``body_start`` is the offset of the next one, so
    that what a headline says can be cited like any sentence; otherwise ``body_start`` is 0.
    ``heading_spans`` are the paragraphs that are headings inside the body. ``date`` is
    ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``. ``source_file`` is relative to the corpus root.
    """

    id: str
    title: str
    text: str
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    date: str | None = None
    source_file: str = ""
    url: str | None = None
    body_start: int = 0
    heading_spans: tuple[Span, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = field(default=(), compare=False)


class Sentence(Record, frozen=True):
    """One sentence: the unit of evidence.

    ``article.text[s.span.start:s.span.end] == s.text`` holds for every sentence; ``index`` counts
    sentences of the article from 0 and ``paragraph`` its paragraphs from 0.
    """

    article_id: str
    index: int
    span: Span
    text: str
    paragraph: int = 0
    kind: SentenceKind = SentenceKind.BODY


class Word(Record, frozen=True):
    """A word with its part of speech (ICTCLAS tags: n, v, vn, a, d, p, c, u, m, q, r, t, w …)."""

    text: str
    tag: str
    span: Span


class Mention(Record, frozen=True):
    """One occurrence of an entity.

    ``text`` is the verbatim surface, ``name`` what the article would call the thing on its own
    (shared heads expanded: 科技体制 in 科技体制、教育体制等改革 has the name 科技体制改革).
    ``source`` says how it was found: ``lexicon``, ``phrase``, ``title-mark``, ``discovered``, ``shared`` (a
    list gives part of the name) …. ``other_names`` are more names made of the same words, where an indicator
    has some (市州数量 of 建立合作机制的市州数量).
    """

    article_id: str
    sentence_index: int
    span: Span
    text: str
    name: str
    kind: EntityKind
    source: str = "phrase"
    confidence: float = 1.0
    other_names: tuple[str, ...] = ()


class Claim(Record, frozen=True):
    """A relation as one sentence states it, between mentions, before entities are resolved.

    ``subject`` is ``None`` where the article itself speaks. ``label`` is the verb of a
    ``relatedTo``, ``action`` the verb of advocates and opposes, as written.
    """

    subject: Mention | None
    kind: RelationKind
    object: Mention
    sentence_index: int
    cue: str
    cue_span: Span
    rule: str
    confidence: float
    action: str | None = None
    label: str | None = None
    modality: Modality = Modality.ASSERTED
    strength: Strength | None = None
    negated: bool = False
    speaker: Mention | None = None


class Measurement(Record, frozen=True):
    """A number as one sentence states it, before entities are resolved.

    ``value`` and ``unit`` are as written (5787, 亿元); ``normalized_value`` and
    ``normalized_unit`` are in base units where known (578700000000, CNY). ``time`` is ISO: a year,
    month, date, or ``year/year``. ``span`` is the number with its unit, in the article.
    """

    indicator: Mention
    value: Decimal
    unit: str
    sentence_index: int
    span: Span
    rule: str
    confidence: float
    normalized_value: Decimal | None = None
    normalized_unit: str | None = None
    time: str | None = None
    place: Mention | None = None
    kind: ObservationKind = ObservationKind.ACTUAL
    approximate: bool = False
    comparison: str | None = None
    source: Mention | None = None


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """All that the extraction of one article yields, in reading order."""

    article: Article
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    measurements: tuple[Measurement, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A notation of an outside scheme, such as ``GB/T 4754`` ``C39``."""

    scheme: str
    notation: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing the corpus talks about; one entity has one kind throughout the corpus.

    ``id`` is the local part of its IRI (``entity/新质生产力``). ``aliases`` are all other surface
    forms, sorted. ``broader`` holds entity ids, ``exact_match`` full IRIs elsewhere.
    """

    id: str
    name: str
    kind: EntityKind
    aliases: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()
    broader: tuple[str, ...] = ()
    exact_match: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence that states a relation, with the places of what it names.

    ``subject_span`` is ``None`` where the subject stands in another sentence or is the article.
    """

    article_id: str
    sentence_index: int
    cue: str
    cue_span: Span
    subject_span: Span | None
    object_span: Span
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Statement:
    """What one article says of one relation; its evidence in reading order, never empty.

    ``modality``, ``strength``, ``action``, ``label``, ``cue``, ``rule`` and ``confidence`` are those
    of its most confident evidence. ``attributed_to`` holds entity ids, sorted.
    """

    id: str
    subject_id: str
    kind: RelationKind
    object_id: str
    article_id: str
    cue: str
    rule: str
    confidence: float
    modality: Modality = Modality.ASSERTED
    strength: Strength | None = None
    negated: bool = False
    action: str | None = None
    label: str | None = None
    attributed_to: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Relation:
    """A fact stated by at least one article.

    ``subject_id`` is an entity id, or an article id (``article/…``) for what the writer calls for.
    ``statements`` are sorted by article id; a relation that every statement negates is no edge.
    """

    subject_id: str
    kind: RelationKind
    object_id: str
    statements: tuple[Statement, ...] = field(default=(), compare=False)

    @property
    def is_negated(self) -> bool:
        """Tell whether every statement negates the relation."""
        return all(statement.negated for statement in self.statements)

    @property
    def confidence(self) -> float:
        """Return the confidence of its best statement, 0 to 1."""
        return max((statement.confidence for statement in self.statements), default=0.0)


@dataclass(frozen=True, slots=True)
class Observation:
    """A number that measures something, as one article states it.

    Fields as in ``Measurement``, with entity ids for indicator, place and source;
    ``sentence_index`` and ``span`` place it in the article.
    """

    id: str
    indicator_id: str
    value: Decimal
    unit: str
    article_id: str
    sentence_index: int
    span: Span
    rule: str
    confidence: float
    normalized_value: Decimal | None = None
    normalized_unit: str | None = None
    time: str | None = None
    place_id: str | None = None
    kind: ObservationKind = ObservationKind.ACTUAL
    approximate: bool = False
    comparison: str | None = None
    attributed_to: str | None = None
