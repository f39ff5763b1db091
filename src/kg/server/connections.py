"""HTTP as uvicorn speaks it, with an end to patience: requests come soon, and answers go.

uvicorn waits for the head of a request as long as the client likes, and a few hundred clients that
send a byte a minute would keep everyone else out. A client that does not read what it asked for would
keep its connection, and the answer, for ever: also a connection that is closed stays until all is sent.
"""

import asyncio
from contextvars import ContextVar
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

# The connection that a request came by, for who decides to let the client go.
current_connection: ContextVar["PatientHttp"] = ContextVar("current_connection")


def current_client() -> str:
    """Return the address that the request being answered came from, or nothing where there is none.

    Example:
        >>> current_client()
        ''
    """
    connection = current_connection.get(None)
    return connection.client[0] if connection is not None and connection.client else ""


class PatientHttp(H11Protocol):
    """HTTP/1.1 that closes a connection whose request does not arrive, or whose end does not."""

    patience = 10.0  # seconds
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:  # as uvicorn's own
        """Wait for the first request."""
        super().connection_made(_EndingTransport(transport, self.loop, self.patience))  # type: ignore[arg-type]
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take what came; a request that has begun must be complete soon."""
        current_connection.set(self)  # what answers the request is a task made in here
        super().data_received(data)
        if self._is_busy():
            self._stop_waiting()
        elif self._deadline is None:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._stop_waiting()
        super().connection_lost(exc)

    def let_go(self) -> None:
        """End the connection at once, whatever is still to be sent."""
        self.transport.abort()

    def _is_busy(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _wait(self) -> None:
        self._deadline = self.loop.call_later(self.patience, self._give_up)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        self._deadline = None
        if not self._is_busy() and not self.transport.is_closing():
            self.transport.close()


class _EndingTransport:
    """A transport that, once closed, waits for its reader no longer than told."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop, seconds: float) -> None:
        self._transport = transport
        self._loop = loop
        self._seconds = seconds

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def close(self) -> None:
        if not self._transport.is_closing():
            self._loop.call_later(self._seconds, self._transport.abort)
        self._transport.close()


def patient_http(seconds: float) -> type[PatientHttp]:
    """Return the protocol with so much patience."""
    return type("PatientHttp", (PatientHttp,), {"patience": seconds})
