"""What the server and its workers say to each other over a socket: a JSON head, then bytes."""

import json
import struct
from dataclasses import asdict, dataclass
from typing import Any, Protocol

_LENGTHS = struct.Struct("!II")  # of the head, of the body


@dataclass(frozen=True, slots=True)
class Request:
    """A query with its limits; ``accept`` is the header of the client."""

    query: str
    accept: str = ""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    seconds: float = 30
    max_bytes: int = 64 << 20


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of it: an HTTP status, and a body of that media type, or one sentence."""

    status: int
    media_type: str
    body: bytes


class Readable(Protocol):
    """Bytes that come one after the other."""

    def read(self, size: int, /) -> bytes:
        """Return as many bytes, fewer at the end."""


def refuse(status: int, sentence: str) -> Reply:
    """Return a reply that says why there is no answer.

    Example:
        >>> refuse(404, "nothing is here").body
        b'nothing is here\\n'
    """
    return Reply(status, "text/plain", f"{sentence}\n".encode())


def pack(head: object, body: bytes = b"") -> bytes:
    """Return a message as it goes over the socket."""
    data = json.dumps(head).encode("utf-8")
    return _LENGTHS.pack(len(data), len(body)) + data + body


def pack_request(request: Request) -> bytes:
    """Return a request as it goes over the socket."""
    return pack(asdict(request))


def unpack_lengths(data: bytes) -> tuple[int, int]:
    """Return how long the head and the body are that follow."""
    n_head, n_body = _LENGTHS.unpack(data)
    return n_head, n_body


def read_message(stream: Readable) -> tuple[Any, bytes] | None:
    """Read one message; ``None`` where the other side is gone."""
    lengths = stream.read(LENGTHS_SIZE)
    if len(lengths) < LENGTHS_SIZE:
        return None
    n_head, n_body = unpack_lengths(lengths)
    return json.loads(stream.read(n_head)), stream.read(n_body)


LENGTHS_SIZE = _LENGTHS.size
