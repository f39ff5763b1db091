"""What the graph page shows: the most important part of a graph, numbered and placed.

Nodes are numbered by importance, so that "the top N" are the numbers below N, and everything else
refers to nodes, articles and sentences by number.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.graph import KnowledgeGraph
from kg.page.layouts import Placement, place_nodes
from kg.page.names import page_names
from kg.records import Entity, Relation

ARTICLE = "Article"  # the kind of a node that stands for the writer of an article
_N_TERMS = 3  # a community is named by so many of its nodes


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
        """Return mentions times relations: the order in which nodes are shown."""
        return self.n_mentions * self.n_relations


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
    # what is tied to nothing tells no story: it comes last, however often it is named
    ranked = sorted(_nodes(graph), key=lambda node: (-node.importance, -node.n_mentions, node.id))
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


def find_groups(model: PageModel) -> list[list[int]]:
    """Return the top terms of each community, by number."""
    members: dict[int, list[int]] = defaultdict(list)
    for number, place in enumerate(model.places):
        if place.community >= 0:
            members[place.community].append(number)
    return [_top_terms(model.nodes, members[group]) for group in sorted(members)]


def _top_terms(nodes: Sequence[Node], members: Sequence[int]) -> list[int]:
    named = [number for number in members if nodes[number].kind != ARTICLE] or list(members)
    return named[:_N_TERMS]
