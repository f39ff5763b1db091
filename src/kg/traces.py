"""What each stage saw of a sentence, for people who ask why a graph says what it says.

A trace is made by the very functions that extract articles, so it cannot tell another story than the
graph does. Where a verb or a name gave nothing, it says what was wanting.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kg.clauses import Frame, Noun, Parse
from kg.errors import KgError
from kg.extraction import Reading, read_article
from kg.judging import RULE, Verdict, name_reasons
from kg.lexicon import Lexicon, Term
from kg.mentions import NamedNouns
from kg.observations.pieces import has_numbers
from kg.records import Article, Claim, Measurement, Mention, Sentence, Span
from kg.rules import load_word_set

N_REASONS = 5  # features that are told of what was weighed


class Lack(StrEnum):
    """Why a part of a sentence gave no fact."""

    NO_VERB = "no-verb"
    SPEECH_ONLY = "speech-only"
    UNKNOWN_VERB = "unknown-verb"
    NO_OBJECT = "no-object"
    NO_SUBJECT = "no-subject"
    GENERIC_OBJECT = "generic-object"
    GENERIC_SUBJECT = "generic-subject"
    NO_RULE = "no-rule"
    GENERIC_NOUN = "generic-noun"
    SEEN_ONCE = "seen-once"
    UNLIKELY_NAME = "unlikely-name"
    UNREAD_NUMBER = "unread-number"


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A verb or noun that gave nothing, and what it lacked; ``span`` is where it stands."""

    lack: Lack
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class FoundTerm:
    """A term of the lexicon found in the characters; not every one becomes a word."""

    term: Term
    span: Span
    is_word: bool


@dataclass(frozen=True, slots=True)
class Trace:
    """All that the stages saw of one sentence, in the context of its article.

    ``names`` leads from the nouns of ``parse`` to their mentions. ``reasons`` holds the features that weighed
    most for a mention that no rule finds, with their hundredths. ``verdicts`` tell of each relation that the
    rules state, or that was added, how probable it was found and why. ``near_misses`` are in reading order.
    """

    sentence: Sentence
    terms: tuple[FoundTerm, ...]
    parse: Parse
    names: NamedNouns
    mentions: tuple[Mention, ...]
    reasons: Mapping[Mention, Sequence[tuple[str, int]]]
    claims: tuple[Claim, ...]
    verdicts: tuple[Verdict, ...]
    measurements: tuple[Measurement, ...]
    near_misses: tuple[NearMiss, ...]

    @property
    def has_facts(self) -> bool:
        """Tell whether the sentence states a relation or a number."""
        return bool(self.claims or self.measurements)


def trace_sentence(article: Article, index: int, *, lexicon: Lexicon) -> Trace:
    """Return what each stage saw of sentence *index* (from 0) of *article*.

    The whole article is read, since subjects, speakers and short names carry over.

    Raises:
        KgError: The article has no such sentence.

    Example:
        >>> from kg.lexicon import load_lexicon
        >>> article = Article("a", "", "科技创新催生新产业。")
        >>> trace = trace_sentence(article, 0, lexicon=load_lexicon())
        >>> [(frame.verb, [noun.name for noun in frame.objects]) for frame in trace.parse.frames]
        [('催生', ['新产业'])]
    """
    reading = read_article(article, lexicon=lexicon)
    n_sentences = len(reading.facts.sentences)
    if not 0 <= index < n_sentences:
        raise KgError(f"sentence {index + 1}: the article has sentences 1 to {n_sentences}")
    return _trace(reading, index, lexicon)


def trace_article(article: Article, *, lexicon: Lexicon) -> tuple[Trace, ...]:
    """Return the traces of all sentences of *article* in reading order."""
    reading = read_article(article, lexicon=lexicon)
    return tuple(_trace(reading, index, lexicon) for index in range(len(reading.facts.sentences)))


def trace_text(text: str, *, lexicon: Lexicon) -> tuple[Trace, ...]:
    """Return the traces of the sentences of *text*, read as an article without title or date.

    Example:
        >>> from kg.lexicon import load_lexicon
        >>> [trace] = trace_text("天气很好。", lexicon=load_lexicon())
        >>> trace.has_facts
        False
    """
    return trace_article(Article("article/text", "", text), lexicon=lexicon)


