"""Of which kind names are, and whether they are names, by careful readers: weighs features anew.

    python benchmarks/refine_kinds.py ANSWERS ARTICLES [ANSWERS ARTICLES ...] [--jobs 2] [--write]

ANSWERS is a table with the columns article, name, kind and weight: of which kind a reader takes a name to be
in that article (``none`` where nobody would name it), and how much the answer counts. ARTICLES is what
``kg build`` reads, or JSON lines with id, title and text. The weights that ``judged_kinds.tsv`` and
``judged_names.tsv`` hold are where learning starts: each answer moves them, and the further they are moved,
the more it costs. So a few thousand answers about single names, which are quickly given, mend what thousands
of annotated articles have taught; most is taught by names of whose kind the table is least sure. Readers are
asked about names that the judge took. What they refuse says little of others, so the weights of names are
moved but half as far, and names keep the mean score that they had.

Needs scikit-learn (``pip install -e ".[learn]"``). The same answers give the same tables. ``--write`` puts
them into ``ontology/rules``; without it only their sizes are printed.
"""

import argparse
import multiprocessing
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from learn_judges import Case, find_articles, is_general, matrix_of, write_model
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from kg.extraction import read_article
from kg.judging import ArticleView, judge_relations, kept_claims
from kg.judging.models import BIAS, SCALE, YES, Model, load_model
from kg.lexicon import load_lexicon
from kg.records import Article
from kg.resources import resource_path
from kg.tables import read_table

COLUMNS = ("article", "name", "kind", "weight")
RAREST = 3  # how often a feature must be seen that has no weight yet, but the name itself
NO_NAME = "none"
ROUNDS = 60
Answers = Mapping[str, tuple[str, float]]  # kind and weight by name
Table = dict[str, dict[str, int]]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Task:
    """How the weights of one model are moved: at what cost, by what share, new ones above ``least``."""

    table: str
    cost: float
    share: float
    least: float
    is_centred: bool  # what has an answer of its own keeps its mean score


KINDS = Task("judged_kinds", 5.0, 1.0, 0.15, is_centred=False)
NAMES = Task("judged_names", 8.0, 0.5, 0.1, is_centred=True)


def read_answers(path: Path) -> dict[str, dict[str, tuple[str, float]]]:
    """Return the answers by article and name."""
    found: dict[str, dict[str, tuple[str, float]]] = defaultdict(dict)
    for _, (article, name, kind, weight) in read_table(path, COLUMNS):
        found[article][name] = kind, float(weight)
    return found


def cases_of(job: tuple[Article, Answers]) -> tuple[list[Case], list[Case]]:
    """Return what the answers about one article teach: the kinds of open names, and whether they are any."""
    article, answers = job
    lexicon = load_lexicon()
    reading = read_article(article, lexicon=lexicon)
    view = ArticleView.of(reading.parses, reading.stated)
    names = view.names(lexicon, kept_claims(judge_relations(view)))
    told = [(each, *answers[each.name]) for each in names if each.name in answers]
    is_open = [(each, kind, weight) for each, kind, weight in told if not (each.is_known or each.is_measured)]
    return (
        [Case(e.kind_features, frozenset((kind,)), w) for e, kind, w in is_open if kind != NO_NAME],
        [Case(e.features, frozenset((YES,) * (kind != NO_NAME)), w) for e, kind, w in is_open],
    )


def refine(cases: Sequence[Case], task: Task) -> Table:
    """Return feature → answer → hundredths: the weights of now, moved by *cases*."""
    model = load_model(task.table)
    counts = Counter(feature for case in cases for feature in set(case.features))
    often = (f for f, n in counts.items() if f in model.rows or n >= RAREST or f.startswith("name:"))
    features = sorted(filter(is_general, often))
    matrix = matrix_of(cases, {feature: index for index, feature in enumerate(features)})
    weights = np.array([case.weight for case in cases])
    starts = np.array(model.scores_of_all(case.features for case in cases)) / SCALE
    table: Table = {feature: _row_of(model, row) for feature, row in model.rows.items()}
    for at, answer in enumerate(model.answers):
        right = np.array([float(answer in case.answers) for case in cases])
        moves = task.share * _moves(matrix, starts[:, at], right, weights, task.cost)
        if task.is_centred:
            moves[-1] -= (matrix[right > 0] @ moves[:-1] + moves[-1]).mean()
        for feature, move in zip((*features, BIAS), moves, strict=True):
            row = table.setdefault(feature, {})
            if answer in row or feature == BIAS or abs(move) >= task.least:
                row[answer] = row.get(answer, 0) + round(float(move) * SCALE)
    kept = ((feature, {a: w for a, w in row.items() if w}) for feature, row in table.items())
    return {feature: row for feature, row in kept if row}


def _row_of(model: Model, row: int) -> dict[str, int]:
    return {a: int(w) for a, w in zip(model.answers, model.table[row], strict=True) if w}


def _moves(matrix: csr_matrix, starts: Numbers, right: Numbers, weights: Numbers, cost: float) -> Numbers:
    """Return how far each feature's weight for one answer is moved, and last the bias.

    *starts* are what the weights of now add up to for each case, *right* tells where the answer is right.
    """

    def loss(moves: Numbers) -> tuple[float, Numbers]:
        scores = starts + matrix @ moves[:-1] + moves[-1]
        errors = weights * (1 / (1 + np.exp(-scores)) - right)
        missed = (weights * (np.logaddexp(0, scores) - right * scores)).sum()
        slopes = matrix.T @ errors + cost * moves[:-1]
        return missed + cost / 2 * moves[:-1] @ moves[:-1], np.append(slopes, errors.sum())

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
    asked: dict[Path, dict[str, dict[str, tuple[str, float]]]] = defaultdict(lambda: defaultdict(dict))
    for answers_path, articles_path in zip(options.sources[::2], options.sources[1::2], strict=True):
        for article, answers in read_answers(answers_path).items():
            asked[articles_path][article].update(answers)
    jobs: list[tuple[Article, Answers]] = [
        (article, told[article.id])
        for path, told in asked.items()
        for article in find_articles(path)
        if article.id in told
    ]
    with multiprocessing.Pool(options.jobs) as pool:
        found = list(pool.imap(cases_of, jobs, chunksize=8))
    print(f"{len(jobs)} articles, {sum(len(names) for _, names in found)} answers")
    for place, task in enumerate((KINDS, NAMES)):
        table = refine([case for cases in found for case in cases[place]], task)
        print(f"{task.table}: {len(table)} features, {sum(map(len, table.values()))} weights")
        if options.write:
            write_model(table, resource_path("rules") / f"{task.table}.tsv")


if __name__ == "__main__":
    main()
