"""What the graph page knows, as plain data: the graph turned into numbered lists.

Nodes are numbered by importance, so that "the top N" are the numbers below N, and everything else
refers to nodes, articles and sentences by number: a sentence stands in the page once, however many
relations it states. Places inside a sentence count characters (code points) from its start.
``assets/model.js`` is the reader of this format and names each position.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kg.graph import KnowledgeGraph
from kg.page.layouts import Placement, place_nodes
from kg.page.names import page_names, to_href
from kg.page.pinyin import spell
from kg.records import Article, Entity, Evidence, Observation, Relation, Span, Statement
from kg.schema import Modality, Strength

ARTICLE = "Article"  # the kind of a node that stands for the writer of an article
_N_TERMS = 3  # a community is named by so many of its nodes

_MODALITIES = tuple(Modality)
_STRENGTHS = tuple(Strength)


@dataclass(frozen=True, slots=True)
class Node:
    """An entity, or an article as the one who calls for something."""

    id: str
    name: str
    kind: str
    n_mentions: int
    n_relations: int
    entity: Entity | None

    @property
    def importance(self) -> int:
        """Return mentions times one more than the relations: the order in which nodes are shown."""
        return self.n_mentions * (self.n_relations + 1)


@dataclass(frozen=True)
class PageModel:
    """The part of a graph that a page shows: nodes by importance, their places, the edges between them."""

    graph: KnowledgeGraph
    nodes: tuple[Node, ...]
    places: tuple[Placement, ...]
    edges: tuple[Relation, ...]
    article_names: Mapping[str, str]
    n_left_out: int

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each node by its id."""
        return {node.id: number for number, node in enumerate(self.nodes)}


def find_page_model(graph: KnowledgeGraph, *, max_nodes: int) -> PageModel:
    """Choose the *max_nodes* most important nodes of *graph* and place them."""
    ranked = sorted(_nodes(graph), key=lambda node: (-node.importance, node.id))
    nodes = tuple(ranked[:max_nodes])
    numbers = {node.id: number for number, node in enumerate(nodes)}
    edges = tuple(e for e in graph.edges if e.subject_id in numbers and e.object_id in numbers)
    ties = [
        (numbers[edge.subject_id], numbers[edge.object_id], float(len(edge.statements))) for edge in edges
    ]
    places = place_nodes(ties, [float(node.importance) for node in nodes])
    names = page_names(article.id for article in graph.articles)
    return PageModel(graph, nodes, places, edges, names, len(ranked) - len(nodes))


def _nodes(graph: KnowledgeGraph) -> Iterable[Node]:
    degrees: Counter[str] = Counter()
    for edge in graph.edges:
        degrees.update({edge.subject_id, edge.object_id})
    for entity in graph.entities:
        n_mentions = len(entity.mentions)
        yield Node(entity.id, entity.name, entity.kind.value, n_mentions, degrees.pop(entity.id, 0), entity)
    for article in graph.articles:
        if article.id in degrees:
            yield Node(article.id, article.title or article.id, ARTICLE, 1, degrees[article.id], None)


def to_page_data(model: PageModel) -> dict[str, Any]:
    """Return what panels, search and filters of the graph page read, ready for JSON."""
    writer = _Writer(model)
    edges = [writer.edge(edge) for edge in model.edges]
    observations = [writer.observation(number) for number in model.graph.numbers]
    return {
        "leftOut": model.n_left_out,
        "articles": [writer.article(article) for article in model.graph.articles],
        "nodes": [writer.node(node, place) for node, place in zip(model.nodes, model.places, strict=True)],
        "groups": _groups(model),
        "edges": edges,
        "observations": [row for row in observations if row is not None],
        "sentences": writer.sentences,
        "modalities": list(_MODALITIES),
        "strengths": list(_STRENGTHS),
    }


def group_names(model: PageModel) -> tuple[str, ...]:
    """Return the name of each community: its top terms, joined by ``·``."""
    return tuple("·".join(model.nodes[n].name[:12] for n in terms) for terms in _groups(model))


def _groups(model: PageModel) -> list[list[int]]:
    members: dict[int, list[int]] = defaultdict(list)
    for number, place in enumerate(model.places):
        if place.community >= 0:
            members[place.community].append(number)
    return [_top_terms(model.nodes, members[group]) for group in sorted(members)]


def _top_terms(nodes: Sequence[Node], members: Sequence[int]) -> list[int]:
    named = [number for number in members if nodes[number].kind != ARTICLE] or list(members)
    return named[:_N_TERMS]