def _trace(reading: Reading, index: int, lexicon: Lexicon) -> Trace:
    facts, parse, names = reading.facts, reading.parses[index], reading.names[index]
    claims = tuple(claim for claim in facts.claims if claim.sentence_index == index)
    measurements = tuple(found for found in facts.measurements if found.sentence_index == index)
    mentions = tuple(found for found in facts.mentions if found.sentence_index == index)
    found = tuple(found for found in reading.found if found.sentence_index == index)
    misses = (
        *_frame_misses(parse, names, reading.stated.claims),
        *_noun_misses(parse, names, found, {mention.span for mention in mentions}),
        *_name_misses(reading, index),
        *_number_misses(parse, measurements),
    )
    return Trace(
        sentence=parse.sentence,
        terms=tuple(_find_terms(parse, lexicon)),
        parse=parse,
        names=names,
        mentions=mentions,
        reasons={
            mention: name_reasons(parse, mention, reading.stated, N_REASONS)
            for mention in mentions
            if mention.source == RULE
        },
        claims=claims,
        verdicts=tuple(one for one in reading.verdicts if one.claim.sentence_index == index),
        measurements=measurements,
        near_misses=tuple(sorted(misses, key=lambda miss: (miss.span, miss.lack))),
    )


def _find_terms(parse: Parse, lexicon: Lexicon) -> Iterator[FoundTerm]:
    offset = parse.sentence.span.start
    words = {word.span for word in parse.words}
    for start, end, term in lexicon.find(parse.sentence.text):
        span = Span(offset + start, offset + end)
        yield FoundTerm(term, span, span in words)


def _frame_misses(parse: Parse, names: NamedNouns, claims: tuple[Claim, ...]) -> Iterator[NearMiss]:
    """Yield the verbs that are the cue of no claim."""
    for frame in parse.frames:
        if not any(claim.cue_span.overlaps(frame.cue_span) for claim in claims):
            yield NearMiss(_lack_of(frame, names), frame.action, frame.cue_span)
    if not parse.frames and parse.words:
        yield NearMiss(Lack.NO_VERB, parse.sentence.text, parse.sentence.span)


def _lack_of(frame: Frame, names: NamedNouns) -> Lack:
    if frame.verb in load_word_set("speech_verbs") and not frame.objects:
        return Lack.SPEECH_ONLY
    if frame.entry is None:
        return Lack.UNKNOWN_VERB
    if not frame.objects and not frame.prepositions:
        return Lack.NO_OBJECT
    if frame.objects and not any(map(names.of, frame.objects)):
        return Lack.GENERIC_OBJECT
    if not frame.subjects:
        return Lack.NO_SUBJECT
    if not any(map(names.of, frame.subjects)):
        return Lack.GENERIC_SUBJECT
    return Lack.NO_RULE


def _noun_misses(
    parse: Parse, names: NamedNouns, found: tuple[Mention, ...], named: set[Span]
) -> Iterator[NearMiss]:
    """Yield the nouns that are no entities: generic ones, and names that stand once and are unknown.

    *named* is where the judge finds names.
    """
    lost = {mention.span for mention in found} - {mention.span for mention in names.mentions}
    for noun in _nouns_of(parse):
        if names.of(noun) or noun.span in named:
            continue
        is_dropped = any(span.overlaps(noun.span) for span in lost)
        yield NearMiss(Lack.SEEN_ONCE if is_dropped else Lack.GENERIC_NOUN, noun.name, noun.span)


def _name_misses(reading: Reading, index: int) -> Iterator[NearMiss]:
    """Yield the names of the rules that the judge finds unlikely."""
    kept = {mention.name for mention in reading.facts.mentions}
    for mention in reading.stated.mentions:
        if mention.sentence_index == index and mention.name not in kept:
            yield NearMiss(Lack.UNLIKELY_NAME, mention.name, mention.span)


def _nouns_of(parse: Parse) -> tuple[Noun, ...]:
    nouns = (
        noun
        for nominal in parse.nominals
        for listed in (*nominal.members, *nominal.heads)
        for noun in (*listed.owners, listed)
    )
    return tuple({(noun.span, noun.name): noun for noun in nouns}.values())


def _number_misses(parse: Parse, measurements: tuple[Measurement, ...]) -> Iterator[NearMiss]:
    if measurements or not has_numbers(parse.sentence.text):
        return
    numbers = [word for word in parse.words if word.tag in ("m", "mq")]
    if numbers:
        yield NearMiss(Lack.UNREAD_NUMBER, numbers[0].text, numbers[0].span)
