"""Kill builds at random moments and count the losses: output folders that hold no build whole.

    python benchmarks/kill_builds.py [--times N] [--seed N]

An output folder is built from one of two inputs in turn; each build is killed with SIGKILL at a random
moment of its usual duration. Afterwards every file must be that of one of the two builds, and in the end
the next build must succeed.
"""

import argparse
import hashlib
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
INPUTS = (ROOT / "corpus" / "2013-grain.html", ROOT / "corpus" / "commentaries.md")


def main() -> int:
    parser = argparse.ArgumentParser(description="Kill builds and count what was lost.")
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        wholes, durations = [], []
        for source in INPUTS:
            started = time.monotonic()
            start_build(source, out).wait()
            durations.append(time.monotonic() - started)
            wholes.append(digest_files(out))
        losses, finished = 0, 0
        for turn in range(options.times):
            build = start_build(INPUTS[turn % 2], out)
            time.sleep(chance.uniform(0, 1.5 * max(durations)))
            build.kill()
            finished += build.wait() == 0
            losses += digest_files(out) not in wholes
        end = start_build(INPUTS[0], out).wait()
        left = sorted(path.name for path in Path(folder).iterdir())
    print(f"{options.times} moments, {finished} builds had finished before, {losses} losses")
    print(f"the next build ended with {end}; beside the output folder stands {left[1:] or 'nothing'}")
    return 1 if losses or end else 0


def start_build(source: Path, out: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "kg", "build", str(source), "-o", str(out), "-q", "--jobs", "2"]
    return subprocess.Popen(command, cwd=ROOT)


def digest_files(out: Path) -> dict[str, str]:
    """Return the digests of the files that stand in *out*, after a look at the list that should be there."""
    json.loads((out / "build.json").read_text(encoding="utf-8"))
    paths = sorted(path for path in out.rglob("*") if path.is_file())
    return {path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


if __name__ == "__main__":
    sys.exit(main())
