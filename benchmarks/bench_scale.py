"""What a build in partitions costs per article, and how that grows with the number of articles.

    python benchmarks/bench_scale.py [--articles N ...] [--only FORMATS] [--jobs N] [--compare]
        [--corpus FILE]

For each size, the articles of a file of JSON lines (packed or not, repeated under other ids as often as
needed) are written 500 to a file and built, into N-Quads and a store if nothing else is asked for, by a
process of its own. Told are the processor time per article, the pace, the largest process, and what an update
takes after one article was added and after one was changed, as a share of the first build: of its processor
time, which other work on the machine lengthens little. ``--compare`` also builds with one process.
"""

import argparse
import functools
import gzip
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus" / "bench.jsonl.gz"
PER_FILE = 500


class Cost(NamedTuple):
    seconds: float
    processor: float
    megabytes: float  # of the largest process


def main() -> None:
    parser = argparse.ArgumentParser(description="Cost per article of builds in partitions.")
    parser.add_argument("--articles", type=int, nargs="+", default=[100, 1_000, 5_000, 20_000])
    parser.add_argument("--only", default="nq,store", help="formats, as for kg build")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--compare", action="store_true", help="build with one process, too")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    options = parser.parse_args()
    for n_articles in options.articles:
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), n_articles, options)


def measure(place: Path, n_articles: int, options: argparse.Namespace) -> None:
    write_articles(place / "articles", n_articles, options.corpus)
    build = functools.partial(run_build, place, "--only", options.only)
    first = build(jobs=options.jobs)
    told = (
        f"{n_articles:>7,} articles:",
        f"{first.processor / n_articles * 1000:.1f} ms of processor time each,",
        f"{n_articles / first.seconds:.1f} a second with {options.jobs} processes,",
        f"largest process {first.megabytes:.0f} MB,",
        f"{size_of(place / 'out') / n_articles / 1000:.1f} kB out each",
    )
    print(*told, flush=True)
    (place / "articles" / "one-more.txt").write_text("要加快发展量子技术。", encoding="utf-8")
    show_update("one more", build(jobs=options.jobs), first)
    path = place / "articles" / "0000000.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("发展", "推进", 1), encoding="utf-8")
    show_update("one changed", build(jobs=options.jobs), first)
    if options.compare:
        alone = build("--no-cache", jobs=1)
        again = build("--no-cache", jobs=options.jobs)
        ratio = alone.seconds / again.seconds
        print(f"{'':>7} {options.jobs} processes are {ratio:.2f} times as fast as one", flush=True)


def show_update(name: str, update: Cost, first: Cost) -> None:
    told = (
        f"{'':>7} {name}: {update.processor:.1f} s of processor time,",
        f"{update.processor / first.processor:.1%} of the first build,",
        f"{update.seconds:.1f} s by the clock, largest process {update.megabytes:.0f} MB",
    )
    print(*told, flush=True)


def run_build(place: Path, *options: str, jobs: int) -> Cost:
    command = ["-m", "kg", "build", place / "articles", "-o", place / "out", "-q", "--jobs", jobs]
    began = time.monotonic()
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    process = subprocess.Popen([sys.executable, *map(str, command), *options], env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit("the build has failed")
    return Cost(time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def write_articles(folder: Path, n_articles: int, corpus: Path) -> None:
    folder.mkdir()
    lines = repeat_lines(corpus)
    for number in range(0, n_articles, PER_FILE):
        some = itertools.islice(lines, min(PER_FILE, n_articles - number))
        (folder / f"{number:07}.jsonl").write_text("".join(some), encoding="utf-8")


def repeat_lines(corpus: Path) -> Iterator[str]:
    for turn in itertools.count():
        with corpus.open("rb") as packed:
            file = gzip.GzipFile(fileobj=packed) if corpus.suffix == ".gz" else packed
            for line in file:
                record = json.loads(line)
                record["id"] = f"{record.get('id', 'article')}-{turn}"
                yield json.dumps(record, ensure_ascii=False) + "\n"


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    main()
