"""The server starts, changes over to a new build, and ends, each cleanly."""

import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from kg.errors import KgError
from kg.server import serve
from sample import sample_graph
from servers import publish, run_server

COUNT = "/sparql?query=SELECT(COUNT(*)AS?n){?s%20a%20kg:Article}"


def n_articles(client: httpx.Client) -> int:
    response = client.get(COUNT)
    assert response.status_code == 200, response.text
    return int(response.json()["results"]["bindings"][0]["n"]["value"])


def keepers(directory: Path) -> list[str]:
    """Return the processes that hold the graph of a folder, by their command lines."""
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().decode("utf-8", "replace").split("\0")
        except OSError:
            continue
        if "kg.server.keepers" in words and str(directory) in words:
            lines.append(path.parent.name)
    return lines


def test_a_new_build_is_picked_up_and_no_request_fails(tmp_path: Path) -> None:
    directory, graph = tmp_path / "out", sample_graph()
    publish(replace(graph, articles=graph.articles[:2]), directory, pages=False)
    with (
        run_server(directory, "--reload") as server,
        httpx.Client(base_url=server.url, timeout=20, trust_env=False) as client,
    ):
        assert n_articles(client) == 2
        seen: list[int] = []
        done = threading.Event()
        asking = threading.Thread(target=lambda: seen.extend(_keep_asking(server.url, done)))
        asking.start()
        publish(graph, directory, pages=False)
        ends = time.monotonic() + 15
        while n_articles(client) != 3 and time.monotonic() < ends:
            time.sleep(0.1)
        done.set()
        asking.join()
        assert n_articles(client) == 3
        assert seen == sorted(seen)
        assert set(seen) <= {2, 3}
        assert len(client.get("/api/entities?limit=1000").json()["items"]) > 0
        ends = time.monotonic() + 5
        while len(keepers(directory)) > 3 and time.monotonic() < ends:  # the old one ends
            time.sleep(0.1)
        assert server.stop(signal.SIGTERM) == 0


def _keep_asking(url: str, done: threading.Event) -> list[int]:
    with httpx.Client(base_url=url, timeout=20, trust_env=False) as client:
        seen = []
        while not done.is_set():
            seen.append(n_articles(client))
        return seen


def test_ctrl_c_ends_it_and_all_its_processes(build: Path) -> None:
    before = set(keepers(build))
    with (
        run_server(build) as server,
        httpx.Client(base_url=server.url, timeout=20, trust_env=False) as client,
    ):
        assert n_articles(client) == 3
        assert set(keepers(build)) - before
        assert server.stop(signal.SIGINT) == 0
        assert server.process.stderr is not None
        assert server.process.stderr.read() == ""
    time.sleep(0.2)
    assert not set(keepers(build)) - before


def test_a_killed_server_leaves_no_process(build: Path) -> None:
    before = set(keepers(build))
    with (
        run_server(build) as server,
        httpx.Client(base_url=server.url, timeout=20, trust_env=False) as client,
    ):
        assert n_articles(client) == 3
        server.stop(signal.SIGKILL)
    ends = time.monotonic() + 5
    while set(keepers(build)) - before and time.monotonic() < ends:
        time.sleep(0.05)
    assert not set(keepers(build)) - before


def test_other_origins_may_ask_when_they_are_let(build: Path) -> None:
    with run_server(build, "--cors", "https://example.org") as server:
        for origin, allowed in (("https://example.org", "https://example.org"), ("https://other.org", None)):
            response = httpx.get(f"{server.url}{COUNT}", headers={"Origin": origin}, trust_env=False)
            assert response.headers.get("access-control-allow-origin") == allowed
        with pytest.raises(KgError, match="pass another --host or --port"):
            serve(build, port=server.port)


def test_a_folder_without_a_build_is_told(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as apart:  # the browser tests leave an event loop running in this thread
        with pytest.raises(KgError, match="holds no build"):
            apart.submit(serve, tmp_path).result()
        build = '{"generator": "x", "files": {}, "summary": {}}'
        (tmp_path / "build.json").write_text(build, encoding="utf-8")
        with pytest.raises(KgError, match="holds no graph"):
            apart.submit(serve, tmp_path).result()
