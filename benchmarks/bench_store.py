"""How fast the store answers, loads and exports, against rdflib on the same data in the same run.

    python benchmarks/bench_store.py [--statements N ...] [--limit TIMES]

Processor time, and ratios rather than seconds: rdflib's time over Oxigraph's, for each of the named
questions, and their median. rdflib gets at most so many times as long for a question as Oxigraph has taken
(100 by default); where that does not suffice, the ratio is told as what it is more than.
"""

import argparse
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from rdflib import Graph  # noqa: E402
from rdflib.plugins.sparql.sparql import SPARQLError  # noqa: E402

from kg.rdf import to_rdf_graph, trig_chunks, turtle_chunks  # noqa: E402
from kg.store import named_questions, open_store  # noqa: E402
from synthetic import synthetic_graph  # noqa: E402

_T = TypeVar("_T")
_SHORTEST = 0.1  # seconds that can be told apart from nothing: the clock of some machines ticks every 4 ms
_TICK = 0.004
_MOST_RUNS = 50


class TimeIsUp(BaseException):
    """A question has taken its time; no ``except Exception`` of rdflib's stops it."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--limit", type=float, default=100.0, help="times as long, for rdflib")
    options = parser.parse_args()
    signal.signal(signal.SIGPROF, end_question)
    for n_statements in options.statements:
        measure(n_statements, limit=options.limit)


def measure(n_statements: int, *, limit: float) -> None:
    graph = synthetic_graph(n_statements // 3)
    _, seconds_ttl = timed(lambda: "".join(turtle_chunks(graph)))
    trig, seconds_trig = timed(lambda: "".join(trig_chunks(graph)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.trig"
        path.write_text(trig, encoding="utf-8")
        store, seconds_load = timed(lambda: open_store(path))
    n_triples = len(store)
    print(f"{sum(1 for _ in graph.statements()):,} statements, {n_triples:,} triples")
    for label, seconds in (
        ("write Turtle", seconds_ttl),
        ("write TriG", seconds_trig),
        ("load", seconds_load),
    ):
        print(f"  {label:<14} {n_triples / seconds / 1000:8,.0f} thousand triples/s")
    rdf, seconds_rdflib = timed(lambda: to_rdf_graph(graph))
    print(f"  {'fill rdflib':<14} {n_triples / seconds_rdflib / 1000:8,.0f} thousand triples/s", flush=True)
    ratios = []
    for name, question in sorted(named_questions().items()):
        answer, ours = timed_often(lambda text=question.text: store.query(text))
        line = f"  {name:<14} {ours * 1000:8.0f} ms {len(answer):8,} rows   rdflib "
        try:
            seconds = max(limit * ours, _TICK)
            rows, theirs = timed(partial(within, seconds, partial(ask_rdflib, rdf, question.text)))
        except SPARQLError as error:
            print(f"{line}fails: {error}", flush=True)
            continue
        ratios.append(theirs / ours)
        line += f"takes {'more than ' if rows is None else ''}{theirs / ours:.1f} times as long"
        if rows is not None and len(rows) != len(answer):
            line += f" and finds {len(rows):,} rows"
        print(line, flush=True)
    print(f"  median ratio   {statistics.median(ratios):8.1f}, from {min(ratios):.1f} to {max(ratios):.1f}")


def ask_rdflib(rdf: Graph, text: str) -> list[object]:
    return list(rdf.query(text))


def timed_often(work: Callable[[], _T]) -> tuple[_T, float]:
    """Return what *work* gives and its time, as the mean of so many runs that the clock can tell it."""
    result, seconds = timed(work)
    runs = 1
    while seconds < _SHORTEST and runs < _MOST_RUNS:
        result, more = timed(work)
        runs, seconds = runs + 1, seconds + more
    return result, max(seconds, _TICK) / runs


def within(seconds: float, work: Callable[[], _T]) -> _T | None:
    """Return what *work* gives, or ``None`` if it takes more processor time than *seconds*."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        return work()
    except TimeIsUp:
        return None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def end_question(_signal: int, _frame: object) -> None:
    raise TimeIsUp


def timed(work: Callable[[], _T]) -> tuple[_T, float]:
    began = time.process_time()
    result = work()
    return result, time.process_time() - began


if __name__ == "__main__":
    main()
