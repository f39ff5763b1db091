"""The knowledge graph in memory: what the exporters, the pages and the API read.

Everything in it is a sorted tuple of frozen records, so the same articles in any order give the
same graph, and every export of it the same bytes.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from kg.errors import KgError
from kg.records import (
    Article,
    Diagnostic,
    Entity,
    Mention,
    Observation,
    Relation,
    Sentence,
    Statement,
)
from kg.schema import EntityKind, RelationKind


@dataclass(frozen=True)
class KnowledgeGraph:
    """Articles and the entities, relations and observations found in them.

    ``articles``, ``entities`` are sorted by id, ``edges`` by (subject, kind, object), ``numbers`` by
    id; ``sentences`` maps an article id to its sentences in reading order. ``diagnostics`` are all
    doubts about the input, those of articles included. ``settings`` names what else the result
    depends on: tool version, digests of lexicon and rules.
    """

    articles: tuple[Article, ...]
    sentences: Mapping[str, tuple[Sentence, ...]]
    entities: tuple[Entity, ...]
    edges: tuple[Relation, ...]
    numbers: tuple[Observation, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    settings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def article(self, article_id: str) -> Article:
        """Return the article with this id.

        Raises:
            KgError: There is none.
        """
        found = self._articles_by_id.get(article_id)
        if found is None:
            raise KgError(f"graph: no article {article_id!r}; known ids are listed by graph.articles")
        return found

    def entity(self, name: str) -> Entity:
        """Return the entity with this name, alias or id.

        A preferred name wins over an alias; among several the smallest id is taken.

        Raises:
            KgError: No entity of the graph bears the name.
        """
        found = self.find_entity(name)
        if found is None:
            raise KgError(f"graph: no entity named {name!r}; graph.entities lists all {len(self.entities)}")
        return found

    def find_entity(self, name: str) -> Entity | None:
        """Return the entity with this name, alias or id, or ``None``."""
        return self._entities_by_name.get(name)

    def sentence(self, article_id: str, index: int) -> Sentence:
        """Return one sentence of an article by its index."""
        return self.sentences[article_id][index]

    def relations(
        self,
        subject: str | None = None,
        kind: RelationKind | str | None = None,
        object: str | None = None,  # noqa: A002 - the RDF term; a caller writes it by keyword
    ) -> tuple[Relation, ...]:
        """Return the relations that fit all arguments given, sorted.

        ``subject`` and ``object`` are names, aliases or ids; ``subject`` may be an article id. A name
        that the graph does not know gives no relation.
        """
        wanted_kind = None if kind is None else RelationKind(kind)
        subject_id = None if subject is None else self._node_id(subject)
        object_id = None if object is None else self._node_id(object)
        return tuple(
            edge
            for edge in self.edges
            if (subject_id is None or edge.subject_id == subject_id)
            and (wanted_kind is None or edge.kind is wanted_kind)
            and (object_id is None or edge.object_id == object_id)
        )

    def observations(self, indicator: str | None = None, place: str | None = None) -> tuple[Observation, ...]:
        """Return the observations of an indicator or place given by name, alias or id, sorted."""
        indicator_id = None if indicator is None else self._node_id(indicator)
        place_id = None if place is None else self._node_id(place)
        return tuple(
            number
            for number in self.numbers
            if (indicator_id is None or number.indicator_id == indicator_id)
            and (place_id is None or number.place_id == place_id)
        )

    def statements(self) -> Iterator[Statement]:
        """Yield the statements of all relations in the order of ``edges``."""
        for edge in self.edges:
            yield from edge.statements

    def mentions(self, article_id: str) -> tuple[tuple[Entity, Mention], ...]:
        """Return the mentions in one article with their entities, by position."""
        return self._mentions_by_article.get(article_id, ())

    def entities_of_kind(self, kind: EntityKind | str) -> tuple[Entity, ...]:
        """Return the entities of one kind, sorted by id."""
        wanted = EntityKind(kind)
        return tuple(entity for entity in self.entities if entity.kind is wanted)

    def _repr_html_(self) -> str:
        """Return a table of the graph's figures, as notebooks show it."""
        kinds = Counter(entity.kind.value for entity in self.entities)
        relations = Counter(edge.kind.value for edge in self.edges)
        rows = (
            ("articles", len(self.articles), Counter[str]()),
            ("entities", len(self.entities), kinds),
            ("relations", len(self.edges), relations),
            ("observations", len(self.numbers), Counter[str]()),
            ("diagnostics", len(self.diagnostics), Counter(d.code.value for d in self.diagnostics)),
        )
        cells = "".join(
            f"<tr><th>{label}</th><td>{count:,}</td><td>{_list_counts(counts)}</td></tr>"
            for label, count, counts in rows
        )
        return f"<table>{cells}</table>"

    def _node_id(self, name: str) -> str:
        found = self.find_entity(name)
        return name if found is None else found.id

    @cached_property
    def _articles_by_id(self) -> dict[str, Article]:
        return {article.id: article for article in self.articles}

    @cached_property
    def _entities_by_name(self) -> dict[str, Entity]:
        index: dict[str, Entity] = {}
        for names in (_alias_keys, _name_keys):  # later keys win: a name is stronger than an alias
            for entity in reversed(self.entities):
                index.update(dict.fromkeys(names(entity), entity))
        return index

    @cached_property
    def _mentions_by_article(self) -> dict[str, tuple[tuple[Entity, Mention], ...]]:
        grouped: dict[str, list[tuple[Entity, Mention]]] = {}
        for entity in self.entities:
            for mention in entity.mentions:
                grouped.setdefault(mention.article_id, []).append((entity, mention))
        return {
            article_id: tuple(sorted(pairs, key=lambda pair: (pair[1].span, pair[0].id)))
            for article_id, pairs in grouped.items()
        }


def _list_counts(counts: Mapping[str, int]) -> str:
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{name} {count:,}" for name, count in ranked)


def _name_keys(entity: Entity) -> Iterable[str]:
    return (entity.id, entity.name)


def _alias_keys(entity: Entity) -> Iterable[str]:
    return entity.aliases
