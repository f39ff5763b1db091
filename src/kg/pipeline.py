"""From articles to a graph: every article by itself, then the corpus as a whole.

Reading an article is a pure function of the article and the lexicon, so any number of processes may
share the work; the graph, and every byte of every export, is the same as with one.
"""

import hashlib
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from kg import __version__
from kg.entities import resolve_graph
from kg.errors import InternalError
from kg.extraction import extract_article
from kg.graph import KnowledgeGraph
from kg.lexicon import Lexicon, load_lexicon
from kg.processes import CAN_FORK, serve_parent
from kg.records import Article, ArticleFacts
from kg.resources import resource_path

_BATCH = 16  # articles sent at once: some tens of milliseconds of work, against one of sending
_AHEAD = 4  # batches under way per process: enough to keep each busy, few enough to stay small


Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


def build_graph(
    articles: Iterable[Article],
    *,
    lexicon: Lexicon | None = None,
    jobs: int = 1,
    on_progress: Progress | None = None,
) -> KnowledgeGraph:
    """Return the knowledge graph of *articles*.

    The order of the articles and the number of *jobs* make no difference to the result. Doubts about
    the input that came with the articles are those of the graph.

    Example:
        >>> from kg.records import Article
        >>> text = "新质生产力的特点是创新。"
        >>> graph = build_graph([Article(id="article/a1", title="", text=text)])
        >>> [article.id for article in graph.articles]
        ['article/a1']
    """
    chosen = load_lexicon() if lexicon is None else lexicon
    listed = tuple(articles)
    facts = extract_articles(listed, lexicon=chosen, jobs=jobs)
    return resolve_graph(
        facts if on_progress is None else _follow(facts, len(listed), on_progress),
        lexicon=chosen,
        diagnostics=getattr(articles, "diagnostics", ()),
        settings=describe_settings(chosen),
    )


def describe_settings(lexicon: Lexicon) -> dict[str, str]:
    """Return what, besides the articles, a graph depends on: the version and digests of words and rules.

    Example:
        >>> sorted(describe_settings(load_lexicon()))
        ['lexicon', 'rules', 'version']
    """
    return {
        "lexicon": lexicon.digest,
        "rules": _digest_folder(resource_path("rules")),
        "version": __version__,
    }


def _digest_folder(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.tsv")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _follow(facts: Iterator[ArticleFacts], total: int, tell: Progress) -> Iterator[ArticleFacts]:
    tell("reading articles", 0, total)
    for done, fact in enumerate(facts, start=1):
        yield fact
        tell("reading articles", done, total)


def extract_articles(
    articles: Sequence[Article], *, lexicon: Lexicon, jobs: int = 1
) -> Iterator[ArticleFacts]:
    """Yield the facts of each article, in the order of *articles*, read by *jobs* processes.

    Raises:
        InternalError: A process that was reading has died.
    """
    batches = [articles[start : start + _BATCH] for start in range(0, len(articles), _BATCH)]
    n_processes = min(jobs, len(batches))
    if n_processes <= 1:
        return (extract_article(article, lexicon=lexicon) for article in articles)
    return _extract_in_processes(batches, lexicon, n_processes)


def _extract_in_processes(
    batches: Sequence[Sequence[Article]], lexicon: Lexicon, n_processes: int
) -> Iterator[ArticleFacts]:
    # Where it is safe, a fork shares the lexicon; elsewhere each process loads what it needs.
    context = multiprocessing.get_context("fork" if CAN_FORK else "spawn")
    with ProcessPoolExecutor(n_processes, context, _start_process, (lexicon,)) as pool:
        under_way: deque[Future[list[ArticleFacts]]] = deque()
        try:
            for batch in batches:
                under_way.append(pool.submit(_extract_batch, batch))
                if len(under_way) >= n_processes * _AHEAD:
                    yield from under_way.popleft().result()
            while under_way:
                yield from under_way.popleft().result()
        except BrokenProcessPool as error:
            raise InternalError(
                "extraction: a process died, killed or out of memory; try again with --jobs 1"
            ) from error
        finally:
            for future in under_way:
                future.cancel()


_lexicon: Lexicon  # of this process, set as it starts: sent once, not with every batch


def _start_process(lexicon: Lexicon) -> None:
    global _lexicon
    _lexicon = lexicon
    serve_parent()


def _extract_batch(batch: Sequence[Article]) -> list[ArticleFacts]:
    return [extract_article(article, lexicon=_lexicon) for article in batch]
