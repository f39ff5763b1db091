"""What a graph says of each article, in the form that gold is compared with.

Names are normalised, an entity goes by all its names, and relations whose ends bear the same names are
one. A graph in memory and its export give the same reading.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from kg.evaluation.golds import ARTICLE
from kg.evaluation.names import normalize_name
from kg.graph import KnowledgeGraph
from kg.records import Article, Entity, Observation, Span, Statement
from kg.schema import EntityKind, ObservationKind, RelationKind

Names = frozenset[str]
_Fact = TypeVar("_Fact", Statement, Observation)


@dataclass(frozen=True, slots=True)
class FoundEntity:
    """An entity the graph finds in an article; ``span`` is its first mention there."""

    names: Names
    kind: EntityKind
    label: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class FoundRelation:
    """A relation the graph finds in an article; ``span`` is the first sentence that states it."""

    subject: Names
    kind: RelationKind
    object: Names
    label: str
    rule: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class FoundObservation:
    """A number the graph finds in an article; ``span`` is the number with its unit."""

    indicator: Names
    value: Decimal
    unit: str
    time: str | None
    kind: ObservationKind
    label: str
    rule: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """All that the graph says of one article.

    ``n_cited`` counts its pairs of statement and sentence, ``n_verbatim`` those whose sentence is the
    article's text between its offsets.
    """

    title: str = ""
    file: str = ""
    date: str = ""
    authors: Names = frozenset()
    publisher: str = ""
    text: str = ""
    entities: tuple[FoundEntity, ...] = ()
    relations: tuple[FoundRelation, ...] = ()
    observations: tuple[FoundObservation, ...] = ()
    n_cited: int = 0
    n_verbatim: int = 0


def read_graph(graph: KnowledgeGraph) -> tuple[FoundArticle, ...]:
    """Return what *graph* says of each of its articles, in its order."""
    reader = _Reader(graph)
    return tuple(reader.article(article) for article in graph.articles)


class _Reader:
    def __init__(self, graph: KnowledgeGraph) -> None:
        self._graph = graph
        self._entities: Mapping[str, Entity] = {entity.id: entity for entity in graph.entities}
        self._names = {entity.id: _names_of(entity) for entity in graph.entities}
        self._articles = {article.id for article in graph.articles}
        self._statements = _by_article(graph.statements())
        self._numbers = _by_article(graph.numbers)

    def article(self, article: Article) -> FoundArticle:
        statements = self._statements.get(article.id, [])
        sources = [self._graph.sentence(article.id, index) for one in statements for index in _cited(one)]
        return FoundArticle(
            title=normalize_name(article.title),
            file=article.source_file.rsplit("/", 1)[-1],
            date=article.date or "",
            authors=frozenset(map(normalize_name, article.authors)),
            publisher=normalize_name(article.publisher or ""),
            text=article.text,
            entities=self._entities_of(article.id),
            relations=unite(self._relation(one) for one in statements),
            observations=tuple(self._observation(one) for one in self._numbers.get(article.id, [])),
            n_cited=len(sources),
            n_verbatim=sum(source.span.of(article.text) == source.text for source in sources),
        )

    def _entities_of(self, article_id: str) -> tuple[FoundEntity, ...]:
        first: dict[str, Span] = {}
        for entity, mention in self._graph.mentions(article_id):
            first.setdefault(entity.id, mention.span)
        listed = ((self._entities[entity_id], span) for entity_id, span in first.items())
        return tuple(FoundEntity(self._names[e.id], e.kind, e.name, span) for e, span in listed)

    def _relation(self, one: Statement) -> FoundRelation:
        ends = tuple(self._end(node_id) for node_id in (one.subject_id, one.object_id))
        span = self._graph.sentence(one.article_id, one.evidence[0].sentence_index).span
        label = f"{ends[0][1]} {one.kind} {ends[1][1]}"
        return FoundRelation(ends[0][0], one.kind, ends[1][0], label, one.rule, span)

    def _end(self, node_id: str) -> tuple[Names, str]:
        if node_id in self._articles:
            return frozenset({ARTICLE}), ARTICLE
        return self._names[node_id], self._entities[node_id].name

    def _observation(self, one: Observation) -> FoundObservation:
        return FoundObservation(
            indicator=self._names[one.indicator_id],
            value=one.value,
            unit=normalize_name(one.unit),
            time=one.time,
            kind=one.kind,
            label=describe_number(
                self._entities[one.indicator_id].name, one.value, one.unit, one.time, one.kind
            ),
            rule=one.rule,
            span=one.span,
        )


def unite(relations: Iterable[FoundRelation]) -> tuple[FoundRelation, ...]:
    """Return the relations without those that say what an earlier one says, in their order."""
    seen: dict[tuple[Names, RelationKind, Names], FoundRelation] = {}
    for relation in relations:
        seen.setdefault((relation.subject, relation.kind, relation.object), relation)
    return tuple(seen.values())


def describe_number(indicator: str, value: Decimal, unit: str, time: str | None, kind: str) -> str:
    """Return a number with all that tells it from others.

    Example:
        >>> describe_number("产值", Decimal("5.20"), "亿元", "2023", "Target")
        '产值 = 5.2 亿元 (2023, Target)'
    """
    plain = f"{value.normalize():f}"
    return f"{indicator} = {' '.join(filter(None, (plain, unit)))} ({', '.join(filter(None, (time, kind)))})"


def _names_of(entity: Entity) -> Names:
    return frozenset(normalize_name(name) for name in (entity.name, *entity.aliases))


def _cited(statement: Statement) -> list[int]:
    return sorted({evidence.sentence_index for evidence in statement.evidence})


def _by_article(facts: Iterable[_Fact]) -> dict[str, list[_Fact]]:
    grouped: dict[str, list[_Fact]] = {}
    for fact in facts:
        grouped.setdefault(fact.article_id, []).append(fact)
    return grouped
