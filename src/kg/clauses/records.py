"""What the parser yields: nouns, what joins them, and frames of one verb with its arguments."""

from kg.phrases import Phrase
from kg.records import Record, Sentence, Span, Word
from kg.rules import Verb


class Noun(Record, frozen=True, cache_hash=True):
    """One conjunct of a nominal, with its coordinated head or modifier restored in ``name``.

    ``owners`` are the nouns before 的 (颠覆性技术 in 颠覆性技术的突破), ``span`` covers the noun alone and
    ``full_span`` owners and attributes too. ``first`` and ``last`` are its words, half-open.
    """

    name: str
    span: Span
    full_span: Span
    first: int
    last: int
    owners: tuple["Noun", ...] = ()
    is_counted: bool = False


class Nominal(Record, frozen=True):
    """Coordinated nouns (``heads``) and the examples listed before 等 (``members``)."""

    heads: tuple[Noun, ...]
    members: tuple[Noun, ...] = ()
    localizer: str = ""


class Prepositional(Record, frozen=True):
    """A preposition with its nominal, and the verb inside it (为|完善|体系)."""

    word: str
    nominal: Nominal
    verb: str = ""
    localizer: str = ""


class Frame(Record, frozen=True):
    """One verb with its arguments.

    ``place`` is ``main``, ``relative`` (the verb of a clause before 的), ``pivot`` (its subject is the
    object of the verb before) or ``inner`` (inside a prepositional phrase). ``modal`` are the modal
    verbs, ``adverbs`` the adverbs, word by word; ``cue_span`` covers adverbs and verbs.
    """

    verb: str
    entry: Verb | None
    verb_span: Span
    cue_span: Span
    action: str
    subjects: tuple[Noun, ...]
    objects: tuple[Noun, ...]
    clause: int
    place: str = "main"
    modal: tuple[str, ...] = ()
    adverbs: tuple[str, ...] = ()
    prepositions: tuple[Prepositional, ...] = ()
    has_own_subject: bool = False
    in_quotes: bool = False
    is_denied: bool = False  # 没有|发展
    topic: tuple[Noun, ...] = ()  # the subject before 以 A 为 B


class Joint(Record, frozen=True):
    """Two nouns joined inside a phrase: 科技人才与产业人才|复合."""

    first: Noun
    second: Noun
    cue_span: Span
    cue: str


class Parse(Record, frozen=True):
    """What the parser saw of one sentence, for extraction and for explaining it."""

    sentence: Sentence
    words: tuple[Word, ...]
    roles: str
    phrases: tuple[Phrase, ...]
    nominals: tuple[Nominal, ...]
    frames: tuple[Frame, ...]
    joints: tuple[Joint, ...] = ()
