"""How fast reading is: text in, records out, one process, no exports; against jieba on the same text.

    python benchmarks/bench_extract.py [--corpus FILE.jsonl(.gz)] [--articles N] [--rounds N] [--stages]

Prints characters per second and two ratios. Each tool reads the same articles in turn, several times, and
the best round counts: whatever else the machine does can only slow a round down.
"""

import argparse
import cProfile
import gzip
import json
import pstats
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import jieba
import jieba.posseg

from kg.articles import read_articles
from kg.extraction import extract_article
from kg.lexicon import load_lexicon
from kg.records import Article

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "corpus" / "bench.jsonl.gz"


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how fast articles are read.")
    parser.add_argument("--corpus", type=Path, help="JSON lines with id, title and text, packed or not")
    parser.add_argument("--articles", type=int, default=300, help="how many to read")
    parser.add_argument("--rounds", type=int, default=3, help="how often each tool reads them")
    parser.add_argument("--stages", action="store_true", help="show where the time goes")
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
        show_stages(read)


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


def show_stages(read: Callable[[], None]) -> None:
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
