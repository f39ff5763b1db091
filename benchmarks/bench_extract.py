"""How fast reading is: text in, records out, one process, no exports; against jieba on the same text.

    python benchmarks/bench_extract.py [--corpus FILE.jsonl(.gz)] [--articles N] [--rounds N]
                                       [--stages] [--profile] [--plain]

Prints characters per second, two ratios, and the memory after a tenth of the articles and after all. Each
tool reads the same articles in turn, several times, and of every article its best round counts: whatever
else the machine does can only slow a round down. ``--stages`` shows what each stage takes by itself, beside
``jieba.cut``; ``--profile`` the functions that take most. ``--plain`` reads as where rjieba is not installed.
"""

import argparse
import cProfile
import gc
import gzip
import json
import pstats
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import jieba
import jieba.posseg

from kg.articles import read_articles
from kg.clauses import Parse, parse_sentence
from kg.extraction import Reading, extract_article, read_article
from kg.judging import judge
from kg.lexicon import Lexicon, load_lexicon
from kg.mentions import find_mentions
from kg.observations import find_measurements
from kg.phrases import find_phrases
from kg.records import Article, ArticleFacts
from kg.relations import find_claims
from kg.roles import find_roles
from kg.sentences import split_sentences
from kg.terms import add_terms
from kg.words import split_words

ROOT = Path(__file__).parents[1]
Work = tuple[Callable[[Any], object], Sequence[Any]]  # what is done, to each of these
SHARED = ROOT.parent / "shared" / "corpus" / "bench.jsonl.gz"


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how fast articles are read.")
    parser.add_argument("--corpus", type=Path, help="JSON lines with id, title and text, packed or not")
    parser.add_argument("--articles", type=int, default=300, help="how many to read")
    parser.add_argument("--rounds", type=int, default=3, help="how often each tool reads them")
    parser.add_argument("--stages", action="store_true", help="show what each stage takes")
    parser.add_argument("--profile", action="store_true", help="show the functions that take most")
    parser.add_argument("--plain", action="store_true", help="read without rjieba")
    options = parser.parse_args()
    if options.plain:
        sys.modules["rjieba"] = None  # type: ignore[assignment]  # so that to import it fails
    articles = find_articles(options.corpus, options.articles)
    n_chars = sum(len(article.text) for article in articles)
    print(f"{len(articles)} articles, {n_chars:,} characters")
    lexicon = load_lexicon()

    def read(article: Article) -> ArticleFacts:
        return extract_article(article, lexicon=lexicon)

    memory = []
    for some in (articles[: len(articles) // 10], articles):
        for article in some:
            read(article)
        memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    jieba.initialize()
    tools: dict[str, Callable[[Article], object]] = {
        "kg": read,
        "jieba.cut": lambda article: list(jieba.cut(article.text)),
        "jieba.posseg.cut": lambda article: list(jieba.posseg.cut(article.text)),
    }
    best = measure({name: (tool, articles) for name, tool in tools.items()}, options.rounds)
    for name, seconds in best.items():
        print(f"{name:<18}{n_chars / seconds:>12,.0f} characters/s")
    for name in ("jieba.cut", "jieba.posseg.cut"):
        print(f"kg / {name:<16}{best[name] / best['kg']:>9.2f} times as fast")
    print("memory {:,.0f} MB after a tenth of the articles, {:,.0f} MB after all".format(*memory))
    if options.stages:
        show_stages(articles, lexicon, options.rounds, best["jieba.cut"])
    if options.profile:
        show_profile(lambda: [read(article) for article in articles])


def measure(works: dict[str, Work], rounds: int) -> dict[str, float]:
    """Return what each work takes: of every item the best round, but the first, which warms it up."""
    best = {name: [float("inf")] * len(items) for name, (_, items) in works.items()}
    for turn in range(rounds + 1):
        for name, (work, items) in works.items():
            for place, item in enumerate(items):
                started = time.thread_time()
                work(item)
                if turn:
                    best[name][place] = min(best[name][place], time.thread_time() - started)
    return {name: sum(times) for name, times in best.items()}


def show_stages(articles: Sequence[Article], lexicon: Lexicon, rounds: int, cut: float) -> None:
    """Time each stage on what the stages before it gave, article by article."""
    readings = [read_article(article, lexicon=lexicon) for article in articles]
    gc.collect()
    gc.freeze()  # what is kept for the stages to read must not be searched for garbage while they do

    def of_parses(work: Callable[[Parse], object]) -> Work:
        return lambda parses: [work(parse) for parse in parses], [reading.parses for reading in readings]

    def measurements(reading: Reading) -> None:
        facts, words = reading.stated, {parse.sentence.index: parse.words for parse in reading.parses}
        tuple(find_measurements(facts.article, facts.sentences, facts.mentions, lexicon=lexicon, words=words))

    works: dict[str, Work] = {
        "sentences": (lambda article: tuple(split_sentences(article)), articles),
        "words": of_parses(
            lambda parse: split_words(parse.sentence.text, offset=parse.sentence.span.start, lexicon=lexicon)
        ),
        "roles": of_parses(lambda parse: find_roles(parse.words)),
        "phrases": of_parses(lambda parse: find_phrases(parse.words, parse.roles)),
        "roles to clauses": of_parses(lambda parse: parse_sentence(parse.sentence, parse.words)),
        "mentions": of_parses(lambda parse: find_mentions(parse, lexicon=lexicon)),
        "terms": (
            lambda reading: add_terms(tuple(zip(reading.parses, reading.names, strict=True))),
            readings,
        ),
        "claims": (
            lambda reading: tuple(find_claims(tuple(zip(reading.parses, reading.names, strict=True)))),
            readings,
        ),
        "measurements": (measurements, readings),
        "judging": (
            lambda reading: judge(reading.parses, reading.stated, lexicon=lexicon),
            readings,
        ),
    }
    for name, seconds in measure(works, rounds).items():
        print(f"{name:<18}{seconds / cut:>9.2f} times what jieba.cut takes")


def show_profile(read: Callable[[], object]) -> None:
    profile = cProfile.Profile()
    profile.runcall(read)
    statistics = pstats.Stats(profile, stream=sys.stdout)
    statistics.sort_stats("tottime").print_stats(r"kg/", 25)


def find_articles(path: Path | None, limit: int) -> Sequence[Article]:
    source = path or (SHARED if SHARED.exists() else None)
    if source is None:
        return read_articles(ROOT / "corpus").articles[:limit]
    found = []
    opened = gzip.open if source.suffix == ".gz" else open
    with opened(source, "rt", encoding="utf-8") as lines:
        for line, _ in zip(lines, range(limit), strict=False):
            record = json.loads(line)
            found.append(Article(f"article/{record['id']}", record["title"], record["text"]))
    return found


if __name__ == "__main__":
    main()
