"""The pages of the server's own: the query editor, and one for each thing that has an IRI.

They fetch nothing from elsewhere; every text of the graph is escaped or becomes a text node.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import quote

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, Response

from kg.server.snapshots import Row
from kg.store import named_questions

_ASSETS = {"editor.js": "text/javascript", "server.css": "text/css"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_LONGEST = 400  # characters of a text; an article has its own page


def make_router() -> APIRouter:
    """Return the routes of what the pages consist of."""
    router = APIRouter(include_in_schema=False)

    @router.get("/server/{name}")
    def asset(name: str) -> Response:
        if name == "questions.json":
            return Response(_questions(), media_type="application/json")
        if name not in _ASSETS:
            raise HTTPException(404)
        return Response(_read(name), media_type=_ASSETS[name])

    return router


def editor_page() -> Response:
    """Return the page that asks SPARQL."""
    return _page(_read("editor.html"))


def resource_page(iri: str, local_id: str, rows: Iterable[Row], links: Mapping[str, str]) -> Response:
    """Return the page of one thing: what it says, and what points at it."""
    outgoing = [row for row in rows if row["outgoing"]]
    incoming = [row for row in rows if not row["outgoing"]]
    names = [row["other"] for row in outgoing if row["property"].endswith(("prefLabel", "#title", "/title"))]
    return _page(
        Template(_read("resource.html")).substitute(
            name=escape(names[0] if names else local_id),
            iri=escape(iri),
            links=" · ".join(f'<a href="{escape(href)}">{escape(text)}</a>' for text, href in links.items()),
            outgoing=_table(outgoing),
            incoming=_table(incoming) or '<tr><td class="note">—</td></tr>',
        )
    )


def resource_path(local_id: str) -> str:
    """Return the path under which the server shows a thing.

    Example:
        >>> resource_path("entity/%E2%80%9C人工智能%2B%E2%80%9D")
        '/id/entity/%E2%80%9C%E4%BA%BA%E5%B7%A5%E6%99%BA%E8%83%BD%2B%E2%80%9D'
    """
    return "/id/" + quote(local_id, safe="/%")


def _table(rows: list[Row]) -> str:
    by_property: dict[str, list[str]] = {}
    for row in rows:
        by_property.setdefault(row["property"], []).append(_cell(row))
    return "\n".join(
        f"<tr><th>{escape(_short(name))}</th><td>{'<br>'.join(cells)}</td></tr>"
        for name, cells in by_property.items()
    )


def _cell(row: Row) -> str:
    other = row["other"]
    if not row["is_iri"]:
        text = str(other)
        return f"<bdi>{escape(text if len(text) <= _LONGEST else text[:_LONGEST] + '…')}</bdi>"
    label = f"<bdi>{escape(str(row.get('label', other)))}</bdi>"
    if "://" in other:
        is_web = other.startswith(("https://", "http://"))
        return f'<a href="{escape(other)}" rel="noreferrer">{label}</a>' if is_web else label
    return f'<a href="{escape(resource_path(other))}">{label}</a>' if "/" in other else label


def _short(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]


def _page(html: str) -> Response:
    return HTMLResponse(html, headers={"Content-Security-Policy": _POLICY, "Vary": "Accept"})


@cache
def _read(name: str) -> str:
    return (Path(__file__).parent / "assets" / name).read_text(encoding="utf-8")


@cache
def _questions() -> str:
    found = [
        {"name": one.name, "zh": one.zh, "en": one.en, "text": one.text} for one in named_questions().values()
    ]
    return json.dumps(found, ensure_ascii=False)
