"""Load a server of its own from many clients at once, honest and hostile ones, and report what each got.

    python benchmarks/load_server.py [--clients N] [--seconds N] [--nodes N] [--time-limit SECONDS]

First honest clients alone, each asking one query after the other; then the same while others send
queries without end, read nothing, send half a request, send nonsense and ask for huge answers. Everything
stays on the loopback interface.
"""

import argparse
import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from kg.store import named_questions  # noqa: E402
from servers import Server, publish, run_server  # noqa: E402
from synthetic import synthetic_graph  # noqa: E402

QUERIES = {
    "lookup": "SELECT ?o { entity:%s kg:promotes ?o } LIMIT 10",
    "list": "SELECT ?name { ?x a kg:Technology ; skos:prefLabel ?name } ORDER BY ?name LIMIT 50",
    "evidence": "SELECT ?text { ?s rdf:subject entity:%s ; prov:wasDerivedFrom/kg:text ?text } LIMIT 10",
    "question": named_questions()["most-mentioned"].text,
}
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
HUGE = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 150000"
Work = Callable[[], Awaitable[None]]


class Load:
    """Clients of one server, and what they got."""

    def __init__(self, server: Server, names: list[str], time_limit: float) -> None:
        self.server = server
        self.names = names
        self.time_limit = time_limit
        self.http = httpx.AsyncClient(
            base_url=server.url,
            timeout=60,
            trust_env=False,
            limits=httpx.Limits(max_connections=200, max_keepalive_connections=200),
        )
        self.statuses: dict[str, Counter[int]] = defaultdict(Counter)
        self.times: dict[str, list[float]] = defaultdict(list)
        self.longest_refused = 0.0

    async def honest(self) -> None:
        kind = random.choices((*QUERIES, "search"), weights=(8, 2, 8, 1, 8))[0]
        began = time.perf_counter()
        if kind == "search":
            response = await self.http.get("/api/search", params={"q": random.choice(self.names)[:2]})
        else:
            query = QUERIES[kind].replace("%s", random.choice(self.names))
            response = await self.http.post("/sparql", data={"query": query})
        self.statuses["honest"][response.status_code] += 1
        self.times[kind].append(time.perf_counter() - began)

    async def endless(self) -> None:
        await self._refused("endless query", ENDLESS)

    async def huge(self) -> None:
        await self._refused("huge answer", HUGE)

    async def _refused(self, kind: str, query: str) -> None:
        began = time.perf_counter()
        response = await self.http.post("/sparql", data={"query": query})
        self.statuses[kind][response.status_code] += 1
        self.longest_refused = max(self.longest_refused, time.perf_counter() - began)

    async def half(self) -> None:
        await self._raw("half a request", b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Le")

    async def nonsense(self) -> None:
        await self._raw("nonsense", os.urandom(random.randint(1, 5000)) + b"\r\n\r\n")

    async def _raw(self, kind: str, data: bytes) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.server.port)
        try:
            writer.write(data)
            answer = await reader.read(1 << 16)
        except ConnectionError:
            answer = b""
        status = int(answer[9:12]) if answer.startswith(b"HTTP/1.1 ") else 0
        self.statuses[kind][status] += 1
        writer.close()

    async def unread(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.server.port, limit=1 << 12)
        query = HUGE.replace("150000", "100000").replace(" ", "+")
        writer.write(f"GET /sparql?query={query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        await asyncio.sleep(random.uniform(1, 5))
        self.statuses["unread answer"][0] += 1
        writer.transport.abort()
        del reader


async def run(load: Load, works: dict[Work, int], seconds: float) -> None:
    ends = time.perf_counter() + seconds

    async def client(work: Work) -> None:
        while time.perf_counter() < ends:
            try:
                await work()
            except httpx.HTTPError as error:
                load.statuses["errors"][-1] += 1
                print(f"  a client failed: {error!r}")

    await asyncio.gather(*(client(work) for work, n in works.items() for _ in range(n)))


def memory(pid: int) -> int:
    """Return what a process and those it started use, in bytes, what they share counted once."""
    total = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text(encoding="utf-8").rpartition(")")[2].split()[1])
            number = int(path.parent.name)
            if number == pid:
                total += _pss(number)
            elif parent == pid:
                total += memory(number)
        except (OSError, ValueError):
            continue
    return total


def _pss(pid: int) -> int:
    text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
    return int(text.split("Pss:")[1].split()[0]) * 1024


async def watch(pid: int, peak: list[int]) -> None:
    while True:
        peak[0] = max(peak[0], await asyncio.to_thread(memory, pid))
        await asyncio.sleep(0.5)


async def measure(load: Load, name: str, works: dict[Work, int], seconds: float) -> None:
    load.statuses.clear()
    load.times.clear()
    peak = [0]
    watcher = asyncio.create_task(watch(load.server.process.pid, peak))
    await run(load, works, seconds)
    watcher.cancel()
    print(f"{name}: {sum(works.values())} clients for {seconds:g} s, at most {peak[0] >> 20:,} MB")
    n_honest = sum(load.statuses["honest"].values())
    print(f"  honest clients: {n_honest / seconds:,.0f} answers a second")
    for kind, times in load.times.items():
        cuts = statistics.quantiles(times, n=100) if len(times) > 1 else times * 99
        median, slow = cuts[49] * 1000, cuts[98] * 1000
        print(f"    {kind:<10}{len(times):>7,}  median {median:6.0f} ms  99 % {slow:6.0f} ms")
    for kind, statuses in sorted(load.statuses.items()):
        print(f"  {kind:<16}" + "  ".join(f"{_say(s)}: {n:,}" for s, n in sorted(statuses.items())))
    if load.longest_refused:
        print(f"  the longest wait of a client that was refused: {load.longest_refused:.1f} s")


def _say(status: int) -> str:
    return "closed" if status == 0 else str(status)


async def main_async(options: argparse.Namespace, server: Server, names: list[str]) -> None:
    load = Load(server, names, options.time_limit)
    await measure(load, "honest", {load.honest: options.clients}, options.seconds)
    hostile = {load.endless: 2, load.huge: 4, load.unread: 8, load.half: 50, load.nonsense: 4}
    await measure(load, "honest and hostile", {load.honest: options.clients, **hostile}, options.seconds)
    response = await load.http.post("/sparql", data={"query": "ASK {}"})
    print(f"afterwards: {response.status_code}")
    await load.http.aclose()


def main() -> None:
    parser = argparse.ArgumentParser(description="Load a server of its own.")
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--nodes", type=int, default=3000)
    parser.add_argument("--time-limit", type=float, default=10)
    options = parser.parse_args()
    random.seed(1)
    graph = synthetic_graph(options.nodes)
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder, "out")
        publish(graph, directory, pages=False)
        print(f"{options.nodes:,} entities, {sum(1 for _ in graph.statements()):,} statements")
        with run_server(directory, "--time-limit", str(options.time_limit)) as server:
            asyncio.run(main_async(options, server, [entity.name for entity in graph.entities]))


if __name__ == "__main__":
    main()
