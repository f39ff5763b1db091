"""What many tests share: the real command, and the project's own corpus built once."""

from pathlib import Path

import pytest

from commands import Run, run_command


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write what is found as what is expected")
    parser.addoption("--update-docs", action="store_true", help="put real output into docs' console examples")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: takes more than a few seconds")


@pytest.fixture(scope="session")
def run_kg() -> Run:
    """Return what runs the command ``kg``."""
    return run_command


@pytest.fixture(scope="session")
def built_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an output folder with the graph of ``corpus/``, all formats; tests only read it."""
    directory = tmp_path_factory.mktemp("built") / "output"
    done = run_command("build", "corpus", "-o", directory)
    assert done.returncode == 0, done.stderr
    return directory
