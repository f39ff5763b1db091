"""A real build that is killed, or whose disk is full or read-only, leaves the last build or its own, whole.

``benchmarks/kill_builds.py`` tries a hundred moments; these are few, each at a place of its own.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands import ROOT, run_command
from kg.outputs import MANIFEST, complete_output
from kg.store import STORE, open_store

FORMATS = ("--only", "trig,store", "-q")
TEXTS = ("要加快发展量子技术。科技创新催生新产业。", "新质生产力的特点是创新。要坚决防止一哄而上。")
State = tuple[dict[str, bytes], int]


def write_articles(folder: Path, state: int) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "daily.txt").write_text(TEXTS[state], encoding="utf-8")
    (folder / "always.txt").write_text("绿色转型推动能源革命。", encoding="utf-8")
    return folder


def look_at(out: Path) -> State:
    """Return the bytes that a build answers for, and how much its store holds."""
    complete_output(out)
    paths = sorted(path for path in out.rglob("*") if path.is_file() and STORE not in path.parts)
    return {path.name: path.read_bytes() for path in paths}, len(open_store(out / STORE))


@pytest.fixture(scope="module")
def wholes(tmp_path_factory: pytest.TempPathFactory) -> list[State]:
    """Both states, built from scratch."""
    found = []
    for state in (0, 1):
        place = tmp_path_factory.mktemp("whole")
        articles = write_articles(place / "articles", state)
        assert run_command("build", articles, "-o", place / "out", *FORMATS).returncode == 0
        found.append(look_at(place / "out"))
    return found


@pytest.mark.parametrize(("place", "delay"), [("beside", 0.0), ("inside", 0.03)])
def test_an_update_killed_while_it_publishes_leaves_one_state_whole(
    tmp_path: Path, wholes: list[State], place: str, delay: float
) -> None:
    out = tmp_path / "out"
    run_command("build", write_articles(tmp_path / "articles", 0), "-o", out, *FORMATS)
    command = [
        sys.executable,
        "-m",
        "kg",
        "build",
        write_articles(tmp_path / "articles", 1),
        "-o",
        out,
        *FORMATS,
    ]
    # Who stands in the folder must stay in it, so it does not change places but its files are moved.
    with subprocess.Popen(list(map(str, command)), cwd=out if place == "inside" else ROOT) as update:
        written = tmp_path / ".out.kg-new" / MANIFEST
        while update.poll() is None and not written.exists():
            time.sleep(0.001)
        time.sleep(delay)
        update.kill()
    assert look_at(out) in wholes
    assert run_command("build", tmp_path / "articles", "-o", out, *FORMATS).returncode == 0
    assert look_at(out) == wholes[1]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles", "out"]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 4 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=4m", "kg", str(folder)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("this user may mount no file system")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_leaves_the_last_build(tmp_path: Path, wholes: list[State], disk: Path) -> None:
    out = disk / "out"
    run_command("build", write_articles(tmp_path / "articles", 0), "-o", out, *FORMATS)
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    (disk / "ballast").write_bytes(bytes(free - 100_000))
    done = run_command("build", write_articles(tmp_path / "articles", 1), "-o", out, *FORMATS)
    assert (done.returncode, done.stderr) == (
        2,
        f"kg: {out}: no space left on device; what was there before is unchanged\n",
    )
    assert look_at(out) == wholes[0]
    (disk / "ballast").unlink()
    assert run_command("build", tmp_path / "articles", "-o", out, *FORMATS).returncode == 0
    assert look_at(out) == wholes[1]


def test_a_disk_that_is_read_only_is_refused(tmp_path: Path, wholes: list[State], disk: Path) -> None:
    out = disk / "out"
    articles = write_articles(tmp_path / "articles", 0)
    run_command("build", articles, "-o", out, *FORMATS)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    done = run_command("build", articles, "-o", out, *FORMATS)
    assert done.returncode == 2
    assert done.stderr.startswith(f"kg: {out}: the folder is read-only; make it writable or pass another -o")
    assert look_at(out) == wholes[0]
