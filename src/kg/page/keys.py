"""What tells whether the page of an article is as it was: a digest of all that the page shows.

That are the article's facts, what the corpus calls the nodes they speak of, and which of them its small
picture shows. Names, kinds and importance come from the whole corpus, so that a page may change with an
article that is not its own.
"""

from collections import defaultdict
from collections.abc import Mapping

from kg.blocks import digest_block
from kg.graph import KnowledgeGraph
from kg.page.articles import ArticlePages
from kg.page.phrases import node_name


def page_keys(pages: ArticlePages, facts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the key of each article's page, given what tells an article's *facts*; none of no facts."""
    if not facts:
        return {}
    nodes = _nodes_by_article(pages)
    labels = {node_id: _label(pages.graph, node_id) for shown in nodes.values() for node_id in shown}
    return {
        article.id: digest_block(
            facts[article.id],
            "\n".join([labels[node_id] for node_id in sorted(nodes[article.id])]).encode("utf-8", "replace"),
            "\n".join(pages.drawn(article.id)).encode("utf-8", "replace"),
        )
        for article in pages.graph.articles
    }


def _nodes_by_article(pages: ArticlePages) -> Mapping[str, set[str]]:
    """Return the ids of all nodes that the page of each article names."""
    found: dict[str, set[str]] = defaultdict(set)
    for entity in pages.graph.entities:
        for mention in entity.mentions:
            found[mention.article_id].add(entity.id)
    for article_id, statements in pages.statements.items():
        for one in statements:
            found[article_id].update((one.subject_id, one.object_id), one.attributed_to)
    for article_id, numbers in pages.numbers.items():
        found[article_id].update(number.indicator_id for number in numbers)
    return found


def _label(graph: KnowledgeGraph, node_id: str) -> str:
    entity = graph.find_entity(node_id)
    return f"{node_id}\t{node_name(graph, node_id)}\t{entity.kind.value if entity else ''}"
