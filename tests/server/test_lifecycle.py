"""The server starts, changes over to a new build, and ends, each cleanly."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from kg.errors import KgError
from kg.server import serve
from sample import sample_graph
from servers import Server, publish, run_server

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


def is_child(pid: str, parent: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:  # it has ended since it was listed
        return False
    return f"PPid:\t{parent}\n" in status


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


@pytest.fixture(scope="module")
def open_server(build: Path) -> Iterator[Server]:
    with run_server(build, "--cors", "https://example.org") as server:
        yield server


def test_other_origins_may_ask_when_they_are_let(open_server: Server) -> None:
    for origin, allowed in (("https://example.org", "https://example.org"), ("https://other.org", None)):
        response = httpx.get(f"{open_server.url}{COUNT}", headers={"Origin": origin}, trust_env=False)
        assert response.headers.get("access-control-allow-origin") == allowed


def test_a_port_that_is_taken_is_told(open_server: Server, build: Path) -> None:
    with pytest.raises(KgError, match="pass another --host or --port"):
        serve(build, port=open_server.port)


def test_a_graph_whose_process_was_killed_is_loaded_again(open_server: Server, build: Path) -> None:
    def holders() -> set[str]:
        return {one for one in keepers(build) if is_child(one, open_server.process.pid)}

    killed = holders()
    assert len(killed) == 1
    os.kill(int(killed.pop()), signal.SIGKILL)
    ends = time.monotonic() + 30
    statuses: list[int] = []
    while time.monotonic() < ends and not (holders() and statuses[-3:] == [200] * 3):
        statuses.append(httpx.get(f"{open_server.url}{COUNT}", trust_env=False).status_code)
        time.sleep(0.1)
    assert holders()
    assert statuses[-1] == 200
    assert set(statuses) <= {200, 503}


def test_ctrl_c_ends_it_and_all_its_processes(open_server: Server, build: Path) -> None:
    """The last of the tests that share this server."""
    ours = [one for one in keepers(build) if is_child(one, open_server.process.pid)]
    assert len(ours) == 1
    assert httpx.get(f"{open_server.url}{COUNT}", trust_env=False).status_code == 200
    assert open_server.stop(signal.SIGINT) == 0
    assert open_server.process.stderr is not None
    assert open_server.process.stderr.read() == ""
    assert not set(ours) & set(keepers(build))


def test_a_folder_without_a_build_is_told(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="holds no build"):
        serve(tmp_path)
    build = '{"generator": "x", "files": {}, "summary": {}}'
    (tmp_path / "build.json").write_text(build, encoding="utf-8")
    with pytest.raises(KgError, match="holds no graph"):
        serve(tmp_path)
