"""Workers for many clients: as many queries at a time as there are cores, the others wait their turn.

Turns go from client to client, so one with many queries waits for its own, and not the others for it.

A query that takes more than a second gives its turn to others and goes on beside them, at a lower
priority; as many long ones at a time as there are cores, and as many again are paused until they may
go on. So a few queries without end keep nobody else waiting for long.
"""

import asyncio
import json
import os
import signal
import socket
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from kg.errors import InternalError, KgError
from kg.server.connections import current_client
from kg.server.messages import LENGTHS_SIZE, Reply, Request, pack_request, refuse, unpack_lengths
from kg.server.turns import TooManyError, Turns

_MAX_WAITING = 200
_SHORT = 1.0  # seconds after which a query is a long one, and makes room for others
_LONG_NICE = 5
_GRACE = 2  # seconds; the alarm of the worker itself comes first


class UnansweredError(KgError):
    """A query was not answered; the status says whether that may pass."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class Pool:
    """One graph in its own process, and the workers that answer from it."""

    def __init__(self, keeper: asyncio.subprocess.Process, control: socket.socket, base: str, size: int):
        self.base = base
        self._keeper = keeper
        self._control = control
        self._size = size
        self._turns = Turns(size, most=_MAX_WAITING)
        self._long = asyncio.Semaphore(size)
        self._n_paused = 0
        self._idle: list[_Worker] = []

    @classmethod
    async def start(cls, source: Path, *, size: int) -> Self:
        """Load the graph of *source* in a process of its own.

        Raises:
            KgError: There is no graph to load.
        """
        control, theirs = socket.socketpair()
        with theirs:
            keeper = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "kg.server.keepers", str(theirs.fileno()), str(source)),
                pass_fds=[theirs.fileno()],
                stdin=asyncio.subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for the server, which ends its keeper
            )
        stream = await _Stream.open(control.dup())
        try:
            message = await stream.read()
        except BaseException:
            control.close()  # the keeper ends with it
            raise
        finally:
            stream.close()
        if message is None or "error" in message[0]:
            control.close()
            await keeper.wait()
            if message is None:
                raise InternalError(f"{source}: the process that loads the graph has died")
            raise KgError(message[0]["error"])
        return cls(keeper, control, message[0]["base"], size)

    @property
    def has_died(self) -> bool:
        """Tell whether the process that holds the graph is gone."""
        return self._keeper.returncode is not None

    async def ask(self, request: Request) -> Reply:
        """Return the answer, or one sentence: nothing that a query does is an exception here.

        Waiting for a turn may take half of the query's time and is part of it; clients have turns one after
        the other. A caller that is cancelled ends the query.
        """
        ends = time.monotonic() + request.seconds
        try:
            async with asyncio.timeout(request.seconds / 2):
                await self._turns.acquire(current_client())
        except TooManyError:
            return refuse(503, "query: too many queries are waiting; try again in a moment")
        except TimeoutError:
            return refuse(503, "query: no worker was free in time; try again in a moment")
        turn = _Turn(self._turns)
        try:
            return await self._ask_worker(request, ends, turn)
        finally:
            turn.end()

    async def _ask_worker(self, request: Request, ends: float, turn: "_Turn") -> Reply:
        worker = self._idle.pop() if self._idle else await self._hire()
        seconds = ends - time.monotonic()
        work = asyncio.create_task(worker.ask(replace(request, seconds=seconds)))
        reply = None
        try:
            await asyncio.wait({work}, timeout=min(_SHORT, seconds + _GRACE))
            if not work.done() and not await self._go_on(worker, ends, turn):
                return refuse(503, "query: many long queries run already; try again in a moment")
            await asyncio.wait({work}, timeout=max(0, ends - time.monotonic()) + _GRACE)
            reply = work.result() if work.done() else None
        finally:
            work.cancel()
            if reply is None or turn.is_long:
                worker.end()
            else:
                self._idle.append(worker)
        if reply is not None:
            return reply
        if time.monotonic() >= ends:
            return refuse(503, f"query: ended after {request.seconds:g} s; ask for less, or add LIMIT")
        return refuse(500, "query: too large or too deeply nested for a worker; ask for less")

    async def _go_on(self, worker: "_Worker", ends: float, turn: "_Turn") -> bool:
        """Make a query a long one: others get its turn, and it goes on when it may, or never."""
        turn.end()
        must_wait = self._long.locked()
        if must_wait and self._n_paused >= self._size:
            return False
        if must_wait:
            worker.pause()
        self._n_paused += must_wait
        try:
            async with asyncio.timeout(max(0, ends - time.monotonic())):
                await self._long.acquire()
        except TimeoutError:
            return False
        finally:
            self._n_paused -= must_wait
        turn.begin(self._long)
        worker.go_on()
        return True

    async def _hire(self) -> "_Worker":
        ours, theirs = socket.socketpair()
        with theirs, suppress(ConnectionError):
            socket.send_fds(self._control, [b"+"], [theirs.fileno()])
        stream = await _Stream.open(ours)
        hello = await stream.read()
        if hello is None:
            stream.close()
            raise UnansweredError(503, "the process that holds the graph has died; it is started again")
        return _Worker(stream, hello[0]["pid"])

    async def close(self) -> None:
        """Wait for the queries under way, then end all processes."""
        for _ in range(self._size):
            await self._turns.acquire()
            await self._long.acquire()
        await self.end()

    async def end(self) -> None:
        """End all processes, and with them whatever they are doing."""
        for worker in self._idle:
            worker.end()
        self._control.close()
        await self._keeper.wait()


class _Worker:
    def __init__(self, stream: "_Stream", pid: int) -> None:
        self._stream = stream
        self._pid = pid

    async def ask(self, request: Request) -> Reply | None:
        """Return the reply, or ``None`` if the worker has ended over it."""
        await self._stream.write(pack_request(request))
        message = await self._stream.read()
        return None if message is None else Reply(body=message[1], **message[0])

    def pause(self) -> None:
        """Stop it where it is. Its alarm goes on, and rings when it does."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it run, behind those whose queries are short."""
        with suppress(ProcessLookupError, PermissionError):
            os.setpriority(os.PRIO_PROCESS, self._pid, _LONG_NICE)
        self._signal(signal.SIGCONT)

    def end(self) -> None:
        """End it, whatever it does."""
        self._signal(signal.SIGKILL)
        self._stream.close()

    def _signal(self, number: int) -> None:
        # Its id cannot be another's yet: the keeper forgets an ended worker only when it makes the next.
        with suppress(ProcessLookupError):
            os.kill(self._pid, number)


class _Turn:
    """The right of one query to run, of one sort or the other, or none."""

    def __init__(self, turns: Turns) -> None:
        self.is_long = False
        self._turns: Turns | asyncio.Semaphore | None = turns

    def begin(self, turns: asyncio.Semaphore) -> None:
        self.is_long = True
        self._turns = turns

    def end(self) -> None:
        if self._turns is not None:
            self._turns.release()
        self._turns = None


class _Stream:
    """Messages over a socket, for the server's event loop."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def open(cls, connection: socket.socket) -> Self:
        return cls(*await asyncio.open_connection(sock=connection))

    async def read(self) -> tuple[Any, bytes] | None:
        try:
            n_head, n_body = unpack_lengths(await self._reader.readexactly(LENGTHS_SIZE))
            head = json.loads(await self._reader.readexactly(n_head))
            return head, await self._reader.readexactly(n_body)
        except (asyncio.IncompleteReadError, ConnectionError):
            return None

    async def write(self, data: bytes) -> None:
        with suppress(ConnectionError):  # the next read will tell
            self._writer.write(data)
            await self._writer.drain()

    def close(self) -> None:
        self._writer.close()
