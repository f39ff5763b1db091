"""The SPARQL 1.1 Protocol: queries in, answers out, nothing changed."""

from collections.abc import Mapping
from urllib.parse import parse_qs

from fastapi import APIRouter, Response
from fastapi import Request as HttpRequest

from kg.server.contexts import RefusedRequestError, Site, read_body, to_response, while_connected
from kg.server.messages import Reply, Request
from kg.server.pages import editor_page

_FORM, _QUERY, _UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
_MAX_FIELDS = 100
_READ_ONLY = "this endpoint is read-only; ask with SELECT, ASK, CONSTRUCT or DESCRIBE"
_NOT_UTF8 = "the query is not UTF-8; encode it as UTF-8 and then in percent signs"
_FORMATS = " , ".join(
    f"<http://www.w3.org/ns/formats/{name}>"
    for name in (
        *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
        *("Turtle", "N-Triples", "JSON-LD", "RDF_XML"),
    )
)
# The service describes itself in the formats of every other graph: as the answer to this query.
_DESCRIPTION = """
PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
CONSTRUCT {{
  <{endpoint}> a sd:Service ; sd:endpoint <{endpoint}> ; sd:supportedLanguage sd:SPARQL11Query ;
    sd:resultFormat {formats} ; sd:defaultDataset ?dataset ; dcterms:title ?title .
  ?dataset a sd:Dataset , void:Dataset ; sd:defaultGraph <{endpoint}#default> ; void:triples ?n .
  <{endpoint}#default> a sd:Graph ; void:triples ?n .
}} WHERE {{ {{ SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o }} }} ?dataset a kg:Dataset ; dcterms:title ?title }}
"""


def make_router(site: Site) -> APIRouter:
    """Return the route ``/sparql``."""
    router = APIRouter()

    @router.api_route("/sparql", methods=["GET", "HEAD", "POST"], include_in_schema=False)
    async def sparql(request: HttpRequest) -> Response:
        fields = await _read_fields(request, site.limits.patience)
        accept = request.headers.get("accept", "")
        if "query" not in fields:
            if request.method == "POST":
                raise RefusedRequestError(
                    400, "the request holds no 'query'; send one as a form field or body"
                )
            if "text/html" in accept:
                return editor_page()
            endpoint = f"{request.base_url}sparql"
            fields = {"query": [_DESCRIPTION.format(endpoint=endpoint, formats=_FORMATS)]}
        return to_response(await while_connected(request, _ask(site, fields, accept)), site)

    return router


async def _ask(site: Site, fields: Mapping[str, list[str]], accept: str) -> Reply:
    limits = site.limits
    asked = Request(
        fields["query"][0],
        accept,
        tuple(fields.get("default-graph-uri", ())),
        tuple(fields.get("named-graph-uri", ())),
        limits.seconds,
        limits.max_bytes,
    )
    return await site.snapshot.pool.ask(asked)


async def _read_fields(request: HttpRequest, patience: float) -> dict[str, list[str]]:
    """Return the parameters of the protocol, wherever the request has them.

    Raises:
        RefusedRequestError: They are not what the protocol says.
    """
    fields = _parse(request.scope["query_string"])
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == _UPDATE:
            raise RefusedRequestError(403, _READ_ONLY)
        if kind not in (_FORM, _QUERY):
            raise RefusedRequestError(
                415, f"Content-Type {kind!r} is not known here; send {_QUERY} or {_FORM}"
            )
        body = await read_body(request, patience)
        if kind == _FORM:
            for name, values in _parse(body).items():
                fields.setdefault(name, []).extend(values)
        else:
            fields.setdefault("query", []).append(_decode(body))
    if "update" in fields:
        raise RefusedRequestError(403, _READ_ONLY)
    if len(fields.get("query", "1")) != 1:
        raise RefusedRequestError(400, "the request holds more than one 'query'; send one")
    return fields


def _parse(data: bytes) -> dict[str, list[str]]:
    try:
        return parse_qs(_decode(data), True, errors="strict", max_num_fields=_MAX_FIELDS)
    except UnicodeDecodeError:
        raise RefusedRequestError(400, _NOT_UTF8) from None
    except ValueError:
        raise RefusedRequestError(400, f"the request has more than {_MAX_FIELDS} fields") from None


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise RefusedRequestError(400, _NOT_UTF8) from None
