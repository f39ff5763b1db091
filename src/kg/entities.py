"""What articles found becomes one graph: one entity a thing, one kind an entity, one relation a fact.

Names are joined across articles; the kind of an entity is that of the lexicon, else what most of its
mentions say; relations gather the statements of all articles, observations those of each.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from kg.graph import KnowledgeGraph
from kg.iris import mint_digest_id, mint_id
from kg.lexicon import Lexicon
from kg.records import (
    ArticleFacts,
    Claim,
    Diagnostic,
    Entity,
    Evidence,
    Measurement,
    Mention,
    Observation,
    Relation,
    Statement,
)
from kg.rules import kind_of_name, load_word_set
from kg.schema import EntityKind, RelationKind

_KIND_OF_OBJECT = {
    RelationKind.ADDRESSES: EntityKind.ISSUE,
    RelationKind.FACES: EntityKind.ISSUE,
    RelationKind.OPPOSES: EntityKind.ISSUE,
}
_KIND_OF_SUBJECT = {
    RelationKind.HINDERS: EntityKind.ISSUE,
    RelationKind.IMPLEMENTS: EntityKind.ORGANIZATION,
}
_SAME_KIND = frozenset((RelationKind.INCLUDES, RelationKind.INTEGRATES_WITH))
_LONGEST_ALIAS = 40  # characters; a longer surface is a quotation, not a name


def resolve_graph(
    facts: Iterable[ArticleFacts],
    *,
    lexicon: Lexicon,
    diagnostics: Iterable[Diagnostic] = (),
    settings: Mapping[str, str] = MappingProxyType({}),
) -> KnowledgeGraph:
    """Return the graph of all articles; the order of *facts* makes no difference."""
    ordered = sorted(facts, key=lambda item: item.article.id)
    entities = _entities(ordered, lexicon)
    ids = {entity.name: entity.id for entity in entities}
    own = [diagnostic for item in ordered for diagnostic in item.article.diagnostics]
    all_diagnostics = dict.fromkeys([*own, *diagnostics])  # each once, those of articles first
    return KnowledgeGraph(
        articles=tuple(item.article for item in ordered),
        sentences=MappingProxyType({item.article.id: item.sentences for item in ordered}),
        entities=entities,
        edges=_relations(ordered, ids),
        numbers=_observations(ordered, ids),
        diagnostics=tuple(all_diagnostics),
        settings=MappingProxyType(dict(sorted(settings.items()))),
    )


def _entities(facts: list[ArticleFacts], lexicon: Lexicon) -> tuple[Entity, ...]:
    by_name: dict[str, list[Mention]] = defaultdict(list)
    for item in facts:
        for mention in _mentions_of(item):
            by_name[mention.name].append(mention)
    uses = _uses(facts)
    entities = [_entity(name, mentions, uses[name], lexicon) for name, mentions in by_name.items()]
    entities = [_without_borrowed(entity, by_name) for entity in entities]
    known = {entity.name: entity.id for entity in entities}
    return tuple(
        sorted((_with_broader(entity, known, lexicon) for entity in entities), key=lambda entity: entity.id)
    )


def _without_borrowed(entity: Entity, names: Mapping[str, object]) -> Entity:
    """Return a measure without the names of what it measures, and unmentioned where it only counts.

    三一重工 is no other name of 三一重工销售额; who writes 二十家企业 speaks of 企业, not of 企业数量.
    """
    if all(mention.source != "number" for mention in entity.mentions):
        return entity
    counts = entity.name.endswith(tuple(load_word_set("count_nouns")))
    return replace(
        entity,
        aliases=tuple(alias for alias in entity.aliases if alias not in names),
        mentions=tuple(
            mention
            for mention in entity.mentions
            if not (counts and mention.source == "number" and mention.text != mention.name)
        ),
    )


def _uses(facts: list[ArticleFacts]) -> dict[str, Counter[EntityKind]]:
    """Return what the sentences do with each name: what is solved is an Issue, who founds an Organization."""
    uses: dict[str, Counter[EntityKind]] = defaultdict(Counter)
    for claim in (claim for item in facts for claim in item.claims):
        if claim.kind in _KIND_OF_OBJECT:
            uses[claim.object.name][_KIND_OF_OBJECT[claim.kind]] += 1
        if claim.subject is not None and claim.kind in _KIND_OF_SUBJECT:
            uses[claim.subject.name][_KIND_OF_SUBJECT[claim.kind]] += 1
        if claim.subject is not None and claim.kind in _SAME_KIND:
            uses[claim.object.name][claim.subject.kind] += 1
    return uses


def _mentions_of(item: ArticleFacts) -> list[Mention]:
    """Return every mention once, those that only claims and measurements carry included."""
    found = dict.fromkeys(item.mentions)
    for claim in item.claims:
        found.update(dict.fromkeys(m for m in (claim.subject, claim.object, claim.speaker) if m))
    for number in item.measurements:
        found.update(dict.fromkeys(m for m in (number.indicator, number.place, number.source) if m))
    return sorted(found, key=lambda mention: (mention.span, mention.name, mention.source))


def _entity(name: str, mentions: list[Mention], uses: Counter[EntityKind], lexicon: Lexicon) -> Entity:
    term = lexicon.lookup(name)
    surfaces = {mention.text for mention in mentions if 1 < len(mention.text) <= _LONGEST_ALIAS}
    if term is not None and term.name == name:
        surfaces.update(alias for alias in term.aliases if alias in surfaces)
    surfaces.discard(name)
    return Entity(
        id=mint_id("entity", name),
        name=name,
        kind=term.kind if term is not None else _vote(name, mentions, uses),
        aliases=tuple(sorted(surfaces)),
        codes=term.codes if term is not None else (),
        exact_match=term.exact_match if term is not None else (),
        mentions=tuple(mentions),
    )


def _vote(name: str, mentions: list[Mention], uses: Counter[EntityKind]) -> EntityKind:
    """Return what most mentions say; where no word of the name says anything, what most sentences do."""
    counts = Counter(mention.kind for mention in mentions)
    if kind_of_name(name) is None:  # then Concept is but the want of a kind
        said = counts.copy()
        del said[EntityKind.CONCEPT]
        counts = said or uses or counts
    return min(counts, key=lambda kind: (-counts[kind], kind.value))


def _with_broader(entity: Entity, known: Mapping[str, str], lexicon: Lexicon) -> Entity:
    term = lexicon.lookup(entity.name)
    broader = tuple(sorted(known[name] for name in term.broader if name in known)) if term else ()
    if not broader:
        return entity
    return replace(entity, broader=broader)


def _relations(facts: list[ArticleFacts], ids: Mapping[str, str]) -> tuple[Relation, ...]:
    statements: dict[tuple[str, RelationKind, str], list[Statement]] = defaultdict(list)
    for item in facts:
        grouped: dict[tuple[str, RelationKind, str, bool], list[Claim]] = defaultdict(list)
        for claim in item.claims:
            subject_id = item.article.id if claim.subject is None else ids[claim.subject.name]
            object_id = ids[claim.object.name]
            if subject_id != object_id:
                grouped[subject_id, claim.kind, object_id, claim.negated].append(claim)
        for (subject_id, kind, object_id, _negated), claims in grouped.items():
            statement = _statement(item.article.id, subject_id, object_id, claims, ids)
            statements[subject_id, kind, object_id].append(statement)
    return tuple(
        Relation(*key, tuple(sorted(found, key=lambda s: (s.article_id, s.id))))
        for key, found in sorted(statements.items())
    )


def _statement(
    article_id: str, subject_id: str, object_id: str, claims: list[Claim], ids: Mapping[str, str]
) -> Statement:
    ordered = sorted(claims, key=lambda c: (c.sentence_index, c.cue_span, c.object.span, c.rule))
    best = max(ordered, key=lambda claim: claim.confidence)
    speakers = {ids[claim.speaker.name] for claim in ordered if claim.speaker is not None}
    identity = (article_id, subject_id, best.kind.value, object_id, "-" if best.negated else "+")
    return Statement(
        id=mint_digest_id("statement", *identity),
        subject_id=subject_id,
        kind=best.kind,
        object_id=object_id,
        article_id=article_id,
        cue=best.cue,
        rule=best.rule,
        confidence=best.confidence,
        modality=best.modality,
        strength=best.strength,
        negated=best.negated,
        action=best.action,
        label=best.label,
        attributed_to=tuple(sorted(speakers)),
        evidence=tuple(_evidence(article_id, claim) for claim in ordered),
    )


def _evidence(article_id: str, claim: Claim) -> Evidence:
    subject = claim.subject
    is_here = subject is not None and subject.sentence_index == claim.sentence_index
    return Evidence(
        article_id,
        claim.sentence_index,
        claim.cue,
        claim.cue_span,
        subject.span if subject is not None and is_here else None,
        claim.object.span,
        claim.rule,
        claim.confidence,
    )


def _observations(facts: list[ArticleFacts], ids: Mapping[str, str]) -> tuple[Observation, ...]:
    found = [_observation(item.article.id, number, ids) for item in facts for number in item.measurements]
    return tuple(sorted({o.id: o for o in found}.values(), key=lambda observation: observation.id))


def _observation(article_id: str, number: Measurement, ids: Mapping[str, str]) -> Observation:
    identity = (
        article_id,
        number.indicator.name,
        str(number.value),
        number.unit,
        str(number.span.start),
    )
    return Observation(
        id=mint_digest_id("observation", *identity),
        indicator_id=ids[number.indicator.name],
        value=number.value,
        unit=number.unit,
        article_id=article_id,
        sentence_index=number.sentence_index,
        span=number.span,
        rule=number.rule,
        confidence=number.confidence,
        normalized_value=number.normalized_value,
        normalized_unit=number.normalized_unit,
        time=number.time,
        place_id=ids[number.place.name] if number.place is not None else None,
        kind=number.kind,
        approximate=number.approximate,
        comparison=number.comparison,
        attributed_to=ids[number.source.name] if number.source is not None else None,
    )
