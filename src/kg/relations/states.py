"""What carries over: from sentence to sentence of an article, and from clause to clause of a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.clauses import Frame
from kg.records import Mention, Record, Span
from kg.schema import Modality, RelationKind, Strength

Mentions = tuple[Mention, ...]


class Cause(Record, frozen=True):
    """What brings about the clauses after ``end``; ``is_driving`` tells that they grow by it."""

    mentions: Mentions
    cue_span: Span
    end: int
    is_driving: bool


class Act(Record, frozen=True):
    """A verb with what its objects name."""

    frame: Frame
    objects: Mentions


@dataclass(slots=True)
class ArticleState:
    """Who speaks and who acts, as the sentences so far tell it; fresh for every article."""

    signed: Mapping[int, Mention] = field(default_factory=dict)  # paragraphs with a signature below
    speaker: Mention | None = None
    last_speaker: Mention | None = None
    speaker_paragraph: int = -1
    is_document: bool = False
    subjects: Mentions = ()  # of the last sentence that had one; 这 and 它 stand for them
    going_on: Mentions = ()  # of the sentence before, where a semicolon ended it
    named: list[Mention] = field(default_factory=list)  # in the sentences so far, for 该公司
    issuers: dict[str, Mention] = field(default_factory=dict)  # who issued 通知, by that noun
    meeting: Mention | None = None  # the event that the article reports
    present: set[str] = field(default_factory=set)  # who spoke there
    known: dict[str, Mention] = field(default_factory=dict)  # bodies, places and trades, by name
    told: set[str] = field(default_factory=set)  # names whose beginning was read
    n_read: int = 0  # sentences of the text so far
    bodies: dict[str, Mentions] = field(default_factory=dict)  # where a person has an office, by name
    actor: Mentions = ()
    actor_paragraph: int = -1
    is_actor_named: bool = False  # it is one place or body, and no class of them
    title: str = ""
    home: Mentions = ()  # the actor that the title speaks of
    document: Mention | None = None  # that the article is, or that a heading says to follow
    measures: Mentions = ()  # what the sentence before called for
    is_statute: bool = False  # its articles are numbered: 第一条
    bare: Mentions = ()  # the one thing that the sentence before named, and said nothing of
    proposal: Mention | None = None  # to which the document replies
    addressees: Mentions = ()  # 你省, 你们: whom the document is sent to


@dataclass(slots=True)
class SentenceState:
    """What the clauses so far have named; fresh for every sentence."""

    subjects: Mentions = ()
    has_subject: bool = False
    first: Mentions = ()  # subjects of the sentence; a semicolon returns to them
    troubles: Mentions = ()  # 人才短缺: the state that the subject is in, of which the clauses after it tell
    doers: tuple[int, Mentions] = (-1, ())  # a clause without subject, and by what it is done
    judged_of: Mentions = ()  # 甲是乙的重点: of what the bare heads after it are said, 丙是关键
    called: Mentions = ()  # by the last clause that is no result
    clause_called: Mentions = ()
    all_called: Mentions = ()
    needed: Mentions = ()  # by what was called for: 发展产业，需要人才，离不开资金
    is_result: bool = False
    tools: Mentions = ()  # 通过 A，: the means of all the clauses after it
    deeds: Mentions = ()  # what the subject made or did
    causes: tuple[Cause, ...] = ()  # of the clauses after them
    act: Act | None = None  # of the last verb with an object
    judged: Mentions = ()  # the measure whose worth the clauses after it tell
    judged_in: int = -1  # the last clause that did
    topics: Mentions = ()  # objects of the calls before the first modal
    pivots: Mentions = ()  # who was called on to act
    urgers: Mentions = ()  # who called on them
    roles: tuple[Frame, ...] = ()  # 作为 A: what a subject yet to come is
    met: tuple[tuple[Frame, Mention], ...] = ()  # problems met by a subject yet to come
    clause: int = -1
    modality: Modality = Modality.ASSERTED
    strength: Strength | None = None
    own_strength: Strength | None = None  # of the verb of this clause: 鼓励|企业|创新
    means: tuple[tuple[RelationKind, Mentions], ...] = ()
    among: Mentions = ()  # 在百强城市中: of what those named belong to
    showing: tuple[Frame, Mentions] | None = None  # 表明, and what shows it
    suffered: tuple[Frame, ...] = ()  # 受 A 影响: what a subject yet to come suffers from
    whole: Mentions = ()  # what 其中 tells a part of
    is_willing: bool = False  # 法方愿…，: what follows is so, too
    complements: tuple[tuple[Span, RelationKind], ...] = ()  # 是深化 A、加快 B 的举措
    is_petition: bool = False  # 甲请求，: what others are to do, 甲 calls for

    def settle(self, subjects: Mentions) -> None:
        """Take *subjects* as those of the clauses that follow."""
        if not self.has_subject:
            self.first = subjects
        self.subjects, self.has_subject, self.troubles, self.urgers = subjects, True, (), ()

    def forget_subject(self) -> None:
        """Let the clauses that follow have no subject of the sentence so far."""
        self.subjects, self.has_subject = (), False

    def enter(self, clause: int) -> None:
        """Begin a new clause: what the one before called for may now have a result."""
        if self.clause_called and not (self.is_result and self.called):
            self.called = self.clause_called
        self.all_called += self.clause_called
        if self.clause_called:
            self.means = ()  # 以 A 为 B says what A is to the next clause alone
        self.clause_called = ()
        self.is_result = False
        self.clause = clause