class _Writer:
    """Turns records into rows and gathers the sentences they cite."""

    def __init__(self, model: PageModel) -> None:
        self.model = model
        self.graph = model.graph
        self.nodes = model.numbers
        self.articles = {article.id: number for number, article in enumerate(model.graph.articles)}
        self.sentences: list[list[Any]] = []
        self._known: dict[tuple[str, int], int] = {}

    def article(self, article: Article) -> dict[str, Any]:
        return {
            "id": article.id,
            "title": article.title or article.id.removeprefix("article/"),
            "href": "articles/" + to_href(self.model.article_names[article.id]),
            "publisher": article.publisher or "",
            "date": article.date or "",
        }

    def node(self, node: Node, place: Placement) -> dict[str, Any]:
        row: dict[str, Any] = {
            "id": node.id,
            "name": node.name,
            "kind": node.kind,
            "group": place.community,
            "mentions": node.n_mentions,
            "pinyin": spell(node.name),
        }
        if node.entity is None:
            row["article"] = self.articles[node.id]
            return row
        entity = node.entity
        counts = Counter(mention.article_id for mention in entity.mentions)
        row["in"] = [[self.articles[a], n] for a, n in sorted(counts.items(), key=lambda c: (-c[1], c[0]))]
        if entity.aliases:
            row["aliases"] = [[alias, spell(alias)] for alias in entity.aliases]
        if entity.codes:
            row["codes"] = [f"{code.scheme} {code.notation}" for code in entity.codes]
        if entity.broader:
            row["broader"] = [self.name(broader) for broader in entity.broader]
        return row

    def name(self, node_id: str) -> int | str:
        """Return the number of a node in the page, or its bare name where it is not there."""
        number = self.nodes.get(node_id)
        if number is not None:
            return number
        found = self.graph.find_entity(node_id)
        return found.name if found else node_id.rpartition("/")[2]

    def edge(self, edge: Relation) -> list[Any]:
        rows = [self.statement(statement) for statement in edge.statements]
        return [self.nodes[edge.subject_id], edge.kind.value, self.nodes[edge.object_id], rows]

    def statement(self, statement: Statement) -> list[Any]:
        strength = -1 if statement.strength is None else _STRENGTHS.index(statement.strength)
        return [
            self.articles[statement.article_id],
            _MODALITIES.index(statement.modality),
            strength,
            int(statement.negated),
            round(statement.confidence, 3),
            statement.action or "",
            statement.label or "",
            [self.name(speaker) for speaker in statement.attributed_to],
            [self.evidence(evidence) for evidence in statement.evidence],
        ]

    def evidence(self, evidence: Evidence) -> list[Any]:
        sentence = self.graph.sentence(evidence.article_id, evidence.sentence_index)
        spans = (evidence.cue_span, evidence.subject_span, evidence.object_span)
        places = [place for span in spans for place in _local(span, sentence.span)]
        number = self.sentence(evidence.article_id, evidence.sentence_index)
        return [number, *places, evidence.cue, evidence.rule, round(evidence.confidence, 3)]

    def sentence(self, article_id: str, index: int) -> int:
        key = (article_id, index)
        if key not in self._known:
            self._known[key] = len(self.sentences)
            text = self.graph.sentence(article_id, index).text
            self.sentences.append([self.articles[article_id], index, text])
        return self._known[key]

    def observation(self, number: Observation) -> dict[str, Any] | None:
        if number.indicator_id not in self.nodes:
            return None
        row: dict[str, Any] = {
            "of": self.nodes[number.indicator_id],
            "value": f"{number.value:f}",
            "unit": number.unit,
            "kind": number.kind.value,
            "sentence": self.sentence(number.article_id, number.sentence_index),
        }
        if number.normalized_value is not None:
            row["base"] = float(number.normalized_value)
            row["baseUnit"] = number.normalized_unit or ""
        optional = {
            "time": number.time,
            "approximate": number.approximate or None,
            "comparison": number.comparison,
            "place": self.name(number.place_id) if number.place_id else None,
            "source": self.name(number.attributed_to) if number.attributed_to else None,
        }
        return row | {key: value for key, value in optional.items() if value is not None}


def _local(span: Span | None, sentence: Span) -> tuple[int, int]:
    """Return a place inside its sentence, ``(-1, -1)`` where it stands in another one."""
    if span is None or not sentence.contains(span):
        return (-1, -1)
    return (span.start - sentence.start, span.end - sentence.start)
