"""What articles found becomes one graph: one entity a thing, one kind an entity, one relation a fact.

Names are joined across articles; the kind of an entity is that of the lexicon, else what most of its
mentions say; relations gather the statements of all articles, observations those of each.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
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
from kg.rules import load_word_set
from kg.schema import EntityKind, RelationKind
from kg.synonyms import synonyms_of

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


@dataclass(slots=True)
class NameUse:
    """What a corpus does with one name, counted: all that its entity depends on but the lexicon.

    Uses of several parts of a corpus add up to that of the whole, in any order.
    """

    kinds: Counter[EntityKind] = field(default_factory=Counter)
    surfaces: set[str] = field(default_factory=set)
    other_names: set[tuple[str, ...]] = field(default_factory=set)
    n_mentions: int = 0
    is_measured: bool = False

    def add(self, mention: Mention) -> None:
        """Count one mention of the name."""
        self.kinds[mention.kind] += 1
        if mention.source != "shared":  # else its text is but the part of the name that a list gives
            self.surfaces.add(mention.text)
        if mention.other_names:
            self.other_names.add(mention.other_names)
        self.n_mentions += not _is_borrowed(mention)
        self.is_measured |= mention.source == "number"

    def names_in_question(self, name: str) -> set[str]:
        """Return the names that are other names of *name* only where the corpus has no such thing."""
        if not self.is_measured:
            return set()
        shared = set.intersection(*map(set, self.other_names)) if self.other_names else ()
        others = tuple(sorted(shared))  # what is said of but one of several is of that one
        return self.surfaces.union(others, *map(synonyms_of, (name, *others)))

    def merge(self, other: "NameUse") -> None:
        """Add what another part of the corpus does with the name."""
        self.kinds.update(other.kinds)
        self.surfaces |= other.surfaces
        self.other_names |= other.other_names
        self.n_mentions += other.n_mentions
        self.is_measured |= other.is_measured


def survey_names(facts: Iterable[ArticleFacts]) -> dict[str, NameUse]:
    """Return what *facts* do with each name.

    Example:
        >>> survey_names([])
        {}
    """
    names: dict[str, NameUse] = defaultdict(NameUse)
    for item in facts:
        for mention in mentions_of(item):
            names[mention.name].add(mention)
    return dict(names)


def resolve_entities(
    names: Mapping[str, NameUse], *, lexicon: Lexicon, is_known: Callable[[str], bool]
) -> tuple[Entity, ...]:
    """Return the entities of *names*, sorted by id, without their mentions.

    *is_known* tells whether a name is one of the corpus, of which *names* may be a part.
    """
    entities = (_entity(name, use, lexicon, is_known) for name, use in names.items())
    return tuple(sorted(entities, key=lambda entity: entity.id))


def _entities(facts: list[ArticleFacts], lexicon: Lexicon) -> tuple[Entity, ...]:
    names = survey_names(facts)
    by_name: dict[str, list[Mention]] = defaultdict(list)
    for item in facts:
        for mention in mentions_of(item):
            if not _is_borrowed(mention):
                by_name[mention.name].append(mention)
    return tuple(
        replace(entity, mentions=tuple(by_name.get(entity.name, ())))
        for entity in resolve_entities(names, lexicon=lexicon, is_known=names.__contains__)
    )


def _is_borrowed(mention: Mention) -> bool:
    """Tell whether a number only counts the thing: who writes 二十家企业 speaks of 企业, not of 企业数量."""
    return (
        mention.source == "number"
        and mention.text != mention.name
        and mention.name.endswith(tuple(load_word_set("count_nouns")))
    )


def mentions_of(item: ArticleFacts) -> list[Mention]:
    """Return every mention once, those that only claims and measurements carry included."""
    found = dict.fromkeys(item.mentions)
    for claim in item.claims:
        found.update(dict.fromkeys(m for m in (claim.subject, claim.object, claim.speaker) if m))
    for number in item.measurements:
        found.update(dict.fromkeys(m for m in (number.indicator, number.place, number.source) if m))
    return sorted(found, key=lambda mention: (mention.span, mention.name, mention.source))


def _entity(name: str, use: NameUse, lexicon: Lexicon, is_known: Callable[[str], bool]) -> Entity:
    term = lexicon.lookup(name)
    broader = term.broader if term is not None else ()
    return Entity(
        id=mint_id("entity", name),
        name=name,
        kind=term.kind if term is not None else most_said(use.kinds),
        aliases=_aliases(name, use, is_known),
        codes=term.codes if term is not None else (),
        broader=tuple(sorted(mint_id("entity", wider) for wider in broader if is_known(wider))),
        exact_match=term.exact_match if term is not None else (),
    )


def _aliases(name: str, use: NameUse, is_known: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the other names of *name*; one that names another thing is no name of what is measured."""
    found = use.surfaces
    if use.is_measured:  # 三一重工 is no other name of 三一重工销售额
        found = {text for text in use.names_in_question(name) if not is_known(text)}
    return tuple(sorted(text for text in found if 1 < len(text) <= _LONGEST_ALIAS and text != name))


def most_said(counts: Counter[EntityKind]) -> EntityKind:
    """Return the kind that is said most often, of several the first by name.

    Example:
        >>> most_said(Counter((EntityKind.SECTOR, EntityKind.SECTOR, EntityKind.POLICY)))
        <EntityKind.SECTOR: 'Sector'>
    """
    return min(counts, key=lambda kind: (-counts[kind], kind.value))


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
