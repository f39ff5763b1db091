"""Frames become claims: which relation a verb states, between whom, who says so and how strongly.

The rules follow the annotation guide: a speaker or document is the subject of what it calls for, the
article of what its writer calls for; 通过 and 以 make their noun the subject; copulas are read by the
head of the predicate; a result clause takes what the clause before calls for as its subject. Every
rule is listed with an example in ``ontology/rules/relation_rules.tsv``; a claim's ``rule`` is its id.
"""

from collections.abc import Iterator, Sequence

from kg.clauses import Parse
from kg.mentions import NamedNouns
from kg.records import Claim
from kg.relations.calls import find_bare_bans
from kg.relations.causes import find_causes_of_clauses
from kg.relations.complements import complements_of
from kg.relations.contexts import Context, return_to_first_subject
from kg.relations.decrees import (
    find_charges,
    find_decree_claims,
    find_proposals,
    is_decree_title,
    measures_of,
    settle_document,
)
from kg.relations.faults import find_faults
from kg.relations.figures import find_figure_sources
from kg.relations.frames import find_frame_claims
from kg.relations.meetings import find_appearances_at, find_attending_groups, find_receptions
from kg.relations.namesakes import find_name_claims
from kg.relations.nouns import find_noun_claims
from kg.relations.problems import find_listed_problems
from kg.relations.scenes import find_scenes, find_settings
from kg.relations.signatures import find_appearances, find_signatures
from kg.relations.speakers import (
    begin_sentence,
    end_sentence,
    hear_frame_of_quotation,
)
from kg.relations.stances import find_stances
from kg.relations.states import ArticleState
from kg.relations.titles import find_title_claims
from kg.rules import load_word_set
from kg.schema import EntityKind, RelationKind
from kg.sentences import is_question

__all__ = ["find_claims", "find_figure_sources"]


def find_claims(parses: Sequence[tuple[Parse, NamedNouns]]) -> Iterator[Claim]:
    """Yield the claims of an article's sentences, given in reading order.

    Example:
        >>> from kg.extraction import extract_article
        >>> from kg.lexicon import load_lexicon
        >>> from kg.records import Article
        >>> facts = extract_article(Article("a", "", "科技创新催生新产业。"), lexicon=load_lexicon())
        >>> [(c.subject and c.subject.name, c.kind.value, c.object.name) for c in facts.claims]
        [('科技创新', 'generates', '新产业')]
    """
    state = ArticleState(signed=find_signatures(parses))
    for parse, names in parses:
        claims = tuple(_sentence_claims(Context(parse, names, state)))
        yield from _without_vague(claims)
        state.measures = measures_of(claims)


def _without_vague(claims: Sequence[Claim]) -> Iterator[Claim]:
    """Leave out what says nothing: a thing and itself, a bare class, or a vague relation beside another.

    Nor is a person called for: 学习贯彻某人的讲话 calls for what was said.
    """
    bare = load_word_set("bare_objects")
    specific = {_pair(claim) for claim in claims if claim.kind is not RelationKind.RELATED_TO}
    return (
        claim
        for claim in claims
        if len(pair := _pair(claim)) > 1
        and (claim.object.name not in bare or claim.kind is RelationKind.INTEGRATES_WITH)
        and not (claim.kind is RelationKind.ADVOCATES and claim.object.kind is EntityKind.PERSON)
        and (claim.kind is not RelationKind.RELATED_TO or pair not in specific)
    )


def _pair(claim: Claim) -> frozenset[str]:
    return frozenset((claim.subject.name if claim.subject else "", claim.object.name))


def _sentence_claims(at: Context) -> Iterator[Claim]:
    """Yield the claims of one sentence in the order they are stated."""
    begin_sentence(at)
    if is_question(at.sentence):
        return
    said_start = hear_frame_of_quotation(at)
    yield from settle_document(at)
    yield from find_title_claims(at)
    yield from find_appearances(at)
    yield from find_appearances_at(at)
    yield from find_attending_groups(at)
    yield from find_receptions(at)
    yield from find_noun_claims(at)
    yield from find_name_claims(at)
    yield from find_faults(at)
    yield from find_stances(at)
    yield from find_scenes(at)
    yield from find_settings(at)
    problems_start, claims = find_listed_problems(at)
    yield from claims
    at.scope.complements = complements_of(at)
    at.scope.causes = find_causes_of_clauses(at)
    said_of_itself, decreed = find_decree_claims(at)
    yield from decreed
    yield from find_proposals(at)
    yield from find_charges(at)
    start = max(said_start, said_of_itself)
    for frame in () if is_decree_title(at) else at.parse.frames:
        if frame.cue_span.start >= problems_start:
            break
        if frame.cue_span.start < start:
            continue  # the segmenter may take a name for a verb
        if frame.clause != at.scope.clause:
            return_to_first_subject(at, frame)
            at.scope.enter(frame.clause)
        yield from find_frame_claims(at, frame)
    yield from find_bare_bans(at)
    end_sentence(at)
