"""Whether confidences keep their promise: of what is stated with 0.8, are eight of ten right?

    python benchmarks/bench_confidence.py [GOLD ARTICLES]

GOLD is a file of annotations as ``kg evaluate`` reads it, ARTICLES the file or folder with their texts;
without them the gate articles of the project are looked at. Two tables are printed: how many relations lie in
each range of confidence, what their confidences promise and how many are right, and the same of what a filter
keeps.
"""

import argparse
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from kg.articles import read_articles
from kg.evaluation import ARTICLE, Measure, Verdict, evaluate
from kg.graph import KnowledgeGraph
from kg.pipeline import build_graph

ROOT = Path(__file__).parents[1]
GATE = (ROOT / "tests/quality/gold/gate.jsonl", ROOT / "corpus")
BINS = (0.0, 0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 1.01)
THRESHOLDS = (0.3, 0.5, 0.6, 0.7, 0.8)


def judged(gold: Path, graph: KnowledgeGraph) -> list[tuple[float, bool]]:
    """Return how sure *graph* is of each relation of the articles of *gold*, and whether it is right."""
    confidences = _confidences(graph)
    evaluation = evaluate(gold, graph)
    return [
        (confidences[evaluation.texts[outcome.article_id], outcome.label], outcome.verdict is Verdict.RIGHT)
        for outcome in evaluation.outcomes
        if outcome.measure is Measure.RELATIONS and outcome.verdict is not Verdict.MISSED
    ]


def _confidences(graph: KnowledgeGraph) -> dict[tuple[str, str], float]:
    """Return the confidence of each statement by the text of its article and its label there."""
    texts = {article.id: article.text for article in graph.articles}
    names = {entity.id: entity.name for entity in graph.entities} | dict.fromkeys(texts, ARTICLE)
    return {
        (texts[one.article_id], f"{names[one.subject_id]} {one.kind} {names[one.object_id]}"): one.confidence
        for edge in graph.edges
        for one in edge.statements
    }


def format_reliability(pairs: Sequence[tuple[float, bool]]) -> str:
    """Return the reliability table of ``(confidence, is right)`` pairs, and what filters keep."""
    lines = ["| confidence | found | promised | right |", "|---|---|---|---|"]
    for low, high in pairwise(BINS):
        here = [pair for pair in pairs if low <= pair[0] < high]
        if here:
            lines.append(f"| {low:.1f} to {min(high, 1):.1f} {_row(here)}")
    lines += ["", "| filter at | found | promised | right |", "|---|---|---|---|"]
    for threshold in THRESHOLDS:
        here = [pair for pair in pairs if pair[0] >= threshold]
        if here:
            lines.append(f"| {threshold} {_row(here)}")
    return "\n".join(lines)


def _row(pairs: Sequence[tuple[float, bool]]) -> str:
    n = len(pairs)
    return f"| {n} | {sum(c for c, _ in pairs) / n:.2f} | {sum(ok for _, ok in pairs) / n:.2f} |"


def main() -> None:
    formatter = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=formatter)
    parser.add_argument("gold", nargs="?", type=Path, default=GATE[0])
    parser.add_argument("articles", nargs="?", type=Path, default=GATE[1])
    options = parser.parse_args()
    print(format_reliability(judged(options.gold, build_graph(read_articles(options.articles)))))


if __name__ == "__main__":
    main()
