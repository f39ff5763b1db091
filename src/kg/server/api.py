"""The JSON API: entities, search, relations, evidence, observations."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from kg.schema import EntityKind, RelationKind
from kg.search import Listing
from kg.server.contexts import RefusedRequestError, Site
from kg.server.records import (
    EntityDetails,
    EntityPage,
    EvidencePage,
    NamedEntity,
    ObservationPage,
    Refusal,
    RelationPage,
    SearchHit,
)
from kg.server.selections import DETAILS, EVIDENCE, OBSERVATIONS, RELATIONS, select
from kg.server.snapshots import Row, Snapshot
from kg.store import iri_term

Name = Annotated[str, Query(max_length=300, description="name, alias or id", examples=["新质生产力"])]
OptionalName = Annotated[str | None, Query(max_length=300, description="name, alias or id")]
OptionalId = Annotated[str | None, Query(max_length=300, description="id")]
Limit = Annotated[int, Query(ge=1, le=1000)]
Offset = Annotated[int, Query(ge=0, le=10_000_000)]
_REFUSALS: dict[int | str, dict[str, Any]] = {status: {"model": Refusal} for status in (400, 404, 503)}


def make_router(site: Site) -> APIRouter:
    """Return the routes under ``/api``."""
    router = APIRouter(prefix="/api", responses=_REFUSALS)

    @router.get("/entities")
    async def entities(kind: EntityKind | None = None, offset: Offset = 0, limit: Limit = 50) -> EntityPage:
        """List the entities, the most mentioned first."""
        found = [one for one in site.snapshot.names.listings if kind is None or one.kind == kind]
        cut = found[offset : offset + limit]
        after = offset + limit
        return EntityPage(
            total=len(found),
            next=after if after < len(found) else None,
            items=[NamedEntity(**_fields(one)) for one in cut],
        )

    @router.get("/entity")
    async def entity(name: Name) -> EntityDetails:
        """Tell what is known of one entity."""
        snapshot = site.snapshot
        listing = _find(snapshot, name)
        iri = snapshot.pool.base + listing.id
        rows = await snapshot.rows(DETAILS % {"iri": iri_term(iri)}, seconds=site.limits.seconds)
        return EntityDetails(iri=iri, **_fields(listing), **_details(rows))

    @router.get("/search")
    def search(
        q: Annotated[str, Query(max_length=300, description="Chinese, pinyin, initials, alias")],
        kind: EntityKind | None = None,
        limit: Limit = 10,
    ) -> list[SearchHit]:
        """Find entities by Chinese characters, pinyin in any abbreviation (`xzscl`) or alias, best first."""
        hits = site.snapshot.names.search(q, limit=limit, kinds=() if kind is None else (kind.value,))
        return [SearchHit(alias=hit.alias, score=hit.score, **_fields(hit.listing)) for hit in hits]

    @router.get("/relations")
    async def relations(
        subject: OptionalName = None,
        kind: RelationKind | None = None,
        object: OptionalName = None,  # noqa: A002 - the RDF term
        article: OptionalId = None,
        offset: Offset = 0,
        limit: Limit = 50,
    ) -> RelationPage:
        """List what articles state, one item for each article that states it."""
        values = _relation_values(site.snapshot, subject, kind, object, article)
        rows, after = await _page(site, RELATIONS, values, offset, limit)
        base = site.snapshot.pool.base
        for row in rows:
            row["attributed_to"] = [iri.removeprefix(base) for iri in row.get("attributed_to", "").split()]
        return RelationPage.model_validate({"next": after, "items": rows})

    @router.get("/evidence")
    async def evidence(
        statement: OptionalId = None,
        subject: OptionalName = None,
        kind: RelationKind | None = None,
        object: OptionalName = None,  # noqa: A002
        article: OptionalId = None,
        offset: Offset = 0,
        limit: Limit = 50,
    ) -> EvidencePage:
        """List the sentences that state relations, verbatim."""
        values = _relation_values(site.snapshot, subject, kind, object, article)
        values["statement"] = _term(site.snapshot, statement)
        rows, after = await _page(site, EVIDENCE, values, offset, limit)
        return EvidencePage.model_validate({"next": after, "items": rows})

    @router.get("/observations")
    async def observations(
        indicator: OptionalName = None,
        place: OptionalName = None,
        article: OptionalId = None,
        offset: Offset = 0,
        limit: Limit = 50,
    ) -> ObservationPage:
        """List numbers, each with what it measures, when, where and in which sentence."""
        snapshot = site.snapshot
        values = {"indicator": _name_term(snapshot, indicator), "article": _term(snapshot, article)}
        where = _name_term(snapshot, place)
        patterns = "" if where is None else f"?id kg:place {where} ."
        rows, after = await _page(site, OBSERVATIONS, values, offset, limit, patterns=patterns)
        return ObservationPage.model_validate({"next": after, "items": rows})

    return router


async def _page(
    site: Site, template: str, values: dict[str, str | None], offset: int, limit: int, **more: object
) -> tuple[list[Row], int | None]:
    """Return a page of rows and the offset of the next one."""
    query = select(template, values, offset=offset, limit=limit + 1, **more)
    rows = await site.snapshot.rows(query, seconds=site.limits.seconds)
    return rows[:limit], offset + limit if len(rows) > limit else None


def _relation_values(
    snapshot: Snapshot,
    subject: str | None,
    kind: RelationKind | None,
    object_: str | None,
    article: str | None,
) -> dict[str, str | None]:
    return {
        "subject": _name_term(snapshot, subject),
        "kind": None if kind is None else f"kg:{kind.value}",
        "object": _name_term(snapshot, object_),
        "article": _term(snapshot, article),
    }


def _name_term(snapshot: Snapshot, name: str | None) -> str | None:
    if name is None or name.startswith("article/"):
        return _term(snapshot, name)
    return _term(snapshot, _find(snapshot, name).id)


def _term(snapshot: Snapshot, local_id: str | None) -> str | None:
    return None if local_id is None else iri_term(snapshot.pool.base + local_id)


def _find(snapshot: Snapshot, name: str) -> Listing:
    found = snapshot.names.find(name)
    if found is None:
        near = snapshot.names.search(name, limit=1)
        guess = f"; did you mean {near[0].listing.name!r}?" if near else "; /api/search finds names"
        raise RefusedRequestError(404, f"nothing in the graph is called {name!r}{guess}")
    return found


def _fields(listing: Listing) -> dict[str, Any]:
    return {name: getattr(listing, name) for name in NamedEntity.model_fields}


def _details(rows: list[Row]) -> dict[str, Any]:
    by_property: dict[str, list[Row]] = {}
    for row in rows:
        by_property.setdefault(row["property"].rpartition("#")[2], []).append(row)
    return {
        "codes": [
            {"scheme": row.get("scheme", ""), "notation": row["value"]}
            for row in by_property.get("notation", ())
        ],
        "broader": [row["value"] for row in by_property.get("broader", ())],
        "exact_match": [row["value"] for row in by_property.get("exactMatch", ())],
    }
