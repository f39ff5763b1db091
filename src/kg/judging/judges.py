"""What is kept of what the rules state, what is added, and of which kind each name is.

The rules read closed classes of constructions; how likely it is that two things of a sentence are related
at all, and that a phrase names a thing, is learnt from annotated articles. A stated name or relation that
looks very unlikely is dropped, a likely one that no rule states is added, and every confidence says how often
such a relation is right.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from kg.clauses import Frame, Parse
from kg.judging.models import BIAS, RULE, load_model, load_weights, score_of, total
from kg.judging.names import NameFeatures
from kg.judging.pairs import Pair
from kg.judging.stated import name_of
from kg.judging.surroundings import SentenceView
from kg.judging.views import ArticleView
from kg.judging.weighings import Key, Shares, Weighed, shares_of_relations, weigh_pairs
from kg.lexicon import Lexicon
from kg.records import ArticleFacts, Claim, Measurement, Mention, Record, Span, replace
from kg.relations.contexts import CALLS
from kg.relations.modality import is_forbidden, is_negated, modality_of
from kg.schema import EntityKind, RelationKind

_SYMMETRIC = frozenset((RelationKind.INTEGRATES_WITH,))
_AGAINST = frozenset((RelationKind.HINDERS, RelationKind.OPPOSES))
_NEVER_CALLED_FOR = frozenset((EntityKind.ISSUE, EntityKind.PERSON))
_LEAST_KEPT = 0.22  # how probable a stated relation must be
_LEAST_ADDED = 0.3  # and one that no rule states
_LEAST_ADDED_OF = {  # but these: rules see most calls and deeds, to be but related says little,
    RelationKind.ADVOCATES: 0.4,
    RelationKind.IMPLEMENTS: 0.4,
    RelationKind.RELATED_TO: 0.36,
    RelationKind.AIMS_AT: 0.2,  # and what is aimed at or brought forth may be called furthered as well
    RelationKind.GENERATES: 0.2,
}
_LEAST_OF_ANY = min(_LEAST_ADDED, *_LEAST_ADDED_OF.values())
_LEAST_BESIDE = 0.35  # and one between two things of which a rule states another
_LEAST_ANOTHER = 0.4  # and one more to what a sentence surely relates so to something else
_LEAST_AGAINST = 0.5  # and one against a thing: to state the contrary is worse than to miss it
_SURE = 0.5  # how probable a stated relation must be for that
_LEAST_SHARE = 0.1  # how probable the stated relation must be, if the two are related at all
_SURE_SHARE = 0.5  # and another, to take its place
_LEAST_NAME = 0.45  # how probable a name must be that no probable relation needs, a known one no relation
_NEEDED = 0.7  # how probable a relation must be to need its names
_LONGEST_GAP = 10  # characters between two things that may be cited as what relates them

_Fact = TypeVar("_Fact", Claim, Measurement)


class Outcome(StrEnum):
    """What was done about a relation."""

    KEPT = "kept"
    CHANGED = "changed"  # another relation than the rules say
    DROPPED = "dropped"
    ADDED = "added"


class Verdict(Record, frozen=True):
    """A relation as it was judged; ``weighed`` holds what spoke for and against it."""

    claim: Claim
    outcome: Outcome
    weighed: Weighed | None = None

    def reasons(self, n: int) -> list[tuple[str, int]]:
        """Return what weighed most, with hundredths; see :meth:`kg.judging.weighings.Weighed.reasons`."""
        return self.weighed.reasons(n) if self.weighed is not None else []


def judge(
    parses: Sequence[Parse], stated: ArticleFacts, *, lexicon: Lexicon
) -> tuple[ArticleFacts, tuple[Verdict, ...]]:
    """Return the facts of an article as judged, and the verdict on each of its relations.

    The result depends on nothing but the arguments and the tables of weights.
    """
    view = ArticleView.of(parses, stated)
    verdicts = judge_relations(view)
    claims = kept_claims(verdicts)
    names = tuple(view.names(lexicon, claims, open_only=True))
    dropped = _names_to_drop(names, claims, stated, lexicon)
    kinds = _kinds_of(names)
    return _settle(view.facts, claims, dropped, kinds), verdicts


def judge_relations(view: ArticleView) -> tuple[Verdict, ...]:
    """Return the verdict on each relation that the rules state of an article, then on those added.

    Example:
        >>> from kg.extraction import read_article
        >>> from kg.lexicon import load_lexicon
        >>> from kg.records import Article
        >>> reading = read_article(Article("a", "", "科技创新催生新产业。"), lexicon=load_lexicon())
        >>> [one.outcome.value for one in judge_relations(ArticleView.of(reading.parses, reading.stated))]
        ['kept']
    """
    stated, best = view.facts.claims, weigh_pairs(view)
    told = {(name_of(claim.subject), claim.object.name) for claim in stated}
    shares = shares_of_relations(best, told, _LEAST_OF_ANY)
    judged = tuple(_judge_stated(stated, best, shares))
    return (*judged, *_add_unstated([verdict.claim for verdict in judged], best, shares))


def kept_claims(verdicts: Iterable[Verdict]) -> list[Claim]:
    """Return the relations that are not dropped."""
    return [verdict.claim for verdict in verdicts if verdict.outcome is not Outcome.DROPPED]


def _judge_stated(
    claims: Iterable[Claim], best: Mapping[Key, Weighed], shares_of: Mapping[Key, Shares]
) -> Iterator[Verdict]:
    for claim in claims:
        key = name_of(claim.subject), claim.object.name
        weighed = best.get(key)
        if weighed is None:  # a thing and itself, or an end that stands in no sentence
            yield Verdict(claim, Outcome.KEPT)
            continue
        chance, shares = weighed.chance, shares_of[key]
        kind, outcome = claim.kind.value, Outcome.KEPT
        likely = max(shares, key=lambda answer: shares[answer])
        if (
            shares.get(kind, 0.0) < _LEAST_SHARE
            and shares[likely] >= _SURE_SHARE
            and _AGAINST.isdisjoint((claim.kind, RelationKind(likely)))  # 防止|一哄而上 is no call for it
        ):
            kind, outcome = likely, Outcome.CHANGED
        probability = round(chance * shares.get(kind, 0.0), 3)
        if probability < _LEAST_KEPT:
            outcome = Outcome.DROPPED
        judged = _of_kind(replace(claim, confidence=probability), RelationKind(kind))
        yield Verdict(judged, outcome, weighed)


def _add_unstated(
    claims: Iterable[Claim], best: Mapping[Key, Weighed], shares: Mapping[Key, Shares]
) -> Iterator[Verdict]:
    stated: dict[Key, set[RelationKind]] = defaultdict(set)
    sure: set[tuple[int, RelationKind, str]] = set()
    for claim in claims:
        stated[name_of(claim.subject), claim.object.name].add(claim.kind)
        if claim.confidence >= _SURE:
            sure.add((claim.sentence_index, claim.kind, claim.object.name))
    least = score_of(_LEAST_OF_ANY)  # less probable than related at all is no relation
    for key, weighed in sorted(best.items(), key=lambda item: -item[1].score):
        if weighed.score < least:
            break
        chance, said = weighed.chance, stated.get(key, set())
        if not _AGAINST.isdisjoint(said):
            continue  # what is opposed is not called for, too
        for answer, share in shares[key].items():
            probability = chance * share
            if probability < _LEAST_OF_ANY:
                continue
            kind = RelationKind(answer)
            is_said = kind in said or (kind in _SYMMETRIC and kind in stated.get(key[::-1], ()))
            is_odd = kind is RelationKind.ADVOCATES and weighed.pair.object.kind in _NEVER_CALLED_FOR
            wanted = _LEAST_AGAINST if kind in _AGAINST else _LEAST_ADDED_OF.get(kind, _LEAST_ADDED)
            if said:
                wanted = max(wanted, _LEAST_BESIDE)
            if (weighed.view.parse.sentence.index, kind, key[1]) in sure:
                wanted = max(wanted, _LEAST_ANOTHER)  # 金融机构|支持|小微企业: hardly the 企业 before, too
            if probability >= wanted and not (is_said or is_odd):
                stated[key].add(kind)
                yield Verdict(_claim(weighed, kind, round(probability, 3)), Outcome.ADDED, weighed)


def _of_kind(claim: Claim, kind: RelationKind) -> Claim:
    """Return the claim with another kind."""
    return claim if kind is claim.kind else _dressed(replace(claim, kind=kind))


def _dressed(claim: Claim) -> Claim:
    """Return the claim with what only relations of its kind have, taken from its cue."""
    is_call = claim.kind in CALLS
    return replace(
        claim,
        action=claim.cue if is_call else None,
        label=claim.cue if claim.kind is RelationKind.RELATED_TO else None,
        strength=claim.strength if is_call else None,
    )


def _claim(weighed: Weighed, kind: RelationKind, probability: float) -> Claim:
    """Return the relation as its sentence states it: cited by its verb, under the modality of its clause."""
    view, pair = weighed.view, weighed.pair
    cue, frame = _cue_of(view, pair)
    sentence = view.parse.sentence
    text = sentence.text[cue.start - sentence.span.start : cue.end - sentence.span.start]
    modality, strength = modality_of(frame.modal + frame.adverbs if frame is not None else ())
    is_negative = frame is not None and (is_negated(frame) or is_forbidden(frame))
    if is_negative and kind is RelationKind.ADVOCATES:
        kind, is_negative = RelationKind.OPPOSES, False  # 不得增设许可 calls for none
    claim = Claim(pair.subject, kind, pair.object, sentence.index, text, cue, RULE, probability)
    return _dressed(replace(claim, modality=modality, strength=strength, negated=is_negative))


def _cue_of(view: SentenceView, pair: Pair) -> tuple[Span, Frame | None]:
    """Return what is cited for a pair, and the frame it belongs to.

    It is the verb that governs the object, else the verb before it, else the verb after the subject, else
    what stands between the two, else the object.
    """
    here = view.parse.sentence.span
    ends = [end.span for end in (pair.object, pair.subject) if end is not None and here.contains(end.span)]
    if not ends:
        return here, None
    governing = next(
        (frame for frame in view.parse.frames if any(noun.span == ends[0] for noun in frame.objects)), None
    )
    if governing is not None:
        return governing.cue_span, governing
    place = view.verb_place(ends[0].start, is_before=True)
    if place is None and len(ends) > 1:
        place = view.verb_place(ends[1].end, is_before=False)
    if place is not None:
        return place, _frame_at(view.parse, place)
    if len(ends) > 1:
        left, right = sorted(ends)
        if 0 < right.start - left.end <= _LONGEST_GAP:
            return Span(left.end, right.start), None
    return ends[0], None


def _frame_at(parse: Parse, place: Span) -> Frame | None:
    return next((frame for frame in parse.frames if frame.cue_span.overlaps(place)), None)


def _kinds_of(names: Sequence[NameFeatures]) -> dict[str, EntityKind]:
    """Return the kind of each name: what lexicon or number say stands, else the likeliest kind does."""
    model, kinds = load_model("judged_kinds"), {each.name: each.kind for each in names}
    open_names = [each for each in names if not (each.is_known or each.is_measured)]
    weighed = model.scores_of_all(each.kind_features for each in open_names)
    for each, scores in zip(open_names, weighed, strict=True):
        kinds[each.name] = EntityKind(model.answers[scores.index(max(scores))])
    return kinds


def _names_to_drop(
    names: Iterable[NameFeatures], claims: Iterable[Claim], stated: ArticleFacts, lexicon: Lexicon
) -> set[str]:
    """Return the names that are hardly things, which no number, relation or user's lexicon needs."""
    needed = {number.place.name for number in stated.measurements if number.place is not None}
    needed |= {number.source.name for number in stated.measurements if number.source is not None}
    related: set[str] = set()
    for claim in claims:
        ends = claim.object.name, name_of(claim.subject)
        related.update(ends)
        if claim.confidence >= _NEEDED:
            needed.update(ends)
    related |= needed
    weights = load_weights("judged_names")
    least = score_of(_LEAST_NAME) - weights[BIAS]
    return {
        each.name
        for each in names
        if not (each.is_measured or each.name in (related if each.is_known else needed))
        and not lexicon.is_own(each.name)
        and total(weights, each.features) < least
    }


def _settle(
    stated: ArticleFacts, claims: Iterable[Claim], dropped: set[str], kinds: Mapping[str, EntityKind]
) -> ArticleFacts:
    """Return the facts without the names dropped, each mention of the kind that its name has."""
    settled: dict[Mention, Mention] = {}

    def settle(mention: Mention | None) -> Mention | None:
        if mention is None or kinds.get(mention.name, mention.kind) is mention.kind:
            return mention
        if mention not in settled:
            settled[mention] = replace(mention, kind=kinds[mention.name])
        return settled[mention]

    def settle_ends(one: _Fact, *ends: str) -> _Fact:
        return replace(one, **{end: settle(getattr(one, end)) for end in ends})

    kept = [c for c in claims if dropped.isdisjoint((c.object.name, name_of(c.subject)))]
    kept.sort(key=lambda claim: claim.sentence_index)
    mentions = (mention for mention in stated.mentions if mention.name not in dropped)
    return ArticleFacts(
        stated.article,
        stated.sentences,
        tuple([found for found in map(settle, mentions) if found is not None]),
        tuple([settle_ends(claim, "subject", "object", "speaker") for claim in kept]),
        tuple([settle_ends(number, "indicator", "place", "source") for number in stated.measurements]),
    )
