"""Feed reading, extraction and export with inputs that nobody would write; report what broke.

    python benchmarks/fuzz.py [--inputs N] [--seed N] [--kinds KIND ...] [--jobs N]
    python benchmarks/fuzz.py --again KIND SEED NUMBER
    python benchmarks/fuzz.py --laws N
    python benchmarks/fuzz.py --coverage SECONDS

Each input (see ``tests/fuzzing.py``) becomes a file that is read, extracted and written as Turtle, which
is read back. No exception but a told error of one line may come, every citation must be verbatim, and
nothing may take longer than a minute or more than 4 GB. ``--laws`` runs the laws of the property tests on
N examples each; ``--coverage`` lets atheris choose the inputs by what they reach.
"""

import argparse
import faulthandler
import os
import resource
import subprocess
import sys
import tempfile
import time
import traceback
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

if "--child" in sys.argv:  # what is to be searched is instrumented as it is imported
    import atheris

    with atheris.instrument_imports(include=["kg"]):
        import fuzzing  # noqa: F401

from fuzzing import KINDS, TEXT_SUFFIXES, check_file, lexicon, make_file, real_files, real_texts  # noqa: E402

HANGS_AFTER = 60  # seconds; the slowest of honest inputs takes a few
MEMORY = 4 << 30
_PART = 50  # inputs that a process takes at a time


@dataclass
class Tally:
    """What came of some inputs."""

    inputs: int = 0
    articles: int = 0
    n_bytes: int = 0
    slowest: tuple[float, int] = (0.0, 0)  # seconds, number
    peak: int = 0  # bytes of memory
    failures: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        self.inputs += other.inputs
        self.articles += other.articles
        self.n_bytes += other.n_bytes
        self.slowest = max(self.slowest, other.slowest)
        self.peak = max(self.peak, other.peak)
        self.failures += other.failures


def main() -> int:
    parser = argparse.ArgumentParser(description="Feed the readers and the extractor with broken inputs.")
    parser.add_argument("--inputs", type=int, default=1000, help="of each kind")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--again", nargs=3, metavar=("KIND", "SEED", "NUMBER"), help="try one input again")
    parser.add_argument("--laws", type=int, metavar="N", help="examples for each law of the property tests")
    parser.add_argument("--coverage", type=int, metavar="SECONDS", help="how long atheris may search")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.again:
        kind, seed, number = options.again
        check_file(make_file(kind, int(seed), int(number)))
        return 0
    if options.laws:
        return run_laws(options.laws)
    if options.child:
        search(options.child, options.coverage)
    if options.coverage:
        return run_search(options.coverage)
    return run_kinds(options.kinds, options.inputs, options.seed, options.jobs)


def run_kinds(kinds: list[str], n_inputs: int, seed: int, jobs: int) -> int:
    print(f"{'kind':<10}{'inputs':>9}{'articles':>10}{'MB':>7}{'slowest':>10}{'memory':>9}{'failures':>10}")
    total = Tally()
    for kind in kinds:
        tally = run_kind(kind, n_inputs, seed, jobs)
        show(kind, tally)
        total.add(tally)
    show("all", total)
    for failure in total.failures:
        print(failure)
    return 1 if total.failures else 0


def show(name: str, tally: Tally) -> None:
    print(
        f"{name:<10}{tally.inputs:>9,}{tally.articles:>10,}{tally.n_bytes / 1e6:>7.1f}"
        f"{tally.slowest[0]:>8.2f} s{tally.peak / (1 << 20):>6.0f} MB{len(tally.failures):>10}",
        flush=True,
    )


def run_kind(kind: str, n_inputs: int, seed: int, jobs: int) -> Tally:
    tally = Tally()
    starts = range(0, n_inputs, _PART)
    with ProcessPoolExecutor(jobs, initializer=get_ready) as pool:
        parts = [pool.submit(try_inputs, kind, seed, s, min(s + _PART, n_inputs)) for s in starts]
        for start, part in zip(starts, parts, strict=True):
            try:
                tally.add(part.result())
            except BrokenProcessPool:
                tally.failures.append(f"{kind} {seed} {start}…: a process died (its stack is above)")
    return tally


def get_ready() -> None:
    """Bound the memory of a process, and load what every input needs, which is not its time."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    lexicon()
    real_files()
    check_file((".html", "<p>发展新质生产力，要推动科技创新。</p>".encode()))


def try_inputs(kind: str, seed: int, start: int, end: int) -> Tally:
    tally = Tally()
    for number in range(start, end):
        file = make_file(kind, seed, number)
        faulthandler.dump_traceback_later(HANGS_AFTER, exit=True)  # also out of a regex that does not end
        began = time.perf_counter()
        try:
            corpus = check_file(file)
            tally.articles += len(corpus) if corpus else 0
        except Exception:
            tally.failures.append(f"--again {kind} {seed} {number}\n{traceback.format_exc(limit=-6)}")
        tally.slowest = max(tally.slowest, (time.perf_counter() - began, number))
        tally.inputs += 1
        tally.n_bytes += len(file[1])
    faulthandler.cancel_dump_traceback_later()
    tally.peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return tally


def run_laws(n_examples: int) -> int:
    """Run the property tests of reading and extraction on more examples than every day."""
    code = (
        "import hypothesis, sys, pytest\n"
        "usual = hypothesis.settings.__init__\n"
        f"many = dict(max_examples={n_examples}, deadline=None)\n"
        "more = lambda self, *a, **k: usual(self, *a, **(k | many))\n"
        "hypothesis.settings.__init__ = more\n"
        "sys.exit(pytest.main(['-q', '-p', 'no:cacheprovider', '-k', 'not hostile', *sys.argv[1:]]))"
    )
    tests = [f"tests/properties/test_{name}.py" for name in ("reading", "extraction", "numerals", "syntax")]
    return subprocess.run(
        [sys.executable, "-c", code, *tests, "--hypothesis-show-statistics"], cwd=ROOT
    ).returncode


def run_search(seconds: int) -> int:
    """Run atheris in a process of its own, which it ends."""
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(real_texts()):
            for order in range(len(TEXT_SUFFIXES)):
                seed = bytes([order]) + text[:600].encode()
                Path(folder, f"{number}-{order}").write_bytes(seed)
        command = [sys.executable, __file__, "--coverage", str(seconds), "--child", folder]
        done = subprocess.run(command, stderr=subprocess.PIPE, text=True, cwd=folder)
    lines = done.stderr.splitlines()
    print("\n".join(lines if done.returncode else lines[-4:]))
    return done.returncode


def search(folder: str, seconds: int) -> None:
    lexicon()

    def one_input(data: bytes) -> None:
        if data:
            check_file((TEXT_SUFFIXES[data[0] % len(TEXT_SUFFIXES)], data[1:]))

    limits = [f"-max_total_time={seconds}", "-max_len=3000", f"-timeout={HANGS_AFTER}", "-rss_limit_mb=4096"]
    atheris.Setup([sys.argv[0], *limits, folder], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
