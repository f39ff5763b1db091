"""How often each relation rule is right: writes the confidences, and shows how far they can be trusted.

    python benchmarks/calibrate.py [--write]

A rule's confidence is its precision on annotated articles, smoothed towards its family's, that towards
the precision of all rules: a rule seen in one article says little by itself. Learnt from are the
project's training articles and, where they stand beside the project, the shared development articles; the
gate articles are only looked at. Two reliability tables are printed, of confidence against the share that is
right: each training article read with what the *other* articles teach, and the gate articles with what all
of them teach.
``--write`` renews ``ontology/rules/confidences.tsv``.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from kg.articles import read_articles
from kg.evaluation import Measure, Verdict, evaluate
from kg.graph import KnowledgeGraph
from kg.pipeline import build_graph
from kg.relations.confidences import ALL, COLUMNS, keys_of
from kg.resources import resource_path

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
LEARN = (ROOT / "tests/quality/gold/train.jsonl", SHARED / "eval/dev.gold.jsonl")
HELD_BACK = ROOT / "tests/quality/gold/gate.jsonl"
ARTICLES = (ROOT / "corpus", SHARED / "corpus/seed.md", SHARED / "corpus/dev")
# Facts' worth of trust in the wider group. Facts of one article are right or wrong together, so that ten
# of them say no more than two of ten articles would: with 5, articles left out are predicted worse than by
# the precision of all rules together; 40 to 80 predict them best.
WEIGHT = 40
BINS = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 1.01)
THRESHOLDS = (0.5, 0.6, 0.7, 0.8)


@dataclass(frozen=True, slots=True)
class Judged:
    """One found relation of an annotated article: by which rule, and whether it is right."""

    article_id: str
    rule: str
    is_right: bool


def judge(gold: Path, graph: KnowledgeGraph) -> tuple[Judged, ...]:
    """Return every relation that *graph* states of the articles of *gold*."""
    return tuple(
        Judged(outcome.article_id, outcome.rule, outcome.verdict is Verdict.RIGHT)
        for outcome in evaluate(gold, graph).outcomes
        if outcome.measure is Measure.RELATIONS and outcome.verdict is not Verdict.MISSED
    )


def learn(judged: Iterable[Judged]) -> dict[str, tuple[float, int, int]]:
    """Return key → (confidence, right, found), the wider keys first.

    Example:
        >>> table = learn([Judged("a", "main:promotes", True)] * 5)
        >>> table["main:promotes"]
        (1.0, 5, 5)
    """
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    wider: dict[str, str] = {}
    for one in judged:
        keys = keys_of(one.rule)
        wider.update(pairwise(keys))
        found.update(keys)
        right.update(keys if one.is_right else ())
    table: dict[str, tuple[float, int, int]] = {}
    for key in sorted(found, key=lambda key: (_depth(key, wider), key)):
        prior = table[wider[key]][0] if key in wider else 0.5
        weight = WEIGHT if key in wider else 0
        confidence = (right[key] + weight * prior) / (found[key] + weight)
        table[key] = (confidence, right[key], found[key])
    return table


def _depth(key: str, wider: Mapping[str, str]) -> int:
    return 1 + _depth(wider[key], wider) if key in wider else 0


def confidence_in(table: Mapping[str, tuple[float, int, int]], one: Judged) -> float:
    """Return what *table* promises for *one*."""
    return next(table[key][0] for key in keys_of(one.rule) if key in table)


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


def write_confidences(table: Mapping[str, tuple[float, int, int]], path: Path) -> None:
    """Write the table, the row of all rules first."""
    keys = sorted(table, key=lambda key: (key != ALL, key))
    rows = [COLUMNS, *((key, f"{table[key][0]:.3f}", *map(str, table[key][1:])) for key in keys)]
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8", newline="\n")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how often each relation rule is right.")
    parser.add_argument("--write", action="store_true", help="renew ontology/rules/confidences.tsv")
    options = parser.parse_args()
    graph = build_graph(read_articles(*filter(Path.exists, ARTICLES)))
    judged = [one for gold in filter(Path.exists, LEARN) for one in judge(gold, graph)]
    table = learn(judged)
    held_back = [(confidence_in(table, one), one.is_right) for one in judge(HELD_BACK, graph)]
    crossed = []
    for article_id in sorted({one.article_id for one in judged}):
        others = learn(one for one in judged if one.article_id != article_id)
        crossed += [(confidence_in(others, o), o.is_right) for o in judged if o.article_id == article_id]
    print(f"## Training articles, each by the others\n\n{format_reliability(crossed)}\n")
    print(f"## Gate articles\n\n{format_reliability(held_back)}")
    if options.write:
        write_confidences(table, resource_path("rules", "confidences.tsv"))


if __name__ == "__main__":
    main()
