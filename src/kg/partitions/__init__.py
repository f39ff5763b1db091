"""A build in partitions: no step holds the whole corpus, and any number of machines may share the work.

Sources fall into partitions by their names. Each partition is read by itself (map), what all of them say of
names is added up shard by shard (merge), and each is written by itself (map). What a step holds in memory
is one partition or one shard. The outputs are those that need no whole graph: N-Quads and Parquet in parts,
the report, the store. They depend on the sources alone: not on the engine, the number of its workers, or
which of them were lost on the way.
"""

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from kg.articles import Source, find_sources
from kg.caches import open_cache
from kg.corrections import correct_settings, read_corrections
from kg.errors import KgError
from kg.graph import KnowledgeGraph
from kg.partitions.engines import DaskEngine, Engine, LocalEngine
from kg.partitions.jobs import Job, NamesResolved, NamesTask, Part, PartRead, PartTask
from kg.partitions.rulings import rule
from kg.partitions.surveys import N_SHARDS
from kg.partitions.tasks import (
    count_relations,
    merge_names,
    rank,
    read_part,
    resolve_names,
    write_part,
    write_quads,
)
from kg.pipeline import Progress, describe_settings
from kg.rdf import dataset_quads
from kg.records import Diagnostic
from kg.reports import Summary, format_diagnostic
from kg.resources import digest_code
from kg.updates import Changes

PARTITION_BYTES = 1_000_000  # of the sources of one partition: some 500 articles, a minute of work
_MAX_PARTS = 1 << 20

_T = TypeVar("_T")


def write_partitions(
    inputs: Sequence[str],
    folder: Path,
    *,
    engine: Engine,
    formats: Sequence[str],
    base: str,
    lexicons: Sequence[Path] = (),
    corrections: Sequence[Path] = (),
    last: Path | None = None,
    encoding: str | None = None,
    tell: Progress,
) -> tuple[Summary, Changes, Path]:
    """Write the graph of *inputs* into *folder* in parts; return its figures and the file of its doubts.

    What is written besides *formats* and facts is left under ``work``, for the caller to remove.

    Raises:
        KgError: Nothing could be read.
    """
    rows = [(path, row) for path in corrections for row in read_corrections(path)]
    parts = split_sources(find_sources(inputs))
    lexicons = tuple(path.resolve() for path in lexicons)
    job = Job(folder, last, lexicons, tuple(formats), base, encoding, len(parts), digest_code())
    lexicon = job.lexicon()  # before the processes start: what is loaded they share
    tasks = [
        Part(job, number, tuple(map(_absolute, sources))) for number, sources in enumerate(parts) if sources
    ]
    read = list(_follow(engine.map(read_part, tasks), "reading articles", len(tasks), tell))
    numbers = tuple(one.number for one in read)
    if not any(one.n_articles for one in read):
        raise KgError(next((fault for one in read for fault in one.faults), "no article was found"))
    shards = [NamesTask(job, shard, numbers) for shard in range(N_SHARDS)]
    for _ in _follow(engine.map(merge_names, shards), "merging names", N_SHARDS, tell):
        pass
    job, doubts = rule(job, rows, numbers)
    shards = [replace(task, job=job) for task in shards]
    names = list(_follow(engine.map(resolve_names, shards), "resolving names", N_SHARDS, tell))
    written = engine.map(write_part, [PartTask(job, number) for number in numbers])
    figures = list(_follow(written, "writing", len(numbers), tell))
    if "nq" in formats or "store" in formats:
        settings = correct_settings(describe_settings(lexicon), job.rulings)
        corpus = KnowledgeGraph((), {}, (), (), (), diagnostics=doubts, settings=settings)
        write_quads(job.quads("dataset", 0), dataset_quads(corpus, base=base))
    relations = (
        engine.map(count_relations, shards) if job.rulings.digest else (one.relations for one in names)
    )
    summary = _add_up(figures, names, relations, doubts)
    if "store" in formats:
        from kg.partitions.stores import write_part_store  # a build of other formats loads no store

        write_part_store(job, n_articles=summary.n_articles)
    changes = _add_changes(read, n_gone=_count_gone(job, set(range(len(parts))) - set(numbers)))
    return summary, changes, _join_reports(job, numbers, doubts)


