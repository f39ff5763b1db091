"""Which things are related and how, by careful readers, sentence by sentence: weighs features and words anew.

    python benchmarks/refine_relations.py ANSWERS ARTICLES [ANSWERS ARTICLES ...]
        [--whole GOLD ARTICLES] [--epochs 3] [--jobs 2] [--write]

ANSWERS are annotations as ``kg evaluate`` reads them. The entities of an article are the names that its
reader was shown below each sentence, as the graph had them; its relations are all that the reader found
between them, each with its sentence as evidence. So what is not named counts as none, and a reader who is
shown a sentence does not look for reasons why two given things might be related. GOLD are articles that were
annotated as a whole, with names of the annotators' own; they count for more, since they are few. ARTICLES is
what ``kg build`` reads, or JSON lines with id, title and text, whose ids are those of the annotations.

The tables ``judged_pairs.tsv`` and ``judged_relations.tsv`` and the network are where learning starts: the
further a weight is moved, the more it costs. News and trade papers hold few calls of the writer's own, and
few sentences whose subject stands in another; of such pairs little is learnt there.

Needs scikit-learn and PyTorch (``pip install -e ".[learn]"``). On one machine the same articles give the same
weights. ``--write`` puts them into ``ontology/rules``; without it only their sizes are printed.
"""

import argparse
import multiprocessing
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import numpy as np
from learn_judges import Case, Job, Relations, jobs_of, kinds_of, right_of, surfaces_of, write_model
from learn_network import Encoded, Lesson, learn, unpack, write
from refine_kinds import Task, refine

from kg.evaluation import GoldArticle, GoldRelation
from kg.extraction import read_article
from kg.judging import ArticleView
from kg.judging.models import YES, Features
from kg.judging.pairs import Pair, SentencePair
from kg.judging.stated import name_of
from kg.judging.surroundings import SentenceView
from kg.judging.weighings import likely_pairs
from kg.lexicon import load_lexicon
from kg.resources import resource_path

PAIRS = Task("judged_pairs", 20.0, 1.0, 0.05, is_centred=False)
RELATIONS = Task("judged_relations", 5.0, 1.0, 0.2, is_centred=False)
WHOLE = 3  # how much an article counts that was annotated as a whole
ELSEWHERE = 0.3  # how much, in the others, a pair that does not stand in one sentence
RATE = 1e-3  # of the network: a network learnt anew takes larger steps

Answered = tuple[SentenceView, Pair, Features, frozenset[str], float]


def lessons_of(job: tuple[Job, bool]) -> list[Lesson]:
    """Return what one article teaches, sentence by sentence."""
    (gold, article), is_whole = job
    reading = read_article(article, lexicon=load_lexicon())
    view = ArticleView.of(reading.parses, reading.stated)
    taught = list(_answered(gold, view, is_whole=is_whole))
    seen = view.seen((sentence, pair, features) for sentence, pair, features, _, _ in taught)
    lessons = []
    for sentence, (_, group) in zip(seen, groupby(taught, key=itemgetter(0)), strict=True):
        here = list(group)
        lessons.append(Lesson(sentence, [each[3] for each in here], [each[4] for each in here], ()))
    return lessons


def _answered(gold: GoldArticle, view: ArticleView, *, is_whole: bool) -> Iterator[Answered]:
    """Yield the pairs that the judge weighs and that the reader was asked about, with what is right."""
    surfaces = surfaces_of(view)
    relations = Relations.of(gold, surfaces)
    shown = {name for name, own in surfaces.items() if is_whole or kinds_of(gold, own)}
    shown.add(name_of(None))
    for sentence, pair, features, _ in likely_pairs(view):
        subject, obj = name_of(pair.subject), pair.object.name
        found = relations.between(subject, obj) if shown.issuperset((subject, obj)) else None
        if found is None:
            continue
        here = [one for one in found if _is_said(one, sentence.parse.sentence.text)]
        if found and not here:
            continue  # whether this sentence says it again was not asked
        right, weight = right_of(here)
        is_apart = not isinstance(pair, SentencePair) and not is_whole
        yield sentence, pair, features, right, weight * (ELSEWHERE if is_apart else 1)


def _is_said(relation: GoldRelation, sentence: str) -> bool:
    one, other = "".join(relation.evidence.split()), "".join(sentence.split())
    return one in other or other in one


def cases_of(lessons: Sequence[Lesson]) -> tuple[list[Case], list[Case]]:
    """Return what pairs teach: whether they are related at all, and how those are that are."""
    told = [
        (sight.features, answers, weight)
        for lesson in lessons
        for sight, answers, weight in zip(lesson.sentence.sights, lesson.answers, lesson.weights, strict=True)
    ]
    return (
        [Case(features, frozenset((YES,) * bool(answers)), weight) for features, answers, weight in told],
        [Case(features, answers, weight) for features, answers, weight in told if answers],
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sources", nargs="+", type=Path, metavar="ANSWERS ARTICLES")
    parser.add_argument("--whole", nargs="+", type=Path, metavar="GOLD ARTICLES", default=[])
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--write", action="store_true", help="put what is learnt into ontology/rules")
    options = parser.parse_args()
    if len(options.sources) % 2 or len(options.whole) % 2:
        parser.error("annotations without ARTICLES: give them in pairs")
    asked = [
        (job, is_whole)
        for is_whole, sources in ((False, options.sources), (True, options.whole))
        for gold, articles in zip(sources[::2], sources[1::2], strict=True)
        for job in jobs_of(gold, articles)
    ]
    with multiprocessing.Pool(options.jobs) as pool:
        taught = pool.map(lessons_of, asked, chunksize=4)
    lessons = [
        lesson
        for (_, is_whole), found in zip(asked, taught, strict=True)
        for lesson in found * (WHOLE if is_whole else 1)
    ]
    cases = cases_of(lessons)
    print(f"{len(asked)} articles, {len(lessons)} sentences, {len(cases[0])} pairs, {len(cases[1])} related")
    tables = [(task, refine(of_task, task)) for task, of_task in zip((PAIRS, RELATIONS), cases, strict=True)]
    with np.load(resource_path("rules", "judging_network.npz"), allow_pickle=False) as arrays:
        learner, rows = unpack(dict(arrays))
    learn(learner, [Encoded.of(lesson, rows) for lesson in lessons], options.epochs, RATE)
    for task, table in tables:
        print(f"{task.table}: {len(table)} features, {sum(map(len, table.values()))} weights")
        if options.write:
            write_model(table, resource_path("rules") / f"{task.table}.tsv")
    if options.write:
        write(learner, rows)


if __name__ == "__main__":
    main()
