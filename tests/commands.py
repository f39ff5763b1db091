"""The real command, run as a process of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
Done = subprocess.CompletedProcess[str]
Run = Callable[..., Done]


def run_command(
    *arguments: object, cwd: Path = ROOT, stdin: bytes = b"", seconds: float = 300, **environment: str
) -> Done:
    """Run ``kg`` with *arguments* and give its status, output and errors."""
    done = subprocess.run(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env={**os.environ, **environment},
        timeout=seconds,
        check=False,
    )
    return Done(done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
