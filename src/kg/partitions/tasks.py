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
from dataclasses import replace
from pathlib import Path

import numpy as np

from kg.blocks import BlockWriter
from kg.caches import open_cache, read_digest, read_packed
from kg.corrections import apply_rulings, correct_entities, digest_rulings
from kg.entities import NameUse, resolve_entities, resolve_graph
from kg.errors import KgError
from kg.exports.parquet import write_article_tables, write_entity_table
from kg.graph import KnowledgeGraph
from kg.iris import mint_id
from kg.lexicon import Lexicon
from kg.outputs import link_file
from kg.partitions.jobs import (
    Job,
    NamesResolved,
    NamesTask,
    Part,
    PartRead,
    PartTask,
    Written,
)
from kg.partitions.surveys import (
    EDGE_SIZE,
    N_SHARDS,
    NameRow,
    Shard,
    credits_of,
    digest_edge,
    is_survey_of,
    read_record,
    read_shard,
    shard_of,
    shard_of_edge,
    survey,
    write_record,
    write_shards,
)
from kg.paths import written
from kg.pipeline import describe_settings
from kg.rdf import article_keys, name_quads, quad_parts
from kg.records import Article, Entity
from kg.reports import Summary, format_diagnostic, summarize
from kg.resources import digest_package
from kg.schema import EntityKind, RelationKind
from kg.updates import update_part

_LEVEL = 1  # of gzip: IRIs repeat so much that more packs little better
_BUFFER = 1 << 20  # bytes: packing line by line takes several times as long
_N_TOP = 10  # of the most mentioned names: as many as a report shows


def read_part(part: Part) -> PartRead:
    """Read the articles of a partition that have changed, and survey what all of them say of names."""
    job = part.job
    path = job.facts(part.number)
    with written(path) as new:
        changes, doubts = update_part(
            part.sources,
            new,
            lexicon=job.lexicon(),
            n_parts=job.n_parts,
            last=job.before(path),
            encoding=job.encoding,
        )
    with open_cache(path, is_trusted=True) as facts, written(job.survey(part.number)) as new:
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
    with written(task.job.work("names", task.shard)) as new:
        write_record(sorted(names), new)
    with written(task.job.work("merged", task.shard)) as new:
        write_record([NameRow.of(name, use) for name, use in sorted(names.items())], new)


def resolve_names(task: NamesTask) -> NamesResolved:
    """Write the entities of one shard, of which all shards have been merged."""
    job = task.job
    lexicon = job.lexicon()
    names, merged = _gather_names(job, task.shard)
    entities = resolve_entities(
        names | merged, lexicon=lexicon, is_known=_find_known(job, names | merged, lexicon)
    )
    if job.rulings.digest:
        entities = correct_entities(entities, job.rulings)
    shards = [read_shard(job.survey(number), task.shard) for number in task.parts]
    agents = sorted({credit for shard in shards for credit in shard.credits})
    counts = Counter({name: use.n_mentions for name, use in names.items()})
    for name, use in merged.items():
        counts[job.names[job.rulings.merged[mint_id("entity", name)]]] += use.n_mentions
    _write_names(job, task.shard, entities, agents, counts)
    return NamesResolved(
        entities=Counter(entity.kind.value for entity in entities),
        relations=_count_relations(shards),
        n_mentions=sum(counts.values()),
        top=rank(counts)[:_N_TOP],
    )


def count_relations(task: NamesTask) -> Counter[str]:
    """Count one shard of the relations that partitions state once they are corrected, each once, by kind."""
    return _count_relations([read_shard(task.job.edges(number), task.shard) for number in task.parts])


def _count_relations(shards: Iterable[Shard]) -> Counter[str]:
    edges: dict[str, bytes] = {}
    for shard in shards:
        for kind, digests in shard.edges.items():
            edges[kind.value] = edges.get(kind.value, b"") + digests
    return Counter({kind: _count_distinct(digests) for kind, digests in edges.items()})


