"""From articles to a graph: every article by itself, then the corpus as a whole.

Reading an article is a pure function of the article and the lexicon, so any number of processes may
share the work; the graph, and every byte of every export, is the same as with one.
"""

import hashlib
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import TypeVar

from kg import __version__
from kg.entities import resolve_graph
from kg.errors import InternalError
from kg.extraction import extract_article
from kg.graph import KnowledgeGraph
from kg.lexicon import Lexicon, load_lexicon
from kg.processes import CAN_FORK, serve_parent
from kg.records import Article, ArticleFacts, Diagnostic
from kg.resources import resource_path
from kg.schema import DiagnosticCode

_BATCH = 16  # articles sent at once: some tens of milliseconds of work, against one of sending
_AHEAD = 4  # batches under way per process: enough to keep each busy, few enough to stay small
_MAX_DEATHS = 8  # articles that may cost their processes: with more, the machine is at fault, not they

_T = TypeVar("_T")

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
    articles: Iterable[Article], *, lexicon: Lexicon, jobs: int = 1
) -> Iterator[ArticleFacts]:
    """Yield the facts of each article, in the order of *articles*, read by *jobs* processes.

    Articles are taken as they are needed, so that any number of them may stream through. One that cannot
    be read has no facts but a diagnostic that says so; see :func:`read_facts`.

    Raises:
        InternalError: Processes that were reading have died again and again.
    """
    return map_articles(_as_they_are, articles, lexicon=lexicon, jobs=jobs)


def _as_they_are(facts: ArticleFacts) -> ArticleFacts:
    return facts


def read_facts(article: Article, lexicon: Lexicon) -> ArticleFacts:
    """Return the facts of an article; one that our reading fails on comes back with nothing but the fault.

    Example:
        >>> from kg.records import Article
        >>> read_facts(Article("article/a", "", "要加快发展量子技术。"), load_lexicon()).claims[0].cue
        '加快发展'
    """
    try:
        return extract_article(article, lexicon=lexicon)
    except Exception as error:  # a fault of ours, of any kind, must cost this article alone
        if os.environ.get("KG_TRACEBACK"):
            raise
        return _without_facts(article, _describe_fault(error))


def map_articles(
    finish: Callable[[ArticleFacts], _T], articles: Iterable[Article], *, lexicon: Lexicon, jobs: int = 1
) -> Iterator[_T]:
    """Yield what *finish* makes of the facts of each article, in the order of *articles*.

    Reading and finishing are done in *jobs* processes, so *finish* must be a function of a module.

    Raises:
        InternalError: Processes that were reading have died again and again.
    """
    batches = _split_batches(articles)
    first = list(islice(batches, jobs))  # no more processes than there is work for
    if len(first) <= 1:
        return (finish(read_facts(article, lexicon)) for batch in chain(first, batches) for article in batch)
    return _map_in_processes(finish, chain(first, batches), lexicon, len(first))


def _split_batches(articles: Iterable[Article]) -> Iterator[tuple[Article, ...]]:
    remaining = iter(articles)
    while batch := tuple(islice(remaining, _BATCH)):
        yield batch


def _without_facts(article: Article, fault: str) -> ArticleFacts:
    message = f"{fault}; the article has no facts in the graph; KG_TRACEBACK=1 shows where; please report it"
    doubt = Diagnostic(DiagnosticCode.FAILED_ARTICLE, message, article.source_file, article.id)
    return ArticleFacts(replace(article, diagnostics=(*article.diagnostics, doubt)), (), (), (), ())


def _describe_fault(error: Exception) -> str:
    # Where memory or the stack ends differs from run to run, so these say no more than that.
    if isinstance(error, MemoryError):
        return "reading it takes more memory than there is"
    if isinstance(error, RecursionError):
        return "it is nested too deeply to be read"
    return f"reading it failed with {type(error).__name__}: {error}"


def _map_in_processes(
    finish: Callable[[ArticleFacts], _T],
    batches: Iterator[Sequence[Article]],
    lexicon: Lexicon,
    n_processes: int,
) -> Iterator[_T]:
    unfinished: deque[Sequence[Article]] = deque()  # sent to a process, or to be sent once more; in order
    n_deaths = 0
    while True:
        try:
            yield from _map_in_pool(finish, batches, unfinished, lexicon, n_processes)
            return
        except BrokenProcessPool:
            # Which batch its process died of is not told: the first is read article by article, the
            # others once more.
            for article in unfinished.popleft():
                try:
                    yield from _map_in_pool(finish, iter([(article,)]), deque(), lexicon, 1)
                except BrokenProcessPool as error:
                    n_deaths += 1
                    if n_deaths > _MAX_DEATHS:
                        raise InternalError(
                            "extraction: a process died, killed or out of memory, again and again; "
                            "try again with --jobs 1"
                        ) from error
                    yield finish(_without_facts(article, "the process that read it died"))


def _map_in_pool(
    finish: Callable[[ArticleFacts], _T],
    batches: Iterator[Sequence[Article]],
    unfinished: deque[Sequence[Article]],
    lexicon: Lexicon,
    n_processes: int,
) -> Iterator[_T]:
    """Yield the results of *unfinished*, then of *batches*; a batch without results stays in *unfinished*."""
    # Where it is safe, a fork shares the lexicon; elsewhere each process loads what it needs.
    context = multiprocessing.get_context("fork" if CAN_FORK else "spawn")
    with ProcessPoolExecutor(n_processes, context, _start_process, (lexicon,)) as pool:
        under_way = deque(pool.submit(_map_batch, finish, batch) for batch in unfinished)
        try:
            while True:
                for batch in islice(batches, n_processes * _AHEAD - len(under_way)):
                    unfinished.append(batch)
                    under_way.append(pool.submit(_map_batch, finish, batch))
                if not under_way:
                    return
                found = under_way.popleft().result()
                unfinished.popleft()
                yield from found
        finally:
            for future in under_way:
                future.cancel()


_lexicon: Lexicon  # of this process, set as it starts: sent once, not with every batch


def _start_process(lexicon: Lexicon) -> None:
    global _lexicon
    _lexicon = lexicon
    serve_parent()


def _map_batch(finish: Callable[[ArticleFacts], _T], batch: Sequence[Article]) -> list[_T]:
    return [finish(read_facts(article, _lexicon)) for article in batch]
