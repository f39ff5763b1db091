"""What a worker does for a partitioned build: read a partition, resolve a shard of names, write a partition.

Each task takes one record, reads and writes files of a folder that all workers see, and gives back a few
figures. Files are written under another name first, so that a task whose worker is lost leaves nothing half
done behind it, and may be done again.
"""

import gzip
import hashlib
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from kg.articles import Source
from kg.blocks import BlockWriter
from kg.caches import open_cache, read_digest, read_packed
from kg.entities import NameUse, resolve_entities, resolve_graph
from kg.errors import KgError
from kg.exports.parquet import write_article_tables, write_entity_table
from kg.graph import KnowledgeGraph
from kg.iris import mint_id
from kg.lexicon import Lexicon, load_lexicon
from kg.outputs import link_file
from kg.partitions.surveys import (
    EDGE_SIZE,
    N_SHARDS,
    NameRow,
    credits_of,
    is_survey_of,
    read_record,
    read_shard,
    shard_of,
    survey,
    write_record,
    write_shards,
)
from kg.pipeline import describe_settings
from kg.rdf import article_keys, name_quads, quad_parts
from kg.records import Article, Entity
from kg.reports import Summary, format_diagnostic, summarize
from kg.resources import digest_code, digest_package
from kg.schema import EntityKind
from kg.updates import Changes, update_part

_LEVEL = 1  # of gzip: IRIs repeat so much that more packs little better
_N_TOP = 10  # of the most mentioned names: as many as a report shows


@dataclass(frozen=True, slots=True)
class Job:
    """What all tasks of one build share: where they write, what they read with, what they write.

    ``formats`` may hold ``nq`` and ``parquet``; ``last`` is the folder of the last build, if its facts
    may serve again; ``n_parts`` counts the partitions, of which some may be empty.
    """

    folder: Path
    last: Path | None
    lexicons: tuple[Path, ...]
    formats: tuple[str, ...]
    base: str
    encoding: str | None
    n_parts: int
    code: str

    def facts(self, number: int) -> Path:
        """Return the file of facts of one partition."""
        return self.folder / "facts" / f"part-{number:05}.cache"

    def survey(self, number: int) -> Path:
        """Return the file of what one partition says of names."""
        return self.folder / "facts" / f"part-{number:05}.survey"

    def written(self, number: int) -> Path:
        """Return the record of what was written of one partition."""
        return self.folder / "facts" / f"part-{number:05}.written"

    def before(self, path: Path) -> Path | None:
        """Return the file that the last build has left in the place of *path*."""
        return None if self.last is None else self.last / path.relative_to(self.folder)

    def work(self, kind: str, number: int) -> Path:
        """Return a file that is of no more use once the build is finished."""
        return self.folder / "work" / f"{kind}-{number:05}"

    @property
    def quads_folder(self) -> Path:
        """Return the folder of the N-Quads: an output, or what tells the next build what the store holds."""
        return self.folder / "quads" if "nq" in self.formats else self.folder / "facts" / "quads"

    def quads(self, kind: str, number: int) -> Path:
        """Return a packed file of N-Quads."""
        return self.quads_folder / f"{kind}-{number:05}.nq.gz"

    def blocks(self, number: int) -> Path:
        """Return the file that tells where the articles of a partition stand in its N-Quads."""
        return self.folder / "facts" / f"part-{number:05}.blocks"

    def lexicon(self) -> Lexicon:
        """Return the lexicon, loaded once in each process.

        Raises:
            KgError: It cannot be loaded, or this worker has another version of the package.
        """
        if digest_code() != self.code:
            raise KgError("a worker has another version of kg than the build; install the same on all")
        return _load_lexicon(self.lexicons)


@dataclass(frozen=True, slots=True)
class Part:
    """One partition: its number and the sources that fall to it."""

    job: Job
    number: int
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class PartRead:
    """What reading a partition came to; ``n_articles`` is 0 for one that gave none."""

    number: int
    n_articles: int
    changes: Changes
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamesTask:
    """One shard of names, to be merged over the partitions with these numbers."""

    job: Job
    shard: int
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NamesResolved:
    """What a shard of names came to."""

    entities: Counter[str]
    relations: Counter[str]
    n_mentions: int
    top: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class PartTask:
    """A partition that has been read, to be written."""

    job: Job
    number: int


@dataclass(frozen=True, slots=True)
class Written:
    """What was written of a partition, and of what: the next build need not write it again.

    ``credited`` are the names that its articles credit, whose kinds the whole corpus tells; ``files`` maps
    paths to digests.
    """

    facts: bytes
    request: str
    credited: tuple[str, ...]
    files: dict[str, str]
    summary: Summary
    report: str


@cache
def _load_lexicon(paths: tuple[Path, ...]) -> Lexicon:
    return load_lexicon(paths)