def _gather_names(job: Job, shard: int) -> tuple[dict[str, NameUse], dict[str, NameUse]]:
    """Return the names of a shard that stay, and those of any shard that become one of them."""
    names = _read_names(job, shard)
    merged: dict[str, NameUse] = {}
    for source, target in job.rulings.merged.items():
        name = job.names[source]
        use = names.pop(name, None)
        if shard_of(job.names[target]) == shard:
            merged[name] = use or _read_names(job, shard_of(name))[name]
    return names, merged


def _read_names(job: Job, shard: int) -> dict[str, NameUse]:
    rows = read_record(job.work("merged", shard), tuple[NameRow, ...])
    return {row.name: row.use() for row in rows}


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
    paths = _write_edges(job, task.number, graph) if job.rulings.digest else []
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


def _write_edges(job: Job, number: int, graph: KnowledgeGraph) -> list[Path]:
    """Write digests of the relations of a corrected partition by shard; return what was written."""
    found: list[dict[RelationKind, list[bytes]]] = [{} for _ in range(N_SHARDS)]
    for edge in graph.edges:
        digest = digest_edge(edge.subject_id, edge.kind, edge.object_id)
        found[shard_of_edge(digest)].setdefault(edge.kind, []).append(digest)
    shards = [Shard(edges={kind: b"".join(sorted(some[kind])) for kind in sorted(some)}) for some in found]
    with written(job.edges(number)) as new:
        write_shards(shards, new, origin=b"")
    return [job.edges(number)]


def _write_article_quads(job: Job, number: int, graph: KnowledgeGraph) -> list[Path]:
    """Write what articles state, copied where it has not changed; return the files that were written."""
    keys = article_keys(graph, read_packed(job.facts(number)))
    path, index = job.quads("part", number), job.blocks(number)
    with BlockWriter(
        job.folder,
        keys=keys,
        request=f"{digest_package()} {job.base} {digest_rulings(job.rulings)}",
        last=job.last,
        index=index.relative_to(job.folder).as_posix(),
    ) as writer:
        name = path.relative_to(job.folder).as_posix()
        writer.write(name, quad_parts(graph, base=job.base), pack=pack_quads)
    return [path, index]


def _finish_part(job: Job, number: int, found: Written) -> Summary:
    """Leave the record of a partition for the next build, and its part of the report for this one."""
    with written(job.written(number)) as new:
        write_record(found, new)
    with written(job.work("report", number)) as new:
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
    parts = (digest_package(), job.base, digest_rulings(job.rulings), *job.formats, *told)
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
            with written(path) as new:
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
        graph = resolve_graph(facts, lexicon=lexicon, diagnostics=doubts, settings=describe_settings(lexicon))
    return apply_rulings(_with_targets(job, graph), job.rulings)


def _with_targets(job: Job, graph: KnowledgeGraph) -> KnowledgeGraph:
    """Return the graph of a partition with stand-ins for entities of others that its own become."""
    own = {entity.id for entity in graph.entities}
    missing = {target for source, target in job.rulings.merged.items() if source in own} - own
    found = (Entity(target, job.names[target], EntityKind.CONCEPT) for target in missing)
    entities = sorted((*graph.entities, *found), key=lambda entity: entity.id)
    return replace(graph, entities=tuple(entities))


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
    counts: Mapping[str, int],
) -> None:
    kinds = {entity.name: entity.kind for entity in entities}
    with written(job.work("credits", shard)) as new:
        write_record({name: kinds[name] for name, _ in agents if name in kinds}, new)
    if "nq" in job.formats or "store" in job.formats:
        graph = KnowledgeGraph(tuple(map(_credited, agents)), {}, tuple(entities), (), ())
        with written(job.quads("names", shard)) as new:
            write_quads(new, name_quads(graph, base=job.base))
    if "parquet" in job.formats:
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
    with (
        path.open("wb") as file,
        gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as packed,
        io.BufferedWriter(packed, _BUFFER) as buffered,
    ):
        buffered.writelines(line.encode("utf-8") for line in lines)


def pack_quads(data: bytes) -> bytes:
    """Return N-Quads packed by themselves: many of these one after another are one packed file."""
    file = io.BytesIO()
    with gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as packed:  # gzip.compress also names the system
        packed.write(data)
    return file.getvalue()


def _write_text(path: Path, chunks: Iterator[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(chunks)
