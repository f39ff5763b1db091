"""Names become IRIs here and nowhere else.

An IRI is a base and a local part. Chinese characters stay, so that an IRI can be read; what Turtle,
SPARQL or a path would trip over is percent-encoded, so that two names never share one.
"""

import hashlib
import re
import unicodedata

NAMESPACE = "https://w3id.org/zhengtu/ns#"
DEFAULT_BASE = "https://w3id.org/zhengtu/id/"

# Letters, digits and "_" of any script are safe in a Turtle local name and in a path segment.
_UNSAFE_RE = re.compile(r"[^\w.\-]")


def mint_id(scope: str, *parts: str) -> str:
    """Return the local part of an IRI for *parts* within *scope*.

    The same parts always give the same id and different parts different ids: text is put into
    Unicode NFC, then every character but letters, digits, ``_``, ``-`` and inner ``.`` is
    percent-encoded as UTF-8. Parts are joined by ``/``.

    Example:
        >>> mint_id("entity", "“人工智能+”行动")
        'entity/%E2%80%9C人工智能%2B%E2%80%9D行动'
    """
    return "/".join([scope, *map(_encode, parts)])


def mint_iri(local_id: str, *, base: str = DEFAULT_BASE) -> str:
    """Return the full IRI of a local id made by :func:`mint_id`.

    Example:
        >>> mint_iri("entity/新质生产力")
        'https://w3id.org/zhengtu/id/entity/新质生产力'
    """
    return base + local_id


def mint_digest_id(scope: str, *parts: str) -> str:
    """Return an id from a digest of *parts*, for things that have no name of their own.

    Example:
        >>> mint_digest_id("statement", "a", "promotes", "b")
        'statement/7992b4ffb99c646007ea75b5'
    """
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{scope}/{digest[:24]}"


def _encode(part: str) -> str:
    text = _UNSAFE_RE.sub(_percent, unicodedata.normalize("NFC", part))
    if text.strip(".") != text or not text:  # a leading or trailing dot is neither a local name nor a folder
        text = re.sub(r"^\.+|\.+$", lambda m: "%2E" * len(m.group()), text) or "%00"
    return text


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode("utf-8", "surrogatepass"))