def read_part(part: Part) -> PartRead:
    """Read the articles of a partition that have changed, and survey what all of them say of names."""
    job = part.job
    path = job.facts(part.number)
    with _written(path) as new:
        changes, doubts = update_part(
            part.sources,
            new,
            lexicon=job.lexicon(),
            n_parts=job.n_parts,
            last=job.before(path),
            encoding=job.encoding,
        )
    with open_cache(path, is_trusted=True) as facts, _written(job.survey(part.number)) as new:
        n_articles = len(facts)
        before = job.before(job.survey(part.number))
        if before is not None and is_survey_of(before, facts.digest):
            link_file(before, new)
        else:
            write_shards(survey(facts), new, origin=facts.digest)
    faults = tuple(map(format_diagnostic, doubts[:1] if not n_articles else ()))
    return PartRead(part.number, n_articles, changes, faults)


def merge_names(task: NamesTask) -> None:
    """Add up one shard over all partitions, and leave its names for those who ask whether one is known."""
    names: dict[str, NameUse] = {}
    for number in task.parts:
        for row in read_shard(task.job.survey(number), task.shard).names:
            if row.name in names:
                names[row.name].merge(row.use())
            else:
                names[row.name] = row.use()
    with _written(task.job.work("names", task.shard)) as new:
        write_record(sorted(names), new)
    with _written(task.job.work("merged", task.shard)) as new:
        write_record([NameRow.of(name, use) for name, use in sorted(names.items())], new)


def resolve_names(task: NamesTask) -> NamesResolved:
    """Write the entities of one shard, of which all shards have been merged."""
    job = task.job
    lexicon = job.lexicon()
    rows = read_record(job.work("merged", task.shard), tuple[NameRow, ...])
    names = {row.name: row.use() for row in rows}
    entities = resolve_entities(names, lexicon=lexicon, is_known=_find_known(job, names, lexicon))
    shards = [read_shard(job.survey(number), task.shard) for number in task.parts]
    agents = sorted({credit for shard in shards for credit in shard.credits})
    _write_names(job, task.shard, entities, agents, names)
    edges: dict[str, bytes] = {}
    for shard in shards:
        for kind, digests in shard.edges.items():
            edges[kind.value] = edges.get(kind.value, b"") + digests
    counts = {name: use.n_mentions for name, use in names.items()}
    return NamesResolved(
        entities=Counter(entity.kind.value for entity in entities),
        relations=Counter({kind: _count_distinct(digests) for kind, digests in edges.items()}),
        n_mentions=sum(counts.values()),
        top=rank(counts)[:_N_TOP],
    )


def write_part(task: PartTask) -> Summary:
    """Write what the articles of a partition state, and its part of the report.

    What the last build has written of the same facts stays as it is.
    """
    job = task.job
    origin = read_digest(job.facts(task.number))
    last = _read_written(job.before(job.written(task.number)))
    if last is not None and last.facts == origin:
        kinds = _find_kinds(job, last.credited)
        if last.request == _digest_request(job, kinds) and _link_all(job, last.files):
            return _finish_part(job, task.number, last)
    graph = _part_graph(job, task.number)
    credited = sorted({name for article in graph.articles for name, _ in credits_of(article)})
    kinds = _find_kinds(job, credited)
    graph = _with_kinds(graph, kinds)
    paths = []
    if "nq" in job.formats or "store" in job.formats:
        paths += _write_article_quads(job, task.number, graph)
    if "parquet" in job.formats:
        paths += write_article_tables(graph, job.folder / "tables", f"part-{task.number:05}.parquet")
    found = Written(
        facts=origin,
        request=_digest_request(job, kinds),
        credited=tuple(credited),
        files={path.relative_to(job.folder).as_posix(): _digest_file(path) for path in paths},
        summary=summarize(graph),
        report="".join(f"{format_diagnostic(doubt)}\n" for doubt in graph.diagnostics),
    )
    return _finish_part(job, task.number, found)


def _write_article_quads(job: Job, number: int, graph: KnowledgeGraph) -> list[Path]:
    """Write what articles state, copied where it has not changed; return the files that were written."""
    keys = article_keys(graph, read_packed(job.facts(number)))
    path, index = job.quads("part", number), job.blocks(number)
    with BlockWriter(
        job.folder,
        keys=keys,
        request=f"{digest_package()} {job.base}",
        last=job.last,
        index=index.relative_to(job.folder).as_posix(),
    ) as writer:
        name = path.relative_to(job.folder).as_posix()
        writer.write(name, quad_parts(graph, base=job.base), pack=pack_quads)
    return [path, index]


def _finish_part(job: Job, number: int, found: Written) -> Summary:
    """Leave the record of a partition for the next build, and its part of the report for this one."""
    with _written(job.written(number)) as new:
        write_record(found, new)
    with _written(job.work("report", number)) as new:
        _write_text(new, iter([found.report]))
    return found.summary


def _read_written(path: Path | None) -> Written | None:
    if path is None or not path.exists():
        return None
    try:
        return read_record(path, Written)
    except KgError:
        return None  # damaged, or of another version: all is written anew


