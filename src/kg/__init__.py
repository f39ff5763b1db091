"""Zhengtu (政图): knowledge graphs from Chinese policy writing.

Offline, reproducible, and every edge with the sentence that states it.

Example:
    >>> import kg
    >>> articles = kg.read_articles("corpus/")  # doctest: +SKIP
    >>> graph = kg.build_graph(articles)  # doctest: +SKIP
    >>> graph.relations(subject="新质生产力")  # doctest: +SKIP

Names are loaded when they are first used, so ``import kg`` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from kg.archives import read_graph as read_graph
    from kg.articles import read_articles as read_articles
    from kg.errors import KgError as KgError
    from kg.graph import KnowledgeGraph as KnowledgeGraph
    from kg.lexicon import Lexicon as Lexicon
    from kg.lexicon import load_lexicon as load_lexicon
    from kg.network import to_networkx as to_networkx
    from kg.page import write_html as write_html
    from kg.pipeline import build_graph as build_graph
    from kg.rdf import to_rdf as to_rdf
    from kg.rdf import write_trig as write_trig
    from kg.rdf import write_turtle as write_turtle
    from kg.records import Article as Article
    from kg.store import query as query

_HOMES = {
    "Article": "kg.records",
    "KgError": "kg.errors",
    "KnowledgeGraph": "kg.graph",
    "Lexicon": "kg.lexicon",
    "build_graph": "kg.pipeline",
    "load_lexicon": "kg.lexicon",
    "query": "kg.store",
    "read_articles": "kg.articles",
    "read_graph": "kg.archives",
    "to_networkx": "kg.network",
    "to_rdf": "kg.rdf",
    "write_html": "kg.page",
    "write_trig": "kg.rdf",
    "write_turtle": "kg.rdf",
}

__all__ = [*_HOMES, "__version__"]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'kg' has no attribute {name!r}; it offers {', '.join(sorted(_HOMES))}")
    value = getattr(import_module(home), name)
    globals()[name] = value  # found once
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
