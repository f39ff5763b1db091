"""Templates, filled so that no text of an article can become markup or script.

Every value is escaped by Jinja; scripts are ours and listed by their digest in the page's
Content-Security-Policy, which allows nothing else and no network.
"""

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from kg.errors import InternalError
from kg.page.engines import can_ask
from kg.page.texts import load_texts

_LONGEST = 80  # characters of a name inside a statement or a table
_ENDING_RE = re.compile(r"</(?:script|style)|<!--", re.IGNORECASE)
# What HTML or a JavaScript parser could take for its own inside a JSON block.
_JSON_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def to_json_block(value: Any) -> Markup:
    """Return JSON that is safe inside ``<script type="application/json">``.

    Example:
        >>> to_json_block({"t": "</script>"})
        Markup('{"t":"\\\\u003c/script\\\\u003e"}')
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(text.translate(_JSON_ESCAPES))


def to_packed_block(content: bytes, *, level: int = 9) -> Markup:
    """Return bytes as text without any mark of HTML, as ``assets/packing.js`` unpacks it.

    Example:
        >>> gzip.decompress(base64.b64decode(to_packed_block(b"</script>")))
        b'</script>'
    """
    return Markup(base64.b64encode(gzip.compress(content, level, mtime=0)).decode())  # no time of day


def shorten(name: str) -> str:
    """Return *name*, cut where it would fill the page: its node on the graph page has all of it.

    Example:
        >>> shorten("长" * 5000) == "长" * 79 + "…"
        True
    """
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


def separate(count: int) -> str:
    """Return a count as it is easily read.

    Example:
        >>> separate(1234567)
        '1,234,567'
    """
    return f"{count:,}"


@cache
def say(key: str, n: int | None = None) -> Markup:
    """Return a wording in Chinese that the page's language switch can replace, with a count where it has one.

    Example:
        >>> say("index.left.out", 1234)
        Markup('<span data-say="index.left.out" data-n="1,234">另有 1,234 条未列出</span>')
    """
    text = load_texts()[key][0]
    if n is None:
        return Markup('<span data-say="{}">{}</span>').format(key, text)
    told = separate(n)
    return Markup('<span data-say="{}" data-n="{}">{}</span>').format(key, told, text.replace("{n}", told))


def render_page(
    template: str,
    *,
    style: str,
    scripts: Sequence[str],
    compiles: bool = False,
    texts: Sequence[str] = (),
    **values: Any,
) -> str:
    """Fill a template.

    Args:
        template: Its file name under ``templates/``.
        style: The page's style sheet.
        scripts: Scripts of the page, allowed to run by their digests.
        compiles: Whether the page may compile WebAssembly and start a worker.
        texts: The prefixes of the wordings that the scripts need; all where empty.
        values: What else the template names; strings are escaped.
    """
    return (
        _environment()
        .get_template(template)
        .render(
            policy=_policy(style, scripts, compiles=compiles),
            style=_trusted(style),
            scripts=[_trusted(script) for script in scripts],
            asks=can_ask(),
            texts=_wordings(tuple(texts)),
            say=say,
            zh=lambda key: load_texts()[key][0],
            **values,
        )
    )


@cache
def _wordings(prefixes: tuple[str, ...]) -> Markup:
    texts = load_texts().items()
    return to_json_block({key: pair for key, pair in texts if not prefixes or key.startswith(prefixes)})


@cache
def _trusted(code: str) -> Markup:
    """Mark our own script or style as such; no text of an article is ever in it."""
    if _ENDING_RE.search(code):
        raise InternalError("a script or style sheet of the page holds the end of its own element")
    return Markup(code)


def _policy(style: str, scripts: Sequence[str], *, compiles: bool) -> str:
    digests = " ".join(_digest(_trusted(script)) for script in scripts)
    digests += " 'wasm-unsafe-eval'; worker-src blob:" if compiles else ""
    return (
        f"default-src 'none'; script-src {digests}; style-src {_digest(_trusted(style))}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


@cache
def _digest(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode('utf-8')).digest()).decode()}'"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("kg.page", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["e"] = escape
    environment.filters["short"] = shorten
    environment.filters["count"] = separate
    return environment
