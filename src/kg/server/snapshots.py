"""One finished build as the server has it: the graph behind its workers, its names, its files.

A new build becomes a new snapshot beside the old one; the server changes from one to the other between
two requests, and the old one ends when its last query has.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.outputs import MANIFEST, complete_output, read_manifest
from kg.schema import EntityKind
from kg.search import Listing, NameIndex
from kg.server.messages import Request
from kg.server.pools import Pool, UnansweredError

Row = dict[str, Any]
_XSD = "http://www.w3.org/2001/XMLSchema#"
_READY = ".kg-ready"  # a publication that is under way, see kg.outputs
_KINDS = " ".join(f"kg:{kind.value}" for kind in EntityKind)
_NAMES = f"SELECT ?id ?name ?kind {{ VALUES ?kind {{ {_KINDS} }} ?id a ?kind ; skos:prefLabel ?name }}"
_ALIASES = "SELECT ?id ?alias { ?id skos:altLabel ?alias } ORDER BY ?alias"
_COUNTS = "SELECT ?id (COUNT(?mention) AS ?n) { ?mention kg:refersTo ?id } GROUP BY ?id"
_LOADING = {"seconds": 600.0, "max_bytes": 1 << 30, "accept": "application/sparql-results+json"}


@dataclass(frozen=True)
class Snapshot:
    """A build, ready to answer."""

    pool: Pool
    names: NameIndex
    files: Mapping[str, str]  # name under the folder → SHA-256, as the build's manifest has it

    async def rows(self, query: str, *, seconds: float) -> list[Row]:
        """Return the rows of a SELECT by variable.

        Raises:
            UnansweredError: No worker could answer in time.
        """
        return await _rows(self.pool, query, accept=_LOADING["accept"], seconds=seconds)

    async def close(self) -> None:
        """End it when its last query has ended."""
        await self.pool.close()


def signature(directory: Path) -> tuple[int, ...] | None:
    """Return what tells one finished build in *directory* from the next; ``None`` while one is published."""
    try:
        found = (directory / MANIFEST).stat()
    except FileNotFoundError:
        return None
    return None if (directory / _READY).exists() else (found.st_ino, found.st_mtime_ns, found.st_size)


async def load_snapshot(directory: Path, *, size: int) -> Snapshot:
    """Load the build in *directory*.

    Raises:
        KgError: It holds none, or one without a graph.
    """
    complete_output(directory)
    manifest = read_manifest(directory) if directory.is_dir() else None
    if manifest is None:
        raise KgError(f"{directory}: holds no build; make one with kg build INPUT -o {directory}")
    pool = await Pool.start(directory, size=size)
    try:
        names = await _load_names(pool)
    except BaseException:
        await pool.end()
        raise
    return Snapshot(pool, names, manifest.files)


async def _load_names(pool: Pool) -> NameIndex:
    named, aliased, counted = [await _rows(pool, query, **_LOADING) for query in (_NAMES, _ALIASES, _COUNTS)]
    aliases: dict[str, list[str]] = defaultdict(list)
    for row in aliased:
        aliases[row["id"]].append(row["alias"])
    counts = {row["id"]: row["n"] for row in counted}
    listings = (
        Listing(
            row["id"],
            row["name"],
            row["kind"],
            tuple(aliases.get(row["id"], ())),
            counts.get(row["id"], 0),
        )
        for row in named
    )
    return await asyncio.to_thread(NameIndex, listings)


async def _rows(pool: Pool, query: str, **limits: Any) -> list[Row]:
    reply = await pool.ask(Request(query, **limits))
    if reply.status != 200:
        raise UnansweredError(reply.status, reply.body.decode("utf-8").strip())
    return await asyncio.to_thread(_parse, reply.body, pool.base)


def _parse(body: bytes, base: str) -> list[Row]:
    bindings = json.loads(body)["results"]["bindings"]
    return [{name: _value(term, base) for name, term in row.items()} for row in bindings]


def _value(term: Mapping[str, str], base: str) -> Any:
    """Return a term as JSON has it; IRIs of the build as ids, those of the vocabulary as their names."""
    text, datatype = term["value"], term.get("datatype", "")
    if term["type"] == "uri":
        return text.rpartition("ns#")[2] if "/zhengtu/ns#" in text else text.removeprefix(base)
    if datatype == f"{_XSD}boolean":
        return text == "true"
    if datatype == f"{_XSD}integer":
        return int(text)
    return float(Decimal(text)) if datatype == f"{_XSD}decimal" else text
