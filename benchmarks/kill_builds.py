"""Kill builds at random moments, fill their disk, take their right to write, and count the losses.

    python benchmarks/kill_builds.py [--times N] [--seed N]

An output folder is built of a folder of articles that changes to and fro between two states, so that most
builds are updates; every fourth reads everything again. Each is killed with SIGKILL: half of them at any
moment of its usual duration, a quarter while it publishes what it has written, a quarter while it
publishes file by file, as it does where folders cannot change places. Afterwards the output folder must
hold, byte for byte, one of the two builds from scratch, and a store that holds what that of the build does;
in the end the next build must succeed. The same is asked after builds onto a disk with too little room and
into a folder that is read-only, where this user may mount a small file system for it.
"""

import argparse
import hashlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from kg.outputs import MANIFEST, complete_output, read_manifest  # noqa: E402
from kg.store import STORE, open_store  # noqa: E402

FORMATS = "trig,csv,store"
DISK = "24m"  # room for one build and most of a second
State = tuple[dict[str, str], int]


def main() -> int:
    parser = argparse.ArgumentParser(description="Break builds and count what was lost.")
    parser.add_argument("--times", type=int, default=100, help="moments in all")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        wholes, seconds = build_both(place)
        n_lost = 0
        for kind, share in (("any moment", 2), ("publishing", 4), ("publishing file by file", 4)):
            n_lost += kill_many(kind, place, wholes, seconds, options.times // share, chance)
        n_lost += fill_disk(place, wholes)
        n_lost += forbid_writing(place, wholes)
    print(f"{n_lost} losses in all")
    return 1 if n_lost else 0


def build_both(place: Path) -> tuple[list[State], float]:
    """Return both builds from scratch, and how long the slower took."""
    wholes, longest = [], 0.0
    for state in (0, 1):
        out = place / f"scratch-{state}"
        began = time.monotonic()
        if start_build(set_articles(place, state), out).wait():
            raise SystemExit("a build that nobody disturbs has failed")
        longest = max(longest, time.monotonic() - began)
        wholes.append(look_at(out))
    return wholes, longest


def set_articles(place: Path, state: int) -> Path:
    """Put the articles into one of two states: a file changed, one added, one removed."""
    articles = place / "articles"
    articles.mkdir(exist_ok=True)
    for path in articles.iterdir():
        path.unlink()
    names = ("briefs.jsonl", "2013-grain.html", "2022-power-grid.txt")
    for name in (names[0], names[1 + state]):
        shutil.copy(ROOT / "corpus" / name, articles)
    (articles / "daily.txt").write_text(
        f"要加快发展量子技术。科技创新推动产业{state}升级。\n", encoding="utf-8"
    )
    return articles


def start_build(articles: Path, out: Path, *options: str, cwd: Path = ROOT) -> "subprocess.Popen[bytes]":
    command = [
        sys.executable,
        "-m",
        "kg",
        "build",
        articles,
        "-o",
        out,
        "-q",
        "--jobs",
        "2",
        "--only",
        FORMATS,
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.Popen([*map(str, command), *options], cwd=cwd, env=environment, stderr=subprocess.PIPE)


def kill_many(
    kind: str, place: Path, wholes: list[State], seconds: float, times: int, chance: random.Random
) -> int:
    """Kill builds into one folder again and again; return how often it was not whole afterwards."""
    out = place / "out"
    shutil.rmtree(out, ignore_errors=True)
    start_build(set_articles(place, 1), out).wait()
    before, n_lost, n_finished, n_new = wholes[1], 0, 0, 0
    for turn in range(times):
        options = ["--no-cache"] if turn % 4 == 3 else []
        cwd = out if kind == "publishing file by file" else ROOT  # who stands in a folder must stay in it
        build = start_build(set_articles(place, turn % 2), out, *options, cwd=cwd)
        if kind == "any moment":
            time.sleep(chance.uniform(0, 1.3 * seconds))
        else:
            wait_for_publication(build, out)
            time.sleep(chance.uniform(0, 0.2))
        build.kill()
        is_finished = build.wait() == 0
        after = look_at(out)
        n_finished += is_finished
        n_new += after == wholes[turn % 2] != before
        if after not in (before, wholes[turn % 2]) or (is_finished and after != wholes[turn % 2]):
            n_lost += 1
        before = after
    end = start_build(set_articles(place, 0), out).wait()
    left = sorted(path.name for path in place.iterdir() if path.name.startswith(".out"))
    n_lost += end != 0 or look_at(out) != wholes[0] or bool(left)
    print(
        f"{kind}: {times} moments, {n_finished} builds had ended before, {n_new} left the new state and "
        f"{times - n_new} the one before, {n_lost} losses; the next build ended with {end}",
        flush=True,
    )
    return n_lost


def wait_for_publication(build: "subprocess.Popen[bytes]", out: Path) -> None:
    """Wait until a build has written everything, or has ended."""
    marks = [out.with_name(f".{out.name}.kg-new") / MANIFEST, out / ".kg-new" / MANIFEST]
    while build.poll() is None and not any(mark.exists() for mark in marks):
        time.sleep(0.0005)


def look_at(out: Path) -> State:
    """Return the digests of the files that a build answers for, and how much its store holds."""
    complete_output(out)
    manifest = read_manifest(out)
    if manifest is None:
        return {}, 0
    paths = sorted(path for path in out.rglob("*") if path.is_file() and STORE not in path.parts)
    found = {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths
    }
    return found, len(open_store(out / STORE))


@contextmanager
def small_disk(place: Path, options: str) -> Iterator[Path | None]:
    """Give a small file system of its own, or ``None`` where this user may mount none."""
    disk = place / "disk"
    disk.mkdir(exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "kg", disk], capture_output=True, check=False
    )
    try:
        yield disk if mounted.returncode == 0 else None
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", disk], check=True)


def fill_disk(place: Path, wholes: list[State]) -> int:
    """Build onto a disk that is full sooner or later; return the losses."""
    with small_disk(place, f"size={DISK}") as disk:
        if disk is None:
            print("full disk: not tried; mounting a small one needs root")
            return 0
        out = disk / "out"
        start_build(set_articles(place, 0), out).wait()
        n_tried, n_failed, n_lost = 0, 0, 0
        for left in range(0, 2_000_000, 250_000):
            with (disk / "ballast").open("wb") as file:
                file.write(bytes(max(0, shutil.disk_usage(disk).free - left)))
            build = start_build(set_articles(place, 1), out)
            _, told = build.communicate()
            n_tried += 1
            n_failed += build.returncode != 0
            is_clear = build.returncode == 0 or (told.count(b"\n") == 1 and b"what was there before" in told)
            n_lost += look_at(out) != wholes[0 if build.returncode else 1] or not is_clear
            if not is_clear:
                print(told.decode("utf-8", "replace"))
            (disk / "ballast").unlink()
            n_lost += start_build(set_articles(place, 0), out).wait() != 0 or look_at(out) != wholes[0]
    print(f"full disk: {n_tried} amounts of room, {n_failed} builds failed, {n_lost} losses", flush=True)
    return n_lost


def forbid_writing(place: Path, wholes: list[State]) -> int:
    """Build into a folder of a disk that is read-only; return the losses."""
    with small_disk(place, f"size={DISK}") as disk:
        if disk is None:
            print("read-only folder: not tried; mounting one needs root")
            return 0
        out = disk / "out"
        start_build(set_articles(place, 0), out).wait()
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        build = start_build(set_articles(place, 1), out)
        _, told = build.communicate()
        n_lost = int(build.returncode != 2 or b"read-only" not in told or look_at(out) != wholes[0])
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
        n_lost += start_build(set_articles(place, 1), out).wait() != 0 or look_at(out) != wholes[1]
    print(f"read-only folder: refused with 'kg: {told.decode().strip()[4:90]}…', {n_lost} losses", flush=True)
    return n_lost


if __name__ == "__main__":
    sys.exit(main())
