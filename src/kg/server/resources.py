"""Things under their IRIs: a page for a browser, Turtle or JSON-LD for a program.

A path has the same parts as the IRI. A browser writes Chinese characters in percent signs and the IRI
does not, so each part is read as the name it encodes and made an id again.
"""

import re
from urllib.parse import quote, unquote

from fastapi import APIRouter, Response
from fastapi import Request as HttpRequest

from kg.iris import mint_id
from kg.schema import RelationKind
from kg.server.contexts import RefusedRequestError, Site, to_response, while_connected
from kg.server.messages import Request
from kg.server.negotiation import choose_type
from kg.server.pages import resource_page
from kg.server.selections import DESCRIPTION, NEIGHBOURS
from kg.store import iri_term

_HTML = "text/html"
_OFFERED = ("text/turtle", _HTML, "application/ld+json", "application/n-triples", "application/rdf+xml")
_RELATIONS = " ".join(f"kg:{kind.value}" for kind in RelationKind)
_SCOPE_RE = re.compile(r"[a-z]+")


def make_router(site: Site) -> APIRouter:
    """Return the routes under ``/id``."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/id/{path:path}", methods=["GET", "HEAD"])
    async def resource(request: HttpRequest) -> Response:
        local_id = parse_local_id(request.scope["raw_path"].decode("ascii", "replace").removeprefix("/id/"))
        snapshot = site.snapshot
        iri = snapshot.pool.base + local_id
        words = {"iri": iri_term(iri), "relations": _RELATIONS}
        rows = await snapshot.rows(NEIGHBOURS % words, seconds=site.limits.seconds)
        if not rows:
            raise RefusedRequestError(404, f"nothing in the graph has the IRI {iri}")
        media_type = choose_type(request.headers.get("accept", ""), _OFFERED)
        if media_type == _HTML:
            return resource_page(iri, local_id, rows, _links(local_id, site))
        asked = Request(DESCRIPTION % words, media_type, seconds=site.limits.seconds)
        return to_response(await while_connected(request, snapshot.pool.ask(asked)), site)

    return router


def parse_local_id(raw_path: str) -> str:
    """Return the id that a path stands for, however much of it is in percent signs.

    Raises:
        RefusedRequestError: It is not UTF-8, or no id.

    Example:
        >>> parse_local_id("entity/%E6%B1%9F%E8%8B%8F%2B")
        'entity/江苏%2B'
    """
    scope, *parts = raw_path.split("/")
    try:
        names = [unquote(part, errors="strict") for part in parts]
    except UnicodeDecodeError:
        raise RefusedRequestError(400, "the path is not UTF-8") from None
    if not _SCOPE_RE.fullmatch(scope) or "" in names:
        raise RefusedRequestError(404, f"{raw_path!r} is no id; ids look like entity/NAME")
    return mint_id(scope, *names)


def _links(local_id: str, site: Site) -> dict[str, str]:
    files = site.snapshot.files
    links = {}
    if local_id.startswith("article/"):
        page = f"articles/{local_id.removeprefix('article/').replace('/', '-')}.html"
        if page in files:
            links["全文 Full text"] = "/" + quote(page)
    elif local_id.startswith("entity/") and "graph.html" in files:
        links["在图中看 In the graph"] = f"/graph.html#node={quote(local_id, safe='')}"
    return links
