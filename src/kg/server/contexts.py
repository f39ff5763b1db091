"""What every request needs: the build as it stands, the limits, and the ways to read and to refuse."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastapi import Request as HttpRequest
from fastapi import Response
from starlette.types import Receive, Scope, Send

from kg.server.messages import Reply
from kg.server.snapshots import Snapshot

_MAX_BODY = 1 << 20  # bytes; the longest named question has two thousand
_MAX_SENDING = 512 << 20  # bytes of long replies that wait for their readers, all clients together
_LONG = 1 << 20  # a reply of fewer bytes is always kept: there are no more of them than connections
_CHUNK = 1 << 16
_SLOWEST = 1 << 17  # bytes a second that a reader must take


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one client may ask for: seconds and size of an answer, seconds for sending and reading."""

    seconds: float = 30
    max_bytes: int = 64 << 20
    patience: float = 10


@dataclass
class Site:
    """The one thing of the server that changes: which build it shows."""

    directory: Path
    snapshot: Snapshot
    limits: Limits
    sending: "Sending" = field(default_factory=lambda: Sending())


class RefusedRequestError(Exception):
    """A request that is not answered: an HTTP status and one sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


class Sending:
    """How many bytes of long replies wait for their readers."""

    def __init__(self, most: int = _MAX_SENDING) -> None:
        self._left = most

    def take(self, size: int) -> bool:
        """Make room for a reply, if there is any."""
        if size > self._left:
            return False
        self._left -= size
        return True

    def give_back(self, size: int) -> None:
        """Forget a reply that has been sent, or whose reader was let go."""
        self._left += size


async def read_body(request: HttpRequest, patience: float) -> bytes:
    """Return the body of a request, which must be small and come soon.

    Raises:
        RefusedRequestError: It is too large or too slow.
    """
    body = bytearray()
    try:
        async with asyncio.timeout(patience):
            async for chunk in request.stream():
                body += chunk
                if len(body) > _MAX_BODY:
                    raise RefusedRequestError(413, f"the request is longer than {_MAX_BODY >> 20} MB")
    except TimeoutError:
        raise RefusedRequestError(408, f"the request did not arrive within {patience:g} s") from None
    return bytes(body)


async def while_connected(request: HttpRequest, work: Coroutine[Any, Any, Reply]) -> Reply:
    """Do *work* unless the client goes away meanwhile; then it is cancelled."""
    task = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_wait_for_end(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        return Reply(499, "text/plain", b"")  # nobody reads it
    finally:
        for one in (task, gone):
            one.cancel()
        await asyncio.gather(task, gone, return_exceptions=True)


async def _wait_for_end(request: HttpRequest) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def to_response(reply: Reply, site: Site) -> Response:
    """Return what a worker says as HTTP."""
    size = len(reply.body) if len(reply.body) >= _LONG else 0
    if not site.sending.take(size):
        raise RefusedRequestError(503, "too many long answers wait for their readers; try again in a moment")
    headers = {"Vary": "Accept"}
    if reply.status == 503:
        headers["Retry-After"] = "5"
    response = _SlowlyReadResponse(reply.body, reply.status, headers)
    response.headers["Content-Type"] = reply.media_type + (
        "; charset=utf-8" if reply.media_type.startswith("text/") else ""
    )
    response.sending, response.size, response.patience = site.sending, size, site.limits.patience
    return response


class _SlowlyReadResponse(Response):
    """A response sent piece by piece, each when the reader has taken the last."""

    sending: Sending
    size: int
    patience: float

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 (ASGI)
        try:
            async with asyncio.timeout(self.patience + len(self.body) / _SLOWEST):
                head = {
                    "type": "http.response.start",
                    "status": self.status_code,
                    "headers": self.raw_headers,
                }
                await send(head)
                body = memoryview(self.body)
                for start in range(0, len(body), _CHUNK):
                    piece = bytes(body[start : start + _CHUNK])
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
                await send({"type": "http.response.body", "body": b""})
        finally:
            self.sending.give_back(self.size)
