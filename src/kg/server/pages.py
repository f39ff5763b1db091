"""The pages of the server's own: the query editor, and one for each thing that has an IRI.

The editor is YASGUI, which is fetched when the package is built (``hatch_build.py``); where it could not be,
there is a plain one. They fetch nothing from elsewhere; every text of the graph is escaped or becomes a
text node.
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

from kg.iris import NAMESPACE
from kg.rdf import KG, prefixes
from kg.server.contexts import Site
from kg.server.snapshots import Row
from kg.store import named_questions

_SCRIPT, _STYLE = "text/javascript", "text/css"
_ASSETS = {"editor.js": _SCRIPT, "workbench.js": _SCRIPT, "server.css": _STYLE}
_VENDOR = Path(__file__).parent / "vendor"
_VENDORED = {"yasgui.min.js": _SCRIPT, "yasgui.min.css": _STYLE}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# YASGUI places its parts by styles of their own, and draws its icons from data.
_WORKBENCH_POLICY = (
    _POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'") + "; font-src data:"
)
_LONGEST = 400  # characters of a text; an article has its own page


def make_router(site: Site) -> APIRouter:
    """Return the routes of what the pages consist of."""
    router = APIRouter(include_in_schema=False)

    @router.get("/server/{name}")
    def asset(name: str) -> Response:
        if name == "questions.json":
            return Response(_questions(), media_type="application/json")
        if name == "words.json":
            return Response(_words(site.snapshot.pool.base), media_type="application/json")
        if name in _VENDORED and has_workbench():
            return Response(_read_vendored(name), media_type=_VENDORED[name])
        if name not in _ASSETS:
            raise HTTPException(404)
        return Response(_read(name), media_type=_ASSETS[name])

    return router


@cache
def has_workbench() -> bool:
    """Tell whether YASGUI came with this installation."""
    return all((_VENDOR / name).is_file() for name in ("VERSION", *_VENDORED))


def editor_page() -> Response:
    """Return the page that asks SPARQL."""
    if has_workbench():
        return _page(_read("workbench.html"), policy=_WORKBENCH_POLICY)
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


def _page(html: str, *, policy: str = _POLICY) -> Response:
    return HTMLResponse(html, headers={"Content-Security-Policy": policy, "Vary": "Accept"})


@cache
def _read(name: str) -> str:
    return (Path(__file__).parent / "assets" / name).read_text(encoding="utf-8")


@cache
def _read_vendored(name: str) -> bytes:
    return (_VENDOR / name).read_bytes()


@cache
def _words(base: str) -> str:
    """Return what the editor completes: the prefixes, and the vocabulary."""
    # The editor shortens an IRI by the first that fits: entity: before id:
    known = dict(sorted(prefixes(base).items(), key=lambda item: -len(item[1])))
    terms = sorted(
        f"kg:{term.removeprefix(NAMESPACE)}" for term in map(str, dir(KG)) if term.startswith(NAMESPACE)
    )
    others = ["rdf:type", "rdf:subject", "rdf:predicate", "rdf:object", "rdfs:label", "prov:wasDerivedFrom"]
    others += ["skos:prefLabel", "skos:altLabel", "skos:broader", "skos:exactMatch", "skos:notation"]
    others += ["dcterms:title", "dcterms:date", "dcterms:creator", "dcterms:publisher"]
    return json.dumps({"base": base, "prefixes": known, "terms": [*terms, *others]}, ensure_ascii=False)


@cache
def _questions() -> str:
    found = [
        {"name": one.name, "zh": one.zh, "en": one.en, "text": one.text} for one in named_questions().values()
    ]
    return json.dumps(found, ensure_ascii=False)