def _digest_request(job: Job, kinds: dict[str, EntityKind]) -> str:
    """Return what the files of a partition depend on besides its facts."""
    told = [f"{name}={kind}" for name, kind in sorted(kinds.items())]
    parts = (digest_package(), job.base, *job.formats, *told)
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _link_all(job: Job, files: Mapping[str, str]) -> bool:
    """Take over files of the last build, if they still are as they were written; tell whether they are."""
    for name, digest in files.items():
        before = job.before(job.folder / name)
        if before is None or not before.is_file() or _digest_file(before) != digest:
            return False
    for name in files:
        before, path = job.before(job.folder / name), job.folder / name
        if before is not None:
            with _written(path) as new:
                link_file(before, new)
    return True


def _digest_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def rank(counts: dict[str, int]) -> tuple[tuple[str, int], ...]:
    """Return names with their counts, the largest first."""
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _part_graph(job: Job, number: int) -> KnowledgeGraph:
    lexicon = job.lexicon()
    with open_cache(job.facts(number), is_trusted=True) as facts:
        doubts = [doubt for source in facts.sources for doubt in source.diagnostics]
        return resolve_graph(facts, lexicon=lexicon, diagnostics=doubts, settings=describe_settings(lexicon))


def _find_kinds(job: Job, credited: Iterable[str]) -> dict[str, EntityKind]:
    """Return those of the *credited* who are entities of the corpus, with their kinds."""
    wanted = frozenset(credited)
    kinds: dict[str, EntityKind] = {}
    for shard in sorted(set(map(shard_of, wanted))):
        found = read_record(job.work("credits", shard), dict[str, EntityKind])
        kinds.update({name: kind for name, kind in found.items() if name in wanted})
    return kinds


def _with_kinds(graph: KnowledgeGraph, kinds: Mapping[str, EntityKind]) -> KnowledgeGraph:
    """Return the graph of a partition in which those who are credited have the kinds of the whole."""
    entities = {entity.name: entity for entity in graph.entities}
    for name, kind in kinds.items():
        known = entities.get(name)
        entities[name] = replace(known, kind=kind) if known else Entity(mint_id("entity", name), name, kind)
    return replace(graph, entities=tuple(sorted(entities.values(), key=lambda entity: entity.id)))


def _write_names(
    job: Job,
    shard: int,
    entities: Sequence[Entity],
    agents: Sequence[tuple[str, EntityKind]],
    names: dict[str, NameUse],
) -> None:
    kinds = {entity.name: entity.kind for entity in entities}
    with _written(job.work("credits", shard)) as new:
        write_record({name: kinds[name] for name, _ in agents if name in kinds}, new)
    if "nq" in job.formats or "store" in job.formats:
        graph = KnowledgeGraph(tuple(map(_credited, agents)), {}, tuple(entities), (), ())
        with _written(job.quads("names", shard)) as new:
            write_quads(new, name_quads(graph, base=job.base))
    if "parquet" in job.formats:
        counts = {name: use.n_mentions for name, use in names.items()}
        path = job.folder / "tables" / "entities" / f"part-{shard:05}.parquet"
        write_entity_table(entities, counts, path)


def _credited(credit: tuple[str, EntityKind]) -> Article:
    """Return a stand-in for the articles that someone is credited with."""
    name, kind = credit
    if kind is EntityKind.PERSON:
        return Article("", "", "", authors=(name,))
    return Article("", "", "", publisher=name)


def _find_known(job: Job, names: dict[str, NameUse], lexicon: Lexicon) -> Callable[[str], bool]:
    """Return what tells whether a name stands in any shard, for those that will be asked about."""
    asked = {text for name, use in names.items() for text in use.names_in_question(name)}
    terms = (lexicon.lookup(name) for name in names)
    asked.update(wider for term in terms if term is not None for wider in term.broader)
    known: set[str] = set()
    for shard in range(N_SHARDS):  # one at a time: no more memory than one of them takes
        known |= asked & read_record(job.work("names", shard), frozenset[str])
    return known.__contains__


def _count_distinct(digests: bytes) -> int:
    return int(np.unique(np.frombuffer(digests, dtype=f"V{EDGE_SIZE}").view(np.uint64)).size)


def write_quads(path: Path, lines: Iterable[str]) -> None:
    """Write packed N-Quads: a twentieth of the size, and no clock in it."""
    with path.open("wb") as file, gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as packed:
        packed.writelines(line.encode("utf-8") for line in lines)


def pack_quads(data: bytes) -> bytes:
    """Return N-Quads packed by themselves: many of these one after another are one packed file."""
    file = io.BytesIO()
    with gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as packed:  # gzip.compress also names the system
        packed.write(data)
    return file.getvalue()


def _write_text(path: Path, chunks: Iterator[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(chunks)


@contextmanager
def _written(path: Path) -> Iterator[Path]:
    """Give a name to write under, and put the file in its place when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    yield new
    new.replace(path)
