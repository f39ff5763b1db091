"""Of which kind names are, by careful readers: weighs the features of ``judged_kinds.tsv`` anew.

    python benchmarks/refine_kinds.py ANSWERS ARTICLES [ANSWERS ARTICLES ...] [--jobs 2] [--write]

ANSWERS is a table with the columns article, name, kind and weight: of which kind a reader takes a name to be
in that article, and how much the answer counts. ARTICLES is what ``kg build`` reads, or JSON lines with id,
title and text. The weights that the table holds are where learning starts: each answer moves them, and the
further they are moved, the more it costs. So a few thousand answers about single names, which are quickly
given, mend what thousands of annotated articles have taught.

Needs scikit-learn (``pip install -e ".[learn]"``). The same answers give the same table. ``--write`` puts it
into ``ontology/rules``; without it only its size is printed.
"""

import argparse
import gzip
import json
import multiprocessing
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from learn_judges import Case, is_general, matrix_of, write_model
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from kg.articles import read_articles
from kg.extraction import read_article
from kg.judging import ArticleView
from kg.judging.models import BIAS, SCALE, Model, load_model
from kg.lexicon import load_lexicon
from kg.records import Article
from kg.resources import resource_path
from kg.tables import read_table

COLUMNS = ("article", "name", "kind", "weight")
RAREST = 3  # how often a feature must be seen that has no weight yet, but the name itself
COST = 5.0  # of moving a weight
LEAST = 0.15  # of a weight where there was none
ROUNDS = 60
Answers = Mapping[str, tuple[str, float]]  # kind and weight by name
Table = dict[str, dict[str, int]]
Numbers = NDArray[np.float64]


def read_answers(path: Path) -> dict[str, dict[str, tuple[str, float]]]:
    """Return the answers by article and name."""
    found: dict[str, dict[str, tuple[str, float]]] = defaultdict(dict)
    for _, (article, name, kind, weight) in read_table(path, COLUMNS):
        found[article][name] = kind, float(weight)
    return found


def find_articles(path: Path) -> Iterator[Article]:
    """Yield the articles of JSON lines, packed or not, or of what ``kg build`` reads."""
    if ".jsonl" not in path.suffixes:
        yield from read_articles(path)
        return
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            yield Article(f"article/{record['id']}", record["title"], record["text"])


def cases_of(job: tuple[Article, Answers]) -> list[Case]:
    """Return what the answers about one article teach: of the names whose kind is open."""
    article, answers = job
    lexicon = load_lexicon()
    reading = read_article(article, lexicon=lexicon)
    names = ArticleView.of(reading.parses, reading.stated).names(lexicon)
    told = [(each, *answers[each.name]) for each in names if each.name in answers]
    return [
        Case(each.kind_features, frozenset((kind,)), weight)
        for each, kind, weight in told
        if not (each.is_known or each.is_measured)
    ]


def refine(cases: Sequence[Case]) -> Table:
    """Return feature → answer → hundredths: the weights of now, moved by *cases*."""
    model = load_model("judged_kinds")
    counts = Counter(feature for case in cases for feature in set(case.features))
    often = (f for f, n in counts.items() if f in model.rows or n >= RAREST or f.startswith("name:"))
    features = sorted(filter(is_general, often))
    matrix = matrix_of(cases, {feature: index for index, feature in enumerate(features)})
    weights = np.array([case.weight for case in cases])
    starts = np.array(model.scores_of_all(case.features for case in cases)) / SCALE
    table: Table = {feature: _row_of(model, row) for feature, row in model.rows.items()}
    for at, answer in enumerate(model.answers):
        right = np.array([float(answer in case.answers) for case in cases])
        moves = _moves(matrix, starts[:, at], right, weights)
        for feature, move in zip((*features, BIAS), moves, strict=True):
            row = table.setdefault(feature, {})
            if answer in row or feature == BIAS or abs(move) >= LEAST:
                row[answer] = row.get(answer, 0) + round(float(move) * SCALE)
    kept = ((feature, {a: w for a, w in row.items() if w}) for feature, row in table.items())
    return {feature: row for feature, row in kept if row}


def _row_of(model: Model, row: int) -> dict[str, int]:
    return {a: int(w) for a, w in zip(model.answers, model.table[row], strict=True) if w}


def _moves(matrix: csr_matrix, starts: Numbers, right: Numbers, weights: Numbers) -> Numbers:
    """Return how far each feature's weight for one answer is moved, and last the bias.

    *starts* are what the weights of now add up to for each case, *right* tells where the answer is right.
    """

    def loss(moves: Numbers) -> tuple[float, Numbers]:
        scores = starts + matrix @ moves[:-1] + moves[-1]
        errors = weights * (1 / (1 + np.exp(-scores)) - right)
        cost = (weights * (np.logaddexp(0, scores) - right * scores)).sum()
        slopes = matrix.T @ errors + COST * moves[:-1]
        return cost + COST / 2 * moves[:-1] @ moves[:-1], np.append(slopes, errors.sum())

    start = np.zeros(matrix.shape[1] + 1)
    found: Numbers = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sources", nargs="+", type=Path, metavar="ANSWERS ARTICLES")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--write", action="store_true", help="put what is learnt into ontology/rules")
    options = parser.parse_args()
    if len(options.sources) % 2:
        parser.error("ANSWERS without ARTICLES: give them in pairs")
    jobs: list[tuple[Article, Answers]] = []
    for answers_path, articles_path in zip(options.sources[::2], options.sources[1::2], strict=True):
        answers = read_answers(answers_path)
        jobs += [(a, answers[a.id]) for a in find_articles(articles_path) if a.id in answers]
    with multiprocessing.Pool(options.jobs) as pool:
        cases = [case for found in pool.imap(cases_of, jobs, chunksize=8) for case in found]
    table = refine(cases)
    print(f"{len(jobs)} articles, {len(cases)} answers")
    print(f"judged_kinds: {len(table)} features, {sum(map(len, table.values()))} weights")
    if options.write:
        write_model(table, resource_path("rules") / "judged_kinds.tsv")


if __name__ == "__main__":
    main()
