"""What the judges weigh: learns the tables of weights from annotated articles.

    python benchmarks/learn_judges.py GOLD ARTICLES [GOLD ARTICLES ...] [--jobs 2] [--write]

GOLD is a file of annotations as ``kg evaluate`` reads it, ARTICLES the file or folder with their texts. Five
linear models are learnt by logistic regression: whether a stretch of words is a name
(``judged_spans.tsv``), whether two things of a sentence are related (``judged_pairs.tsv``), how
(``judged_relations.tsv``), whether a name is worth an entity (``judged_names.tsv``) and of which kind
(``judged_kinds.tsv``). The last four see names as those see them that were not learnt from: in each part of
the articles, by what the others teach. Relations tell of kinds as the tables of now judge them. The rules
that were tuned on an article look better there than elsewhere, so most of what is learnt from should be
articles that no rule was made from.

Needs scikit-learn (``pip install -e ".[learn]"``). The same articles give the same tables. ``--write`` puts
them into ``ontology/rules``; without it only their sizes are printed.
"""

import argparse
import gzip
import json
import multiprocessing
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from kg.articles import read_articles
from kg.entities import resolve_graph
from kg.evaluation import ARTICLE, GoldArticle, GoldRelation, read_gold
from kg.evaluation.names import normalize_name, share_a_name
from kg.extraction import read_article
from kg.judging import ArticleView, judge_relations, kept_claims
from kg.judging.models import BIAS, COLUMNS, SCALE, YES
from kg.judging.names import NameFeatures
from kg.judging.pairs import Pair
from kg.judging.proposals import mentions_by_sentence
from kg.judging.spans import SpanWeigher, all_features, find_stretches
from kg.judging.stated import name_of
from kg.judging.surroundings import SentenceView
from kg.lexicon import load_lexicon
from kg.mentions import without_marks
from kg.records import Article
from kg.resources import resource_path
from kg.schema import RelationKind

SPARED = 3  # of so many stretches that are no names one is learnt from
PARTS = 4  # of the articles, each read by what the others teach
OPTIONAL = 0.6  # how much a relation counts that another annotator might leave out
KNOWN = 0.5  # how much a name of the lexicon counts for the kinds of others, which alone are judged,
MEASURED = 0.3  # and one that a number measures, an Indicator whatever is counted
# Features that hold the kind by lexicon or rules: in the lexicon it is no guess, as it is elsewhere.
OF_GUESS = ("E:", "Eend:", "Elexicon:", "K:", "Kend:", "head:", "term at end:", "terms|head:")
LONGEST = 12  # Chinese characters of a feature: a longer one is met in one article
HAN = re.compile("[\u4e00-\u9fff]")
TITLE = re.compile("《[^》|]{4,}")  # of a book or document, which one article speaks of
TOLERANCE = 0.005  # of the regression: with ten times as much, rare features stay without weight


@dataclass(frozen=True, slots=True)
class Task:
    """How one model is learnt: seen ``rarest`` times, regularised by ``strength``, smaller weights cut."""

    table: str
    rarest: int
    strength: float
    least: float


SPANS = Task("judged_spans", 8, 0.1, 0.05)
PAIRS = Task("judged_pairs", 5, 0.1, 0.05)
RELATIONS = Task("judged_relations", 10, 0.3, 0.2)
NAMES = Task("judged_names", 4, 0.2, 0.1)
KINDS = Task("judged_kinds", 4, 0.5, 0.25)


