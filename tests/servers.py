"""The real server, as a process of its own on the loopback interface, and builds for it to serve."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from commands import ROOT
from kg.graph import KnowledgeGraph
from kg.outputs import open_output, write_manifest
from kg.page import write_html
from kg.rdf import write_trig

# Of the server that most tests ask: small, so that they are reached soon.
TIME_LIMIT = 2.5  # seconds; half of it is more than a short query may take
SIZE_LIMIT = 12  # MB; what a reader does not take must be more than the kernel buffers for it
PATIENCE = 1.0  # seconds


@dataclass(frozen=True)
class Server:
    """A running server."""

    url: str
    process: "subprocess.Popen[str]"

    @property
    def endpoint(self) -> str:
        return f"{self.url}/sparql"

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(20)


def publish(graph: KnowledgeGraph, directory: Path, *, pages: bool = True) -> None:
    """Write a build as ``kg build`` does."""
    with open_output(directory) as staging:
        write_trig(graph, staging / "graph.trig")
        if pages:
            write_html(graph, staging, exports=["graph.trig"])
        write_manifest(staging, generator="test", summary={})


@contextmanager
def run_server(directory: Path, *options: str) -> Iterator[Server]:
    """Serve *directory* at a free port until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", str(directory), "--port", "0", *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    assert process.stderr is not None
    line = process.stdout.readline()
    if not line.startswith("Serving "):
        raise AssertionError(line + process.stderr.read())
    try:
        yield Server(line.split(" at ")[1].split("/  ")[0], process)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(20)
        process.stdout.close()
        process.stderr.close()
