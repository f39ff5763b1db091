"""What many tests share: the real command, and the project's own corpus built once."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: takes more than a few seconds")


@pytest.fixture(scope="session")
def run_kg() -> Run:
    """Run the command ``kg`` as a process of its own; give its status, output and errors."""

    def run(
        *arguments: object,
        cwd: Path = ROOT,
        stdin: bytes | None = None,
        **environment: str,
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "kg", *map(str, arguments)],
            cwd=cwd,
            input=b"" if stdin is None else stdin,
            capture_output=True,
            env={**os.environ, **environment},
            timeout=300,
            check=False,
        )
        out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        return subprocess.CompletedProcess(done.args, done.returncode, out, err)

    return run


@pytest.fixture(scope="session")
def built_corpus(run_kg: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an output folder with the graph of ``corpus/``, all formats; tests only read it."""
    directory = tmp_path_factory.mktemp("built") / "output"
    done = run_kg("build", "corpus", "-o", directory)
    assert done.returncode == 0, done.stderr
    return directory