def split_sources(sources: Sequence[Source]) -> list[list[Source]]:
    """Return the sources of each partition, some of which may be empty.

    An added source moves no other, unless it doubles the number of partitions.

    Example:
        >>> [len(part) for part in split_sources([Source("a.txt", "text", None)])]
        [1]
    """
    size = sum(source.path.stat().st_size for source in sources if source.path and source.path.exists())
    n_parts = 1
    while n_parts < min(size / PARTITION_BYTES, _MAX_PARTS):
        n_parts *= 2
    parts: list[list[Source]] = [[] for _ in range(n_parts)]
    for source in sources:
        parts[zlib.crc32(source.name.encode("utf-8", "surrogatepass")) % n_parts].append(source)
    return parts


def _absolute(source: Source) -> Source:
    """Return a source that a worker in another folder finds.

    Raises:
        KgError: It is standard input, which no worker has.
    """
    if source.path is None:
        raise KgError("-: standard input cannot be read in partitions; save it as a file")
    return Source(source.name, source.format, source.path.resolve())


def _follow(results: Iterable[_T], label: str, total: int, tell: Progress) -> Iterator[_T]:
    tell(label, 0, total)
    for done, result in enumerate(results, start=1):
        yield result
        tell(label, done, total)


def _add_up(
    figures: Sequence[Summary],
    names: Sequence[NamesResolved],
    relations: Iterable[Counter[str]],
    own: Sequence[Diagnostic],
) -> Summary:
    entities: Counter[str] = sum((one.entities for one in names), Counter())
    doubts = sum(
        (Counter(dict(one.diagnostics)) for one in figures), Counter(doubt.code.value for doubt in own)
    )
    top = sorted((pair for one in names for pair in one.top), key=lambda pair: (-pair[1], pair[0]))
    return Summary(
        n_articles=sum(one.n_articles for one in figures),
        n_sentences=sum(one.n_sentences for one in figures),
        n_telling=sum(one.n_telling for one in figures),
        entities=rank(entities),
        relations=rank(sum(relations, Counter())),
        n_statements=sum(one.n_statements for one in figures),
        n_observations=sum(one.n_observations for one in figures),
        n_mentions=sum(one.n_mentions for one in names),
        top_entities=tuple(top[:10]),
        diagnostics=rank(doubts),
    )


def _count_gone(job: Job, empty: Iterable[int]) -> int:
    """Return how many articles the last build had in partitions that have no source any more."""
    n_gone = 0
    for number in empty:
        path = job.before(job.facts(number))
        if path is not None and path.exists():
            with suppress(KgError), open_cache(path) as facts:
                n_gone += len(facts)
    return n_gone


def _add_changes(read: Sequence[PartRead], *, n_gone: int) -> Changes:
    remarks = sorted({one.changes.remark for one in read} - {""})
    return Changes(
        n_kept=sum(one.changes.n_kept for one in read),
        n_added=sum(one.changes.n_added for one in read),
        n_replaced=sum(one.changes.n_replaced for one in read),
        n_removed=n_gone + sum(one.changes.n_removed for one in read),
        remark=remarks[0] if remarks else "",
    )


def _join_reports(job: Job, numbers: Sequence[int], own: Iterable[Diagnostic]) -> Path:
    path = job.folder / "work" / "diagnostics.txt"
    with path.open("wb") as file:
        for number in numbers:
            file.write(job.work("report", number).read_bytes())
        file.writelines(f"{format_diagnostic(doubt)}\n".encode() for doubt in own)
    return path


__all__ = ["PARTITION_BYTES", "DaskEngine", "Engine", "LocalEngine", "split_sources", "write_partitions"]
