"""The process that holds the graph and forks the workers that answer.

A query cannot be interrupted, so each runs in a process that can be ended. A worker is a fork of this
process: it has the graph at once, shares its memory, and whatever a query does to it, the next
worker is as good as new. The kernel keeps the limits: an alarm ends a worker whose time is up, its
memory is bounded, and it cannot open a file or a connection.

Run as ``python -m kg.server.keepers FD SOURCE``, with a socket to the server as the descriptor.
"""

import gc
import io
import os
import resource
import signal
import socket
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.server.messages import Reply, Request, pack, read_message, refuse
from kg.server.negotiation import NotAcceptableError, choose_type
from kg.store import GraphStore, RefusedError, open_store

_MEMORY = 1 << 30  # bytes that a worker may take on top of the graph; a large sort takes a tenth


def keep(control: socket.socket, source: str) -> None:
    """Load the graph, say so, and give a worker to every socket that comes, until the server is gone."""
    try:
        store = open_store(source, in_memory=True)  # a worker can open no file
    except KgError as error:
        _say(control, {"error": str(error)})
        return
    gc.collect()
    gc.freeze()  # a collection in a worker must not copy what it shares
    _say(control, {"base": store.base})
    while True:
        _, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        _reap()
        if not descriptors:
            return
        if os.fork() == 0:
            _become_worker(store, control, descriptors[0])
        os.close(descriptors[0])


def _say(control: socket.socket, head: object) -> None:
    with suppress(ConnectionError):  # the server has ended meanwhile, and the next look will show it
        control.sendall(pack(head))


def _become_worker(store: GraphStore, control: socket.socket, descriptor: int) -> None:
    status = 1
    try:
        control.close()
        _bound_resources()
        with socket.socket(fileno=descriptor) as server, server.makefile("rwb") as stream:
            stream.write(pack({"pid": os.getpid()}))
            stream.flush()
            while message := read_message(stream):
                reply = _answer_in_time(store, Request(**message[0]))
                stream.write(pack({"status": reply.status, "media_type": reply.media_type}, reply.body))
                stream.flush()
        status = 0
    finally:
        os._exit(status)  # never back into the keeper's loop


def _bound_resources() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError):  # no /proc: not Linux
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        memory = pages * resource.getpagesize() + _MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))  # what is open stays open


def _answer_in_time(store: GraphStore, request: Request) -> Reply:
    signal.setitimer(signal.ITIMER_REAL, request.seconds)  # the alarm ends this process
    try:
        return answer(store, request)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def answer(store: GraphStore, request: Request) -> Reply:
    """Return what the graph answers, or one sentence that says why it does not."""
    output = _BoundedBytes(request.max_bytes)
    try:
        media_type = store.write(
            request.query,
            output,
            choose=partial(choose_type, request.accept),
            default_graphs=request.default_graphs,
            named_graphs=request.named_graphs,
        )
    except RefusedError as error:
        return refuse(403, str(error))
    except NotAcceptableError as error:
        return refuse(406, str(error))
    except KgError as error:
        return refuse(400, str(error))
    except _TooLargeError:
        size = f"{request.max_bytes / (1 << 20):g} MB"
        return refuse(400, f"query: the result is larger than {size}; add LIMIT or ask for less")
    except (OSError, ValueError, RuntimeError) as error:  # what Oxigraph says while it evaluates
        return refuse(400, f"query: cannot be evaluated: {' '.join(str(error).split())}")
    return Reply(200, media_type, output.getvalue())


class _TooLargeError(Exception):
    """The result has outgrown its limit."""


class _BoundedBytes(io.BytesIO):
    def __init__(self, max_bytes: int) -> None:
        super().__init__()
        self._left = max_bytes

    def write(self, data: Any, /) -> int:  # any buffer
        written = super().write(data)
        self._left -= written
        if self._left < 0:
            raise _TooLargeError
        return written


def _reap() -> None:
    """Forget the workers that have ended. Until then their ids are not given to others."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


if __name__ == "__main__":
    keep(socket.socket(fileno=int(sys.argv[1])), sys.argv[2])