@dataclass(frozen=True, slots=True)
class Case:
    """What a judge sees, and the answers that are right; ``weight`` is how much it counts."""

    features: tuple[str, ...]
    answers: frozenset[str]
    weight: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """The cases that a task is learnt from: a row a case, a column a feature."""

    task: Task
    features: list[str]
    matrix: csr_matrix
    weights: NDArray[np.float64]
    answers: list[frozenset[str]]
    is_question: bool

    @classmethod
    def of(cls, task: Task, cases: Sequence[Case], *, is_question: bool) -> Self:
        """Return the lesson of *cases*.

        A question is whether there is any answer at all; else each answer is learnt against the others,
        from the cases that have one.
        """
        chosen = list(cases) if is_question else [case for case in cases if case.answers]
        counts = Counter(feature for case in chosen for feature in set(case.features))
        often = (feature for feature, n in counts.items() if n >= task.rarest)
        features = sorted(filter(is_general, often))
        matrix = matrix_of(chosen, {feature: index for index, feature in enumerate(features)})
        weights = np.array([case.weight for case in chosen])
        return cls(task, features, matrix, weights, [case.answers for case in chosen], is_question)

    def learn(self, rows: NDArray[np.bool_] | None = None) -> dict[str, dict[str, int]]:
        """Return feature → answer → hundredths, learnt from the cases of *rows*, or from all."""
        taken = np.ones(len(self.answers), dtype=bool) if rows is None else rows
        matrix, weights = self.matrix[taken], self.weights[taken]
        answers = [YES] if self.is_question else sorted(set().union(*self.answers))
        table: dict[str, dict[str, int]] = {}
        for answer in answers:
            right = [bool(each) if self.is_question else answer in each for each in self.answers]
            model = LogisticRegression(
                C=self.task.strength, solver="liblinear", tol=TOLERANCE, random_state=0
            )
            model.fit(matrix, np.array(right)[taken], sample_weight=weights)
            table.setdefault(BIAS, {})[answer] = round(float(model.intercept_[0]) * SCALE)
            for index in np.flatnonzero(np.abs(model.coef_[0]) >= self.task.least):
                weight = round(float(model.coef_[0][index]) * SCALE)
                table.setdefault(self.features[index], {})[answer] = weight
        return table


def is_general(feature: str) -> bool:
    return len(HAN.findall(feature)) <= LONGEST and not TITLE.search(feature)


def matrix_of(cases: Iterable[Case], index: dict[str, int]) -> csr_matrix:
    columns: list[int] = []
    ends = [0]
    for case in cases:
        columns += sorted({index[feature] for feature in case.features if feature in index})
        ends.append(len(columns))
    values = np.ones(len(columns), dtype=np.float32)
    return csr_matrix((values, np.array(columns), np.array(ends)), shape=(len(ends) - 1, len(index)))


