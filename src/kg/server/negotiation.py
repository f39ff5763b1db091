"""Which media type a client gets, by its ``Accept`` header (RFC 9110, section 12.5.1)."""

import re
from collections.abc import Sequence

from kg.errors import KgError

_QUALITY_RE = re.compile(r"q=([01](?:\.\d{0,3})?)", re.IGNORECASE)
_MOST_RANGES = 50  # browsers send eight


class NotAcceptableError(KgError):
    """The client takes none of the media types that the answer can have."""


def choose_type(accept: str, offered: Sequence[str]) -> str:
    """Return the offered media type that the client likes best, among equals the first.

    A type that is named counts before ``text/*`` and that before ``*/*``. No header takes anything.

    Raises:
        NotAcceptableError: None fits.

    Example:
        >>> choose_type("text/html, application/xml;q=0.9, */*;q=0.8", ["text/turtle", "application/xml"])
        'application/xml'
        >>> choose_type("image/png", ["text/turtle"])
        Traceback (most recent call last):
        ...
        kg.server.negotiation.NotAcceptableError: Accept 'image/png': not to be had; choose from text/turtle
    """
    ranges = dict(_parse(part) for part in accept.split(",")[:_MOST_RANGES] if part.strip())
    if not ranges:
        return offered[0]
    best = max(offered, key=lambda media_type: _quality(media_type, ranges))
    if _quality(best, ranges) <= 0:
        raise NotAcceptableError(f"Accept {accept!r}: not to be had; choose from {', '.join(offered)}")
    return best


def _parse(part: str) -> tuple[str, float]:
    name, _, parameters = part.partition(";")
    quality = _QUALITY_RE.search(parameters)
    return name.strip().lower(), float(quality[1]) if quality else 1.0


def _quality(media_type: str, ranges: dict[str, float]) -> float:
    for name in (media_type, media_type.split("/")[0] + "/*", "*/*"):
        if name in ranges:
            return ranges[name]
    return 0.0
