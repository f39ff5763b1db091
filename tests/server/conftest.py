"""One server for all tests that only ask, with small limits so that these are reached soon."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from sample import sample_graph
from servers import PATIENCE, SIZE_LIMIT, TIME_LIMIT, Server, publish, run_server


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("served") / "output"
    publish(sample_graph(), directory)
    (directory / "private.txt").write_text("not listed by the build", encoding="utf-8")
    return directory


@pytest.fixture(scope="session")
def server(build: Path) -> Iterator[Server]:
    limits = {"--time-limit": TIME_LIMIT, "--size-limit": SIZE_LIMIT, "--patience": PATIENCE}
    with run_server(build, *(str(word) for option in limits.items() for word in option)) as server:
        yield server


@pytest.fixture(scope="session")
def client(server: Server) -> Iterator[httpx.Client]:
    # A connection that the server is about to let go is not used again.
    limits = httpx.Limits(keepalive_expiry=PATIENCE / 3)
    with httpx.Client(base_url=server.url, timeout=20, trust_env=False, limits=limits) as client:
        yield client
