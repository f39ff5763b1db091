"""How fast the store answers, loads and exports, against rdflib on the same data in the same run.

    python benchmarks/bench_store.py [--statements N ...] [--max-rdflib N]

Processor time, and ratios rather than seconds: rdflib's time over Oxigraph's, question by question, and their
median. rdflib answers the larger graphs slowly, so it is asked only up to ``--max-rdflib`` statements.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from kg.rdf import to_rdf_graph, trig_chunks, turtle_chunks  # noqa: E402
from kg.store import named_questions, open_store  # noqa: E402
from synthetic import synthetic_graph  # noqa: E402

_T = TypeVar("_T")
QUESTIONS = ("promotes-what", "calls", "evidence", "most-mentioned", "numbers", "coverage", "shared")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statements", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--max-rdflib", type=int, default=10_000)
    options = parser.parse_args()
    for n_statements in options.statements:
        measure(n_statements, with_rdflib=n_statements <= options.max_rdflib)


def measure(n_statements: int, *, with_rdflib: bool) -> None:
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
    rdf, seconds_rdflib = timed(lambda: to_rdf_graph(graph)) if with_rdflib else (None, 0.0)
    if rdf is not None:
        print(f"  {'fill rdflib':<14} {n_triples / seconds_rdflib / 1000:8,.0f} thousand triples/s")
    ratios = []
    for name in QUESTIONS:
        text = named_questions()[name].text
        answer, ours = timed(lambda text=text: store.query(text))
        line = f"  {name:<14} {ours * 1000:8.0f} ms {len(answer):8,} rows"
        if rdf is not None:
            rows, theirs = timed(lambda text=text: list(rdf.query(text)))
            assert len(rows) == len(answer), f"{name}: {len(rows)} rows in rdflib, {len(answer)} here"
            ratios.append(theirs / ours)
            line += f"   rdflib takes {theirs / ours:6.1f} times as long"
        print(line, flush=True)
    if ratios:
        print(f"  median ratio   {statistics.median(ratios):8.1f}")


def timed(work: Callable[[], _T]) -> tuple[_T, float]:
    began = time.process_time()
    result = work()
    return result, time.process_time() - began


if __name__ == "__main__":
    main()
