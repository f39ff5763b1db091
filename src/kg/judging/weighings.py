"""How probable it is that two things of an article are related, and how.

Two readers weigh each pair and count alike: linear models add up what is told of the pair, feature by
feature, and the network sees the words in their order.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain

from kg.judging.models import BIAS, Features, chance_of, load_model, load_weights, score_of, strongest, total
from kg.judging.networks import SeenSentence, load_network
from kg.judging.pairs import Pair, SentencePair
from kg.judging.stated import name_of
from kg.judging.surroundings import SentenceView
from kg.judging.views import ArticleView
from kg.records import Record, replace

_HOPELESS_ENDS = -40  # hundredths; where the ends weigh less, two of a hundred pairs to be added are lost
_HOPELESS_PAIR = -210  # as few where the pair and the bias do, without what stands between the two
_HOPELESS = -240  # where all features do, the network need not look

Key = tuple[str, str]  # the names of a subject and an object
Shares = Mapping[str, float]  # how probable each relation is, if two things are related


class Weighed(Record, frozen=True):
    """A pair with what speaks for its being related at all and for each relation, in hundredths.

    ``added`` is what its features add up to, ``told`` what the network says, by its answers; ``seen`` is the
    sentence as the network sees it, with this pair alone.
    """

    view: SentenceView
    pair: Pair
    features: Features
    added: int
    told: Sequence[int]
    seen: SeenSentence

    @property
    def score(self) -> float:
        """Return what speaks for its being related at all."""
        return (self.added + self.told[0]) / 2

    @property
    def chance(self) -> float:
        """Return how probable it is that the pair is related at all."""
        return chance_of(self.score)

    def reasons(self, n: int) -> list[tuple[str, int]]:
        """Return what spoke most for and against its being related at all, with hundredths.

        First comes the network, with the *n* words without which it would say something else, and how much
        less; then the *n* features that weigh most.
        """
        names = [f"word:{word.text}" for word in self.seen.words]
        words = zip(names, load_network().influences(self.seen), strict=True)
        return [
            ("network", self.told[0]),
            *sorted(words, key=lambda item: -abs(item[1]))[:n],
            *strongest(load_weights("judged_pairs"), self.features, n),
        ]


def weigh_pairs(view: ArticleView) -> dict[Key, Weighed]:
    """Return the pairs of an article that are not hopeless, each where it is most probable."""
    likely = list(likely_pairs(view))
    sentences = view.seen((sentence, pair, features) for sentence, pair, features, _ in likely)
    told = load_network().scores(sentences)
    seen = (replace(each, sights=(sight,)) for each in sentences for sight in each.sights)
    best: dict[Key, Weighed] = {}
    for (sentence, pair, features, added), says, alone in zip(likely, told, seen, strict=True):
        weighed = Weighed(sentence, pair, features, added, says, alone)
        key = name_of(pair.subject), pair.object.name
        if key not in best or weighed.score > best[key].score:
            best[key] = weighed
    return best


def likely_pairs(view: ArticleView) -> Iterator[tuple[SentenceView, Pair, Features, int]]:
    """Yield the pairs that are not hopeless by their features and what these add up to, in reading order."""
    weights = load_weights("judged_pairs")
    bias = weights[BIAS]
    for sentence, pair in view.pairs(partial(total, weights), _HOPELESS_ENDS):
        own = pair.own()
        added = bias + pair.weight + total(weights, own)
        if added < _HOPELESS_PAIR and isinstance(pair, SentencePair) and not pair.is_stated:
            continue
        details = pair.details()
        added += total(weights, details)
        if added >= _HOPELESS or pair.is_stated:
            yield sentence, pair, tuple(chain.from_iterable((*pair.shared, own, details))), added


def shares_of_relations(
    best: Mapping[Key, Weighed], wanted: Collection[Key], least: float
) -> dict[Key, Shares]:
    """Return how probable each relation is, if the two are related at all.

    This is done for the pairs *wanted*, and for those as probable as *least*.
    """
    model, network, least_score = load_model("judged_relations"), load_network(), score_of(least)
    keys = [key for key, weighed in best.items() if weighed.score >= least_score or key in wanted]
    added = model.scores_of_all(best[key].features for key in keys)
    places = [network.answers.index(answer) for answer in model.answers]
    found: dict[Key, Shares] = {}
    for key, scores in zip(keys, added, strict=True):
        told = best[key].told
        found[key] = model.chances_of([(one + told[at]) / 2 for one, at in zip(scores, places, strict=True)])
    return found
