"""The pages and exports of a build, as its manifest lists them and nothing else.

A name that the manifest does not have is not there: no path leads out of the folder, and neither hidden
files nor the user's own are shown.
"""

from urllib.parse import quote

from fastapi import APIRouter, Response
from fastapi import Request as HttpRequest
from fastapi.responses import FileResponse, RedirectResponse

from kg.server.contexts import RefusedRequestError, Site

_TYPES = {
    ".html": "text/html",
    ".ttl": "text/turtle",
    ".trig": "application/trig",
    ".jsonld": "application/ld+json",
    ".graphml": "application/xml",
    ".gexf": "application/xml",
    ".csv": "text/csv",
    ".json": "application/json",
    ".jsonl": "application/x-ndjson",
    ".txt": "text/plain",
}


def make_router(site: Site) -> APIRouter:
    """Return the route of everything that is no other route."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/{name:path}", methods=["GET", "HEAD"])
    def file(name: str, request: HttpRequest) -> Response:
        files = site.snapshot.files
        if name == "":
            return RedirectResponse("index.html" if "index.html" in files else "sparql")
        digest = files.get(name)
        path = site.directory / name
        if digest is None or not path.is_file():
            raise RefusedRequestError(404, f"no page {quote(name)!r} is here; /index.html leads to all")
        headers = {"ETag": f'"{digest[:32]}"', "Cache-Control": "no-cache"}
        if headers["ETag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        media_type = _TYPES.get(path.suffix, "application/octet-stream")
        return FileResponse(path, headers=headers, media_type=media_type)

    return router
