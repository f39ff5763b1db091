"""Which corrections apply to a corpus in partitions, and what they come to: no part of it can tell alone."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from kg.corrections import Action, Correction, applies, doubt_correction, find_rulings
from kg.iris import mint_id
from kg.partitions.jobs import Job
from kg.partitions.surveys import EDGE_SIZE, N_SHARDS, digest_edge, read_record, read_shard, shard_of_edge
from kg.records import Diagnostic
from kg.schema import RelationKind

_Fact = tuple[str, str, str]


def rule(
    job: Job, rows: Sequence[tuple[Path, Correction]], parts: Sequence[int]
) -> tuple[Job, tuple[Diagnostic, ...]]:
    """Return the job with what *rows* come to, and doubts about those that name nothing.

    All names must have been merged; *parts* are the numbers of the partitions.
    """
    if not rows:
        return job, ()
    names = _find_names(job, {node for _, row in rows for node in (row.subject, row.object)})
    facts = frozenset(_find_facts(job, [row for _, row in rows if row.action is Action.WRONG], parts))

    def is_used(row: Correction) -> bool:
        return applies(row, names.keys(), facts)

    rulings = find_rulings((row for _, row in rows), applies=is_used)
    doubts = tuple(doubt_correction(path, row) for path, row in rows if not is_used(row))
    return replace(job, rulings=rulings, names=names), doubts


def _find_names(job: Job, wanted: Container[str]) -> dict[str, str]:
    """Return those of the entities *wanted* by id that are in the corpus, with their names."""
    found = {}
    for shard in range(N_SHARDS):
        for name in read_record(job.work("names", shard), frozenset[str]):
            if (entity_id := mint_id("entity", name)) in wanted:
                found[entity_id] = name
    return dict(sorted(found.items()))


def _find_facts(job: Job, rows: Iterable[Correction], parts: Sequence[int]) -> Iterable[_Fact]:
    """Yield the relations that *rows* call wrong and that some partition states."""
    for row in rows:
        kind = RelationKind(row.relation)
        digest = digest_edge(row.subject, kind, row.object)
        shard = shard_of_edge(digest)
        stated = (read_shard(job.survey(number), shard).edges.get(kind, b"") for number in parts)
        if any(digest in _split(digests) for digests in stated):
            yield row.subject, row.relation, row.object


def _split(digests: bytes) -> frozenset[bytes]:
    return frozenset(digests[at : at + EDGE_SIZE] for at in range(0, len(digests), EDGE_SIZE))