Job = tuple[GoldArticle, Article]
Taught = TypeVar("Taught")  # what one article teaches


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases of one article."""

    pairs: list[Case]
    names: list[Case]
    kinds: list[Case]


def span_cases_of(job: Job) -> list[Case]:
    """Return what one annotated article teaches of where names begin and end.

    Of the stretches that are none, one of ``SPARED`` is taken and counts for as many.
    """
    gold, article = job
    reading = read_article(article, lexicon=load_lexicon())
    right: dict[str, float] = {}
    for entity in gold.entities:
        for name in map(_without_marks, (entity.name, *entity.aliases)):
            right[name] = OPTIONAL if entity.optional else 1.0
    here, cases = mentions_by_sentence(reading.stated.mentions), []
    for parse in reading.parses:
        mentions = here.get(parse.sentence.index, ())
        for number, stretch in enumerate(find_stretches(parse, mentions)):
            weight = right.get(_without_marks(stretch.text))
            if weight is None and not stretch.is_named and number % SPARED:
                continue
            features = all_features(stretch, mentions, article.text)
            answers = frozenset((YES,)) if weight is not None else frozenset()
            spared = 1.0 if weight is not None or stretch.is_named else SPARED
            cases.append(Case(features, answers, weight or spared))
    return cases


def _without_marks(name: str) -> str:
    """Return a name to compare; unlike where names are scored, 我国 and the like are no part of it."""
    return without_marks(unicodedata.normalize("NFKC", name).lower())


def cases_of(job: Job) -> Cases:
    """Return what one annotated article teaches of the rest, its names being seen with ``_weigher``."""
    gold, article = job
    view, surfaces = view_of(article)
    names = list(view.names(load_lexicon(), kept_claims(judge_relations(view))))
    answers = [kinds_of(gold, surfaces[each.name]) for each in names]
    return Cases(
        [Case(pair.features, right, weight) for _, pair, right, weight in answered(gold, view, surfaces)],
        [Case(each.features, kinds) for each, kinds in zip(names, answers, strict=True)],
        [*map(_kind_case, names, answers)],
    )


def view_of(article: Article) -> tuple[ArticleView, dict[str, frozenset[str]]]:
    """Return an article as the judge sees it with ``_weigher``, and what each of its names is also called."""
    lexicon = load_lexicon()
    reading = read_article(article, lexicon=lexicon)
    view = ArticleView.of(reading.parses, reading.stated, _weigher)
    return view, surfaces_of(view)


def surfaces_of(view: ArticleView) -> dict[str, frozenset[str]]:
    """Return what each name of an article is also called."""
    entities = resolve_graph([view.facts], lexicon=load_lexicon()).entities
    return {entity.name: _normalized(entity.name, *entity.aliases) for entity in entities}


_weigher: SpanWeigher | None = None  # of the spans, for the articles at hand


def _use(weights: dict[str, int]) -> None:
    global _weigher  # each process is told once
    _weigher = SpanWeigher(weights)


def learn_spans(jobs: Sequence[Job], n: int) -> tuple[Lesson, NDArray[np.int64]]:
    """Return the lesson of the spans, and the number of the article of each of its cases."""
    with multiprocessing.Pool(n) as pool:
        taught = pool.map(span_cases_of, jobs, chunksize=4)
    lesson = Lesson.of(SPANS, [case for each in taught for case in each], is_question=True)
    return lesson, np.repeat(np.arange(len(jobs)), [len(each) for each in taught])


def read_by_parts(
    work: Callable[[Job], Taught], jobs: Sequence[Job], lesson: Lesson, articles: NDArray[np.int64], n: int
) -> list[Taught]:
    """Return what *work* makes of each article, those of each part read by what the others teach of names.

    *lesson* is that of the spans, *articles* the number of the article of each of its cases.
    """
    found: dict[int, Taught] = {}
    for part in range(PARTS):
        table = lesson.learn(articles % PARTS != part)
        weights = {feature: weighed[YES] for feature, weighed in table.items()}
        numbers = range(part, len(jobs), PARTS)
        with multiprocessing.Pool(n, _use, (weights,)) as pool:
            learnt = pool.map(work, [jobs[number] for number in numbers], chunksize=4)
        found |= dict(zip(numbers, learnt, strict=True))
    return [found[number] for number in range(len(jobs))]


def _normalized(*names: str) -> frozenset[str]:
    return frozenset(map(normalize_name, names))


def answered(
    gold: GoldArticle, view: ArticleView, surfaces: Mapping[str, frozenset[str]]
) -> Iterator[tuple[SentenceView, Pair, frozenset[str], float]]:
    """Yield each pair with its sentence, the relations that are right, and how much it counts."""
    relations = Relations.of(gold, surfaces)
    for sentence, pair in view.pairs():
        found = relations.between(name_of(pair.subject), pair.object.name)
        if found is not None:
            yield sentence, pair, *right_of(found)


@dataclass(frozen=True, slots=True)
class Relations:
    """The annotated relations of an article, by the names that it has for their ends."""

    all: Sequence[GoldRelation]
    subjects: Mapping[str, frozenset[int]]  # of which relations each name is the subject,
    objects: Mapping[str, frozenset[int]]  # and of which the object

    @classmethod
    def of(cls, gold: GoldArticle, surfaces: Mapping[str, frozenset[str]]) -> Self:
        """Return the relations of *gold*; *surfaces* are what each name of the article is also called."""
        known = {normalize_name(e.name): _normalized(e.name, *e.aliases) for e in gold.entities}

        def called(end: str) -> frozenset[str]:
            return known.get(normalize_name(end), _normalized(end))

        article = _normalized(ARTICLE)
        subjects = [called(relation.subject) for relation in gold.relations]
        objects = [called(relation.object) for relation in gold.relations]
        of_subject = {
            name: frozenset(i for i, s in enumerate(subjects) if s != article and share_a_name(own, s))
            for name, own in surfaces.items()
        }
        of_subject[ARTICLE] = frozenset(i for i, s in enumerate(subjects) if s == article)
        of_object = {
            name: frozenset(i for i, o in enumerate(objects) if share_a_name(own, o))
            for name, own in surfaces.items()
        }
        return cls(gold.relations, of_subject, {**of_object, ARTICLE: frozenset()})

    def between(self, subject: str, obj: str) -> list[GoldRelation] | None:
        """Return what relates two names, nothing where the article has no such name."""
        if subject not in self.subjects or obj not in self.objects:
            return None
        found = [self.all[i] for i in self.subjects[subject] & self.objects[obj]]
        if found:
            return found
        back = [self.all[i] for i in self.subjects[obj] & self.objects[subject]]
        return [one for one in back if one.kind == RelationKind.INTEGRATES_WITH]


def right_of(found: Sequence[GoldRelation]) -> tuple[frozenset[str], float]:
    """Return which relations are right of those *found* between two names, and how much that counts."""
    required = [one for one in found if not one.optional]
    answers = frozenset(one.kind.value for one in required or found)
    return answers, 1.0 if required or not found else OPTIONAL


def kinds_of(gold: GoldArticle, own: frozenset[str]) -> frozenset[str]:
    """Return the kinds of the annotated things that are named so, else of those that are named alike."""
    named = [(entity, _normalized(entity.name, *entity.aliases)) for entity in gold.entities]
    close = [(entity, names) for entity, names in named if share_a_name(own, names)]
    equal = [(entity, names) for entity, names in close if own & names]
    return frozenset(entity.kind.value for entity, _ in equal or close)


def _kind_case(each: NameFeatures, answers: frozenset[str]) -> Case:
    """Return what a name teaches of kinds; one of the lexicon without its kind there, which is no guess."""
    features = each.kind_features
    if each.is_known:
        features = tuple(feature for feature in features if not feature.startswith(OF_GUESS))
    return Case(features, answers, KNOWN if each.is_known else MEASURED if each.is_measured else 1.0)


def write_model(table: dict[str, dict[str, int]], path: Path) -> None:
    """Write the table of one model, its rows sorted."""
    rows = (
        (feature, " ".join(f"{answer}={weight}" for answer, weight in sorted(weights.items())))
        for feature, weights in sorted(table.items())
    )
    lines = ("\t".join(row) for row in (COLUMNS, *rows))
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


def find_articles(path: Path) -> Iterator[Article]:
    """Yield the articles of JSON lines, packed or not, or of what ``kg build`` reads."""
    if ".jsonl" not in path.suffixes:
        yield from read_articles(path)
        return
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            yield Article(f"article/{record['id']}", record["title"], record["text"])


def jobs_of(gold_path: Path, articles_path: Path) -> list[Job]:
    """Return each annotated article with its text, found by its id, its file or its title."""
    articles = list(find_articles(articles_path))
    by_id = {article.id: article for article in articles}
    jobs = []
    for gold in read_gold(gold_path):
        if gold.id in by_id:
            jobs.append((gold, by_id[gold.id]))
            continue
        here = [a for a in articles if gold.file and a.source_file.rsplit("/", 1)[-1] == gold.file]
        title = _normalized(gold.title or "")
        named = [a for a in here or articles if a.title and share_a_name(_normalized(a.title), title)]
        jobs += [(gold, article) for article in (here if len(here) == 1 else named)[:1]]
    return jobs


def read_options(about: str | None, **numbers: int) -> tuple[argparse.Namespace, list[Job]]:
    """Return the options given, and the annotated articles that they name.

    *about* is shown as help; *numbers* are options of this script alone, with what they are by default.
    """
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+", type=Path, metavar="GOLD ARTICLES")
    for name, number in {"jobs": 2, **numbers}.items():
        parser.add_argument(f"--{name}", type=int, default=number)
    parser.add_argument("--write", action="store_true", help="put what is learnt into ontology/rules")
    args = parser.parse_args()
    if len(args.sources) % 2:
        parser.error("GOLD without ARTICLES: give them in pairs")
    paired = zip(args.sources[::2], args.sources[1::2], strict=True)
    return args, [job for gold, articles in paired for job in jobs_of(gold, articles)]


def main() -> None:
    args, jobs = read_options(__doc__)
    spans, articles = learn_spans(jobs, args.jobs)
    found = read_by_parts(cases_of, jobs, spans, articles, args.jobs)
    pairs = [case for each in found for case in each.pairs]
    names = [case for each in found for case in each.names]
    kinds = [case for each in found for case in each.kinds]
    print(f"{len(jobs)} articles, {len(articles)} spans, {len(pairs)} pairs, {len(names)} names")
    for lesson in (
        spans,
        Lesson.of(PAIRS, pairs, is_question=True),
        Lesson.of(RELATIONS, pairs, is_question=False),
        Lesson.of(NAMES, names, is_question=True),
        Lesson.of(KINDS, kinds, is_question=False),
    ):
        table = lesson.learn()
        print(f"{lesson.task.table}: {len(table)} features, {sum(map(len, table.values()))} weights")
        if args.write:
            write_model(table, resource_path("rules") / f"{lesson.task.table}.tsv")


if __name__ == "__main__":
    main()
