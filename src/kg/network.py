"""The graph as a NetworkX ``MultiDiGraph``: one node for each entity and each article that speaks,
one edge for each plain triple of the RDF.

Every attribute is a ``str``, ``int``, ``float`` or ``bool``, so that the same graph goes into GraphML
and GEXF unchanged; ``docs/model.md`` has the table. Lists are joined by `` | ``. Nodes and edges
come sorted by id.
"""

from collections import Counter
from collections.abc import Iterable

import networkx as nx

from kg.graph import KnowledgeGraph
from kg.iris import DEFAULT_BASE, mint_digest_id, mint_iri
from kg.records import Article, Entity, Relation, Statement
from kg.schema import Modality, Strength

Attribute = str | int | float | bool

SEPARATOR = " | "
ARTICLE = "Article"  # the kind of a node that stands for the writer of an article
_NODE_DEFAULTS: dict[str, Attribute] = {
    "aliases": "",
    "codes": "",
    "broader": "",
    "n_mentions": 0,
    "n_articles": 0,
    "publisher": "",
    "date": "",
    "source_file": "",
}


def to_networkx(graph: KnowledgeGraph, *, base: str = DEFAULT_BASE) -> "nx.MultiDiGraph[str]":
    """Return the network of entities and speaking articles.

    Node keys are local ids (``entity/新质生产力``), edge keys relation kinds (``promotes``). A relation
    that every statement negates is no edge.

    Example:
        >>> from types import MappingProxyType
        >>> to_networkx(KnowledgeGraph((), MappingProxyType({}), (), (), ())).number_of_nodes()
        0
    """
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    edges = sorted(
        (edge for edge in graph.edges if not edge.is_negated),
        key=lambda edge: (edge.subject_id, edge.kind, edge.object_id),
    )
    speakers = {edge.subject_id for edge in edges}
    nodes = {entity.id: _entity_attributes(graph, entity) for entity in graph.entities}
    nodes |= {
        article.id: _article_attributes(article) for article in graph.articles if article.id in speakers
    }
    for node_id in sorted(nodes):
        network.add_node(node_id, **nodes[node_id], iri=mint_iri(node_id, base=base))
    for edge in edges:
        attributes = _edge_attributes(graph, edge)
        network.add_edge(edge.subject_id, edge.object_id, key=edge.kind.value, **attributes)
    return network


def _entity_attributes(graph: KnowledgeGraph, entity: Entity) -> dict[str, Attribute]:
    names = {other: found.name for other in entity.broader if (found := graph.find_entity(other))}
    return _NODE_DEFAULTS | {
        "label": entity.name,
        "kind": entity.kind.value,
        "aliases": _join(sorted(set(entity.aliases) - {entity.name})),
        "codes": _join(sorted({f"{code.scheme} {code.notation}" for code in entity.codes})),
        "broader": _join(sorted(names.values())),
        "n_mentions": len({(mention.article_id, mention.span) for mention in entity.mentions}),
        "n_articles": len({mention.article_id for mention in entity.mentions}),
    }


def _article_attributes(article: Article) -> dict[str, Attribute]:
    return _NODE_DEFAULTS | {
        "label": article.title or article.id.removeprefix("article/"),
        "kind": ARTICLE,
        "n_articles": 1,
        "publisher": article.publisher or "",
        "date": article.date or "",
        "source_file": article.source_file,
    }


def _edge_attributes(graph: KnowledgeGraph, edge: Relation) -> dict[str, Attribute]:
    """Return what the affirming statements say; the most certain one speaks for all."""
    affirmed = sorted(
        (s for s in edge.statements if not s.negated), key=lambda s: (-s.confidence, s.article_id, s.id)
    )
    best = affirmed[0]
    speakers = {speaker for statement in affirmed for speaker in statement.attributed_to}
    return {
        "id": mint_digest_id("relation", edge.subject_id, edge.kind.value, edge.object_id),
        "label": best.label or best.action or best.cue,
        "kind": edge.kind.value,
        "weight": len(affirmed),
        "confidence": round(best.confidence, 4),
        "modality": _most_common(Modality, (s.modality for s in affirmed)),
        "strength": _strongest(affirmed),
        "action": best.action or "",
        "cue": best.cue,
        "attributed_to": _join(sorted(graph.entity(speaker).name for speaker in speakers)),
        "disputed": len(affirmed) < len(edge.statements),
        "articles": _join(sorted({statement.article_id for statement in affirmed})),
        "statements": _join(sorted(statement.id for statement in affirmed)),
        "evidence": _join(_sentences(graph, affirmed)),
    }


def _sentences(graph: KnowledgeGraph, statements: Iterable[Statement]) -> list[str]:
    places = sorted(
        {
            (evidence.article_id, evidence.sentence_index)
            for statement in statements
            for evidence in statement.evidence
        }
    )
    return [graph.sentence(article_id, index).text for article_id, index in places]


def _most_common(order: type[Modality], values: Iterable[Modality]) -> str:
    counts = Counter(values)
    return max(order, key=lambda value: counts[value]).value  # of equals the first in the schema


def _strongest(statements: Iterable[Statement]) -> str:
    found = {statement.strength for statement in statements}
    return next((strength.value for strength in Strength if strength in found), "")


def _join(parts: Iterable[str]) -> str:
    return SEPARATOR.join(parts)
