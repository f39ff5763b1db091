"""How fast reading is: text in, records out, one process, no exports; against jieba on the same text.

    python benchmarks/bench_extract.py [--corpus FILE.jsonl(.gz)] [--articles N] [--rounds N]
                                       [--stages] [--profile]

Prints characters per second and two ratios. Each tool reads the same articles in turn, several times, and
the best round counts: whatever else the machine does can only slow a round down. ``--stages`` shows what
each stage takes by itself, beside ``jieba.cut``; ``--profile`` the functions that take most.
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
from kg.clauses import parse_sentence
from kg.extraction import extract_article, read_article
from kg.lexicon import Lexicon, load_lexicon
from kg.mentions import find_mentions
from kg.observations import find_measurements
from kg.phrases import find_phrases
from kg.records import Article
from kg.relations import find_claims
from kg.roles import find_roles
from kg.sentences import split_sentences
from kg.words import split_words

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "corpus" / "bench.jsonl.gz"


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how fast articles are read.")
    parser.add_argument("--corpus", type=Path, help="JSON lines with id, title and text, packed or not")
    parser.add_argument("--articles", type=int, default=300, help="how many to read")
    parser.add_argument("--rounds", type=int, default=3, help="how often each tool reads them")
    parser.add_argument("--stages", action="store_true", help="show what each stage takes")
    parser.add_argument("--profile", action="store_true", help="show the functions that take most")
    options = parser.parse_args()
    articles = find_articles(options.corpus, options.articles)
    n_chars = sum(len(article.text) for article in articles)
    print(f"{len(articles)} articles, {n_chars:,} characters")
    lexicon = load_lexicon()

    def read() -> None:
        for article in articles:
            extract_article(article, lexicon=lexicon)

    def cut(tool: Callable[[str], object]) -> Callable[[], None]:
        def run() -> None:
            for article in articles:
                list(tool(article.text))  # type: ignore[call-overload]

        return run

    jieba.initialize()
    tools = {"kg": read, "jieba.cut": cut(jieba.cut), "jieba.posseg.cut": cut(jieba.posseg.cut)}
    best = measure(tools, options.rounds)
    for name, seconds in best.items():
        print(f"{name:<18}{n_chars / seconds:>12,.0f} characters/s")
    for name in ("jieba.cut", "jieba.posseg.cut"):
        print(f"kg / {name:<16}{best[name] / best['kg']:>9.2f} times as fast")
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB at most")
    if options.stages:
        show_stages(articles, lexicon, options.rounds, best["jieba.cut"])
    if options.profile:
        show_profile(read)


def measure(tools: dict[str, Callable[[], None]], rounds: int) -> dict[str, float]:
    """Return the best time of each tool; the first reading of each warms it up and does not count."""
    best = dict.fromkeys(tools, float("inf"))
    for turn in range(rounds + 1):
        for name, run in tools.items():
            started = time.process_time()
            run()
            if turn:
                best[name] = min(best[name], time.process_time() - started)
    return best


def show_stages(articles: Sequence[Article], lexicon: Lexicon, rounds: int, cut: float) -> None:
    """Time each stage on what the stages before it gave."""
    readings = [read_article(article, lexicon=lexicon) for article in articles]
    parses = [parse for reading in readings for parse in reading.parses]
    named = [tuple(zip(reading.parses, reading.names, strict=True)) for reading in readings]
    gc.collect()
    gc.freeze()  # what is kept for the stages to read must not be searched for garbage while they do

    def stage(work: Callable[[Any], Any], items: Sequence[Any]) -> Callable[[], None]:
        def run() -> None:
            for item in items:
                work(item)

        return run

    stages = {
        "sentences": stage(lambda article: list(split_sentences(article)), articles),
        "words": stage(
            lambda parse: split_words(parse.sentence.text, offset=parse.sentence.span.start, lexicon=lexicon),
            parses,
        ),
        "roles": stage(lambda parse: find_roles(parse.words), parses),
        "phrases": stage(lambda parse: find_phrases(parse.words, parse.roles), parses),
        "roles to clauses": stage(lambda parse: parse_sentence(parse.sentence, parse.words), parses),
        "mentions": stage(lambda parse: find_mentions(parse, lexicon=lexicon), parses),
        "claims": stage(lambda read: list(find_claims(read)), named),
        "measurements": stage(
            lambda facts: list(
                find_measurements(facts.article, facts.sentences, facts.mentions, lexicon=lexicon)
            ),
            [reading.facts for reading in readings],
        ),
    }
    for name, seconds in measure(stages, rounds).items():
        print(f"{name:<18}{seconds / cut:>9.2f} times what jieba.cut takes")


def show_profile(read: Callable[[], None]) -> None:
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
