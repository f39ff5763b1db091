"""Names that the rules pass over, and how probable every name of an article is where it stands."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from kg.clauses import Parse
from kg.judging.models import BIAS, RULE, chance_of, load_weights, score_of, strongest
from kg.judging.spans import SpanWeigher, Stretch, all_features, find_stretches
from kg.mentions import without_marks
from kg.records import ArticleFacts, Mention, Record, Span
from kg.rules import kind_of_name
from kg.schema import EntityKind

_LEAST_NEW = 0.45  # how probable a name must be somewhere in the article that the rules pass over
_LEAST_AGAIN = 0.2  # and elsewhere in it
_LEAST_OF = 0.35  # and what a measure or problem is of, whose name begins with its name
_OF_OTHERS = frozenset((EntityKind.INDICATOR, EntityKind.ISSUE))
_HOPELESS = -150  # hundredths; where bias and ends of a stretch weigh less, hardly one is a name
_HOPELESS_SHAPE = -120  # as few where its shape and place do besides
_SHARE = 0.6  # of the longer of two names that the shorter covers if they name the same


class Proposal(Record, frozen=True):
    """Mentions that no rule has found, and the hundredths for and against a name at each place weighed."""

    mentions: tuple[Mention, ...]
    worth: Mapping[Span, int]


def propose_names(
    parses: Iterable[Parse], stated: ArticleFacts, weigher: SpanWeigher | None = None
) -> Proposal:
    """Weigh the stretches of an article; what is probably a name and is none by the rules becomes one.

    *weigher* has the weights of ``judged_spans``, or others while these are learnt.

    Example:
        >>> from kg.extraction import read_article
        >>> from kg.lexicon import load_lexicon
        >>> from kg.records import Article
        >>> reading = read_article(Article("a", "", "科技创新催生新产业。"), lexicon=load_lexicon())
        >>> propose_names(reading.parses, reading.stated).worth[Span(0, 4)] > 0
        True
    """
    weigher = weigher or load_span_weigher()
    bias = weigher.weights[BIAS]
    here, text = mentions_by_sentence(stated.mentions), stated.article.text
    worth: dict[Span, int] = {}
    found: dict[str, list[tuple[int, Stretch]]] = defaultdict(list)
    for parse in parses:
        mentions = here.get(parse.sentence.index, ())
        for stretch in find_stretches(parse, mentions, weigher, _HOPELESS - bias):
            score = bias + stretch.weight + weigher.shape(stretch, mentions)
            if score < _HOPELESS_SHAPE and not stretch.is_named:
                continue
            score += weigher.inner(stretch, text)
            worth[stretch.span] = score
            if not stretch.is_named:
                found[without_marks(stretch.text)].append((score, stretch))
    kinds = {mention.name: mention.kind for mention in stated.mentions}
    return Proposal(tuple(_propose(found, kinds)), worth)


def _propose(
    found: Mapping[str, Sequence[tuple[int, Stretch]]], kinds: Mapping[str, EntityKind]
) -> list[Mention]:
    """Return mentions of the names *found* that are probable and said by no name yet, in reading order.

    *kinds* are the names that there are. Of names that say the same, the most probable is taken.
    """
    said, again = SaidNames(kinds), score_of(_LEAST_AGAIN)
    best = {name: max(score for score, _ in places) for name, places in found.items()}
    least, least_of = score_of(_LEAST_NEW), score_of(_LEAST_OF)
    likely = [name for name, score in best.items() if score >= least_of]
    proposed: list[Mention] = []
    for name in sorted(likely, key=lambda name: (-best[name], name)):
        is_new = name not in said and best[name] >= least
        if is_new or _owns(said.longer(name), kinds, name):
            said.add(name)
            proposed += [_mention(stretch, name, score) for score, stretch in found[name] if score >= again]
    return sorted(proposed, key=lambda mention: mention.span)


def _owns(longer: Sequence[str], kinds: Mapping[str, EntityKind], name: str) -> bool:
    """Tell whether all names that say the same as *name* are of its measures or problems: 水资源|短缺."""
    if kind_of_name(name) in _OF_OTHERS:
        return False  # 技能人才短缺|问题: the problem itself
    return bool(longer) and all(one.startswith(name) and kinds.get(one) in _OF_OTHERS for one in longer)


def name_reasons(parse: Parse, mention: Mention, stated: ArticleFacts, n: int) -> list[tuple[str, int]]:
    """Return the *n* features that weighed most for or against a name at its place, with their hundredths.

    There are none where its sentence holds no such stretch.
    """
    mentions = mentions_by_sentence(stated.mentions).get(parse.sentence.index, ())
    found = (stretch for stretch in find_stretches(parse, mentions) if stretch.span == mention.span)
    stretch = next(found, None)
    if stretch is None:
        return []
    return strongest(load_weights("judged_spans"), all_features(stretch, mentions, stated.article.text), n)


@cache
def load_span_weigher() -> SpanWeigher:
    """Return what weighs stretches by the table ``judged_spans``."""
    return SpanWeigher(load_weights("judged_spans"))


def with_mentions(facts: ArticleFacts, more: Iterable[Mention]) -> ArticleFacts:
    """Return the facts with *more* mentions, all in reading order."""
    mentions = sorted((*facts.mentions, *more), key=lambda mention: (mention.span, mention.name))
    return replace(facts, mentions=tuple(mentions))


def mentions_by_sentence(mentions: Iterable[Mention]) -> dict[int, Sequence[Mention]]:
    """Return the mentions of each sentence by its index, in their order."""
    found: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        found[mention.sentence_index].append(mention)
    return dict(found)


class SaidNames:
    """The names of an article, asked for those that say the same as another, a little longer or shorter.

    Example:
        >>> "量子计算技术" in SaidNames(["量子计算"]), "量子" in SaidNames(["量子计算"])
        (True, False)
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._holding: dict[str, list[str]] = defaultdict(list)
        self._beginning: dict[str, list[str]] = defaultdict(list)
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Take *name* among the names."""
        self._beginning[name[:2]].append(name)
        for pair in _pairs_in(name):
            self._holding[pair].append(name)

    def __contains__(self, name: str) -> bool:
        return bool(self.longer(name)) or any(
            _covers(shorter, name) for pair in _pairs_in(name) for shorter in self._beginning.get(pair, ())
        )

    def longer(self, name: str) -> list[str]:
        """Return the names that say the same as *name* and hold it."""
        return [longer for longer in self._holding.get(name[:2], ()) if _covers(name, longer)]


def _pairs_in(name: str) -> dict[str, None]:
    """Return the pairs of neighbouring characters of *name*."""
    return dict.fromkeys(name[place : place + 2] for place in range(len(name) - 1))


def _covers(short: str, long: str) -> bool:
    return len(long) >= len(short) >= _SHARE * len(long) and short in long


def _mention(stretch: Stretch, name: str, score: int) -> Mention:
    sentence, kind = stretch.parse.sentence, kind_of_name(name) or EntityKind.CONCEPT
    chance = round(chance_of(score), 3)
    return Mention(sentence.article_id, sentence.index, stretch.span, stretch.text, name, kind, RULE, chance)
