"""What every request needs: the build as it stands, the limits, and the ways to read and to refuse."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import Request as HttpRequest
from fastapi import Response

from kg.server.messages import Reply
from kg.server.snapshots import Snapshot

_MAX_BODY = 1 << 20  # bytes; the longest named question has two thousand
_BODY_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one client may ask for."""

    seconds: float = 30
    max_bytes: int = 64 << 20


@dataclass
class Site:
    """The one thing of the server that changes: which build it shows."""

    directory: Path
    snapshot: Snapshot
    limits: Limits


class RefusedRequestError(Exception):
    """A request that is not answered: an HTTP status and one sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


async def read_body(request: HttpRequest) -> bytes:
    """Return the body of a request, which must be small and come soon.

    Raises:
        RefusedRequestError: It is too large or too slow.
    """
    body = bytearray()
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > _MAX_BODY:
                    raise RefusedRequestError(413, f"the request is longer than {_MAX_BODY >> 20} MB")
    except TimeoutError:
        raise RefusedRequestError(408, f"the request did not arrive within {_BODY_SECONDS:g} s") from None
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


def to_response(reply: Reply, *, vary: bool = True) -> Response:
    """Return what a worker says as HTTP."""
    media_type = reply.media_type + ("; charset=utf-8" if reply.media_type.startswith("text/") else "")
    headers = {"Vary": "Accept"} if vary else {}
    if reply.status == 503:
        headers["Retry-After"] = "5"
    response = Response(reply.body, reply.status, headers)
    response.headers["Content-Type"] = media_type
    return response
