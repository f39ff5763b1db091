"""One article as the judge sees it: its names and the pairs of things its sentences may relate."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import Self

from kg.clauses import Parse
from kg.judging.guesses import guess_kinds
from kg.judging.models import Features, Weigher
from kg.judging.names import NameFeatures, find_name_features
from kg.judging.networks import SeenSentence, Sight, labels_of
from kg.judging.pairs import Pair, Topics, find_pairs, voice_of
from kg.judging.proposals import propose_names, with_mentions
from kg.judging.spans import SpanWeigher
from kg.judging.surroundings import SentenceView, Surroundings
from kg.lexicon import Lexicon
from kg.records import ArticleFacts, Claim, Mention, Span
from kg.sentences import is_question


class ArticleView:
    """The sentences of one article that name something, with the surroundings of what they name.

    ``facts`` are those of the article; *worth* tells in hundredths how probable a name is at its place.

    Example:
        >>> from kg.extraction import read_article
        >>> from kg.lexicon import load_lexicon
        >>> from kg.records import Article
        >>> reading = read_article(Article("a", "", "科技创新催生新产业。"), lexicon=load_lexicon())
        >>> view = ArticleView.of(reading.parses, reading.stated)
        >>> [(pair.subject and pair.subject.name, pair.object.name) for _, pair in view.pairs()][0]
        (None, '科技创新')
    """

    def __init__(self, parses: Sequence[Parse], facts: ArticleFacts, worth: Mapping[Span, int]) -> None:
        self.facts = facts
        self._claims: dict[int, list[Claim]] = defaultdict(list)
        for claim in facts.claims:
            self._claims[claim.sentence_index].append(claim)
        mentions = _mentions_by_sentence(facts)
        self._sentences: list[tuple[SentenceView, tuple[Surroundings, ...]]] = []
        for parse in parses:
            here = mentions.get(parse.sentence.index)
            if here and parse.words:
                view = SentenceView(parse, worth)
                self._sentences.append((view, tuple([view.around(mention) for mention in here])))

    @classmethod
    def of(cls, parses: Sequence[Parse], stated: ArticleFacts, weigher: SpanWeigher | None = None) -> Self:
        """Return the view of an article with the names that its rules pass over.

        *weigher* has the weights of ``judged_spans``, or others while these are learnt.
        """
        proposal = propose_names(parses, stated, weigher)
        return cls(parses, with_mentions(stated, proposal.mentions), proposal.worth)

    def pairs(self, weigh: Weigher | None = None, least: int = 0) -> Iterator[tuple[SentenceView, Pair]]:
        """Yield the pairs of things that each sentence may relate, in reading order.

        *weigh* and *least* pass over what is hopeless; see :func:`kg.judging.pairs.find_pairs`.
        """
        voice, topics = voice_of(self.facts.claims), Topics()
        for view, around in self._sentences:
            claims = self._claims.get(view.parse.sentence.index, [])
            if not is_question(view.parse.sentence):
                for pair in find_pairs(view, around, claims, topics, voice, weigh, least):
                    yield view, pair
            topics = topics.after(around)

    def seen(self, pairs: Iterable[tuple[SentenceView, Pair, Features]]) -> list[SeenSentence]:
        """Return *pairs* with their features as the network sees them, those of a sentence together.

        The pairs are in reading order, and stay in it.
        """
        around = {id(view): found for view, found in self._sentences}
        return [
            SeenSentence(
                view.words,
                labels_of(len(view.words), [(*each.places, each.kind) for each in around[id(view)]]),
                [Sight(*pair.places, features) for _, pair, features in here],
            )
            for view, here in groupby(pairs, key=itemgetter(0))
        ]

    def names(
        self, lexicon: Lexicon, claims: Sequence[Claim], *, open_only: bool = False
    ) -> Iterator[NameFeatures]:
        """Yield the names of the article with their features; see ``find_name_features``.

        *claims* are its relations as judged: what is built or solved shows of which kind it is.
        """
        facts = replace(self.facts, claims=tuple(claims))
        around: dict[str, list[Surroundings]] = defaultdict(list)
        for _, found in self._sentences:
            for each in found:
                around[each.mention.name].append(each)
        kinds = guess_kinds(facts, lexicon)
        return find_name_features(facts, kinds, around, lexicon, open_only=open_only)


def _mentions_by_sentence(facts: ArticleFacts) -> dict[int, list[Mention]]:
    """Return the first mention of each name of each sentence, and those that its claims are about.

    In 发展生产力，打通束缚生产力的堵点 it is the second 生产力 that 堵点 is said to hinder.
    """
    found: dict[int, dict[tuple[str, Span], Mention]] = defaultdict(dict)
    named: set[tuple[int, str]] = set()
    both = ((end, claim) for claim in facts.claims for end in (claim.subject, claim.object))
    ends = [(end, claim) for end, claim in both if end is not None]
    told = {(end.name, end.span) for end, claim in ends if end.sentence_index == claim.sentence_index}
    for mention in (*facts.mentions, *(end for end, _ in ends)):
        key, place = (mention.sentence_index, mention.name), (mention.name, mention.span)
        if key not in named or place in told:
            named.add(key)
            found[mention.sentence_index].setdefault(place, mention)
    return {index: sorted(by.values(), key=lambda m: (m.span, m.name)) for index, by in found.items()}
