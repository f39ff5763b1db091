"""The application: all routes, and what holds for each of them."""

import asyncio
from collections.abc import Sequence

from fastapi import FastAPI
from fastapi import Request as HttpRequest
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg import __version__
from kg.errors import InternalError, KgError
from kg.server import api, files, pages, protocol, resources
from kg.server.connections import current_connection
from kg.server.contexts import RefusedRequestError, Site
from kg.server.negotiation import NotAcceptableError
from kg.server.pools import UnansweredError

_HEADERS = [(b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"no-referrer")]
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})


def make_app(site: Site, *, host: str, cors: Sequence[str] = ()) -> ASGIApp:
    """Return the ASGI application that shows a site.

    A server on the loopback interface answers to the names of that interface only: a page from
    elsewhere that lets its own name point here is refused.
    """
    app = FastAPI(
        title="zhengtu",
        version=__version__,
        description="A knowledge graph of Chinese policy writing. SPARQL 1.1 stands at /sparql.",
        docs_url=None,  # they load their scripts from elsewhere
        redoc_url=None,
        swagger_ui_oauth2_redirect_url=None,
    )
    for router in (
        protocol.make_router(site),
        api.make_router(site),
        resources.make_router(site),
        pages.make_router(site),
        files.make_router(site),
    ):
        app.include_router(router)
    _add_refusals(app)
    if cors:
        app.add_middleware(CORSMiddleware, allow_origins=list(cors), allow_methods=["GET", "POST"])
    is_loopback = host in _LOOPBACK or host == "::1"
    return _Gate(app, _LOOPBACK if is_loopback else frozenset(), site.limits.patience)


def _add_refusals(app: FastAPI) -> None:
    """Whatever is refused is told in one sentence: as JSON under ``/api``, else as text."""

    @app.exception_handler(RefusedRequestError)
    @app.exception_handler(UnansweredError)
    async def refused(request: HttpRequest, error: RefusedRequestError | UnansweredError) -> Response:
        response = _refuse(request, error.status, str(error))
        if error.status == 408:  # the rest of the body is not waited for
            response.headers["Connection"] = "close"
        return response

    @app.exception_handler(NotAcceptableError)
    async def not_acceptable(request: HttpRequest, error: NotAcceptableError) -> Response:
        return _refuse(request, 406, str(error))

    @app.exception_handler(KgError)
    async def wrong(request: HttpRequest, error: KgError) -> Response:
        return _refuse(request, 500 if isinstance(error, InternalError) else 400, str(error))

    @app.exception_handler(RequestValidationError)
    async def invalid(request: HttpRequest, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        return _refuse(request, 400, f"{first['loc'][-1]}: {first['msg'].lower()}")

    @app.exception_handler(HTTPException)
    async def failed(request: HttpRequest, error: HTTPException) -> Response:
        response = _refuse(request, error.status_code, _SENTENCES.get(error.status_code, error.detail))
        response.headers.update(error.headers or {})
        return response


_SENTENCES = {
    404: "nothing is here; /index.html and /sparql are",
    405: "this method is not allowed here; use GET, or POST at /sparql",
}


def _refuse(request: HttpRequest, status: int, sentence: str) -> Response:
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": sentence}, status)
    return PlainTextResponse(f"{sentence}\n", status)


class _Gate:
    """What comes before every route: the name of the host, the headers, the end of slow readers."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str], patience: float) -> None:
        self._app = app
        self._hosts = hosts
        self._patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_HEADERS]
            async with asyncio.timeout(self._patience):  # it waits until the last piece has been taken
                await send(message)

        host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
        if self._hosts and _without_port(host) not in self._hosts:
            refusal = PlainTextResponse("this server answers to localhost only\n", 421)
            await refusal(scope, receive, send_with_headers)
            return
        try:
            await self._app(scope, receive, send_with_headers)
        except TimeoutError:  # a client that reads too slowly
            current_connection.get().let_go()


def _without_port(host: str) -> str:
    """Return a host without its port.

    Example:
        >>> _without_port("[::1]:80"), _without_port("localhost:80"), _without_port("localhost")
        ('[::1]', 'localhost', 'localhost')
    """
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdigit() else host).lower()
