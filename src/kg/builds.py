"""One whole build: inputs in, an output folder out, or the folder as it was.

The order is: look at the request, lock the folder, read, extract, resolve, write every export into a
staging folder, publish. Nothing in the folder changes before the last step.
"""

import gc
import hashlib
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from kg import __version__
from kg.archives import ARCHIVE, read_diagnostics, read_graph, write_archive
from kg.blocks import BLOCKS, PAGES, BlockWriter
from kg.caches import CACHE, open_cache
from kg.corrections import correct_graph, read_corrections
from kg.entities import resolve_graph
from kg.errors import KgError
from kg.exports import EXPORT_FILES
from kg.exports.parquet import check_parquet
from kg.formats import (
    FORMATS,
    PARTITIONED,
    REPORT,
    check_formats,
    check_whole,
    open_writer,
    output_names,
    write_formats,
)
from kg.graph import KnowledgeGraph
from kg.iris import DEFAULT_BASE
from kg.lexicon import Lexicon, load_lexicon
from kg.outputs import copy_files, is_whole, open_output, read_manifest, write_manifest
from kg.partitions import Engine, write_partitions
from kg.pipeline import Progress, describe_settings
from kg.rdf import check_base
from kg.records import Diagnostic
from kg.reports import Summary, format_diagnostic, format_summary, parse_summary, summarize, to_json
from kg.resources import digest_package
from kg.updates import Changes, update_facts

_GENERATOR = f"zhengtu {__version__}"
_ALWAYS = (ARCHIVE, REPORT)
_WITHOUT_GRAPH = ("store", *PARTITIONED)
_FACTS, _WORK = "facts", "work"  # folders of a build in partitions
_DERIVED = (CACHE, BLOCKS, PAGES, *FORMATS["store"])
# With fewer, questions to the files are answered as quickly: they are loaded in a second.
_MIN_STORED = 2_000
_ENTRANCES = ("index.html", *(name for names in EXPORT_FILES.values() for name in names))


@dataclass(frozen=True, slots=True)
class Build:
    """A finished build: where it stands, what it wrote, what it found, what has changed since the last."""

    directory: Path
    files: tuple[str, ...]
    summary: Summary
    diagnostics: tuple[Diagnostic, ...]
    changes: Changes

    @property
    def entrance(self) -> Path:
        """Return the file to open first."""
        return self.directory / next((name for name in _ENTRANCES if name in self.files), REPORT)


def build(
    inputs: Sequence[str],
    directory: Path,
    *,
    lexicons: Sequence[Path] = (),
    corrections: Sequence[Path] = (),
    base: str = DEFAULT_BASE,
    jobs: int = 1,
    formats: Collection[str] = (),
    encoding: str | None = None,
    use_cache: bool = True,
    on_progress: Progress | None = None,
) -> Build:
    """Build the graph of *inputs* into *directory* and say what it holds.

    *formats* are names from :data:`FORMATS`; none means all, for a small graph all but the store. What an
    earlier build left in the folder is replaced as a whole, whatever its formats; files that no build
    wrote are kept. The facts of articles that have not changed since are taken from there, unless
    *use_cache* is false; the result is the same.

    Raises:
        KgError: Nothing could be read, the request makes no sense, or the folder cannot be written;
            it is then as it was.
    """
    chosen = check_whole(formats)
    min_stored = 0 if formats else _MIN_STORED
    check_base(base)
    tell = on_progress or _keep_quiet
    entries = {*_ALWAYS, *_DERIVED, *output_names(chosen)}
    with open_output(directory, entries=entries) as staging, _rare_collections():
        lexicon = load_lexicon(lexicons)
        rows = [repr(row) for path in corrections for row in (path.name, *read_corrections(path))]
        request = _digest_request(digest_package(), *chosen, base, *rows)
        last = directory if use_cache else None
        changes = update_facts(inputs, staging / CACHE, lexicon=lexicon, last=last, encoding=encoding,
                               jobs=jobs, request=request, on_progress=tell)  # fmt: skip
        if use_cache and changes.are_none and (same := _stage_again(directory, staging)):
            return replace(same, changes=changes)
        graph = correct_graph(_resolve(staging / CACHE, lexicon), corrections)
        with open_writer(graph, staging, staging / CACHE, base=base, corrections=rows, last=last) as files:
            write_formats(chosen, graph, files, base=base, jobs=jobs, min_stored=min_stored, tell=tell)
        summary = summarize(graph)
        _write_report(staging / REPORT, summary, graph.diagnostics)
        write_archive(graph, staging / ARCHIVE)
        manifest = write_manifest(staging, generator=_GENERATOR, summary=to_json(summary), derived=_DERIVED)
    return Build(directory, tuple(manifest.files), summary, graph.diagnostics, changes)


def build_in_partitions(
    inputs: Sequence[str],
    directory: Path,
    *,
    engine: Engine,
    lexicons: Sequence[Path] = (),
    corrections: Sequence[Path] = (),
    base: str = DEFAULT_BASE,
    formats: Collection[str] = (),
    encoding: str | None = None,
    use_cache: bool = True,
    on_progress: Progress | None = None,
) -> Build:
    """Build the graph of *inputs* in partitions, so that no step holds the whole of it.

    *formats* are ``nq``, ``parquet`` and ``store``; none means all three. The diagnostics stand in the
    report alone. All else is as for :func:`build`.

    Raises:
        KgError: Nothing could be read, the request makes no sense, or the folder cannot be written;
            it is then as it was.
    """
    chosen = check_formats(formats or _WITHOUT_GRAPH)
    for name in chosen:
        if name not in _WITHOUT_GRAPH:
            raise KgError(
                f"format {name!r} needs the whole graph, which a build in partitions does not hold; "
                f"choose from {', '.join(_WITHOUT_GRAPH)}, or build without nq, parquet and --engine dask"
            )
    if "parquet" in chosen:
        check_parquet()
    check_base(base)
    entries = {REPORT, _FACTS, *output_names(_WITHOUT_GRAPH)}
    with open_output(directory, entries=entries) as staging, _rare_collections():
        last = directory.resolve() if use_cache else None
        summary, changes, doubts = write_partitions(
            inputs, staging, engine=engine, formats=chosen, base=base, lexicons=lexicons,
            corrections=corrections, last=last, encoding=encoding, tell=on_progress or _keep_quiet,
        )  # fmt: skip
        with (staging / REPORT).open("wb") as report, doubts.open("rb") as found:
            report.write(("\n".join(format_summary(summary)) + "\n").encode("utf-8"))
            if first := found.read(1):
                report.write(b"\n" + first)
                shutil.copyfileobj(found, report)
        shutil.rmtree(staging / _WORK)
        derived = (_FACTS, *FORMATS["store"])
        manifest = write_manifest(staging, generator=_GENERATOR, summary=to_json(summary), derived=derived)
    return Build(directory, tuple(manifest.files), summary, (), changes)


def _digest_request(*parts: str) -> str:
    """Return what tells one build of the same facts from another."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _stage_again(directory: Path, staging: Path) -> Build | None:
    """Fill *staging* with what stands in *directory*, if that is what the build would come to."""
    manifest = read_manifest(directory)
    if (
        manifest is None
        or manifest.generator != _GENERATOR
        or not _is_same(directory / CACHE, staging / CACHE)
    ):
        return None
    if not is_whole(manifest, directory):
        return None
    diagnostics = read_diagnostics(directory / ARCHIVE)
    copy_files(manifest, directory, staging, but={CACHE})
    write_manifest(staging, generator=_GENERATOR, summary=manifest.summary, derived=_DERIVED)
    summary = parse_summary(manifest.summary)
    return Build(directory, tuple(manifest.files), summary, diagnostics, Changes(0, 0, 0, 0))


def _is_same(one: Path, other: Path) -> bool:
    """Tell whether two caches hold the same facts for the same request."""
    with open_cache(one) as first, open_cache(other, is_trusted=True) as second:
        return first.digest == second.digest


def _resolve(path: Path, lexicon: Lexicon) -> KnowledgeGraph:
    with open_cache(path, is_trusted=True) as facts:
        doubts = [doubt for source in facts.sources for doubt in source.diagnostics]
        return resolve_graph(facts, lexicon=lexicon, diagnostics=doubts, settings=describe_settings(lexicon))


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Let the collector of cycles look rarely: a graph is millions of records and no cycle.

    At the usual rate it looks at all of them again and again, which takes longer than making them.
    """
    before = gc.get_threshold()
    gc.set_threshold(200_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def export(
    source: Path, formats: Collection[str], directory: Path, *, base: str = DEFAULT_BASE
) -> tuple[Path, ...]:
    """Write the graph of the build in *source* in further *formats*; return what was written.

    In *source* itself the new files join those of the build, all at once; in another folder they
    stand alone.

    Raises:
        KgError: There is no build, a format is unknown, or the folder cannot be written.
    """
    chosen = check_whole(formats)
    check_base(base)
    graph = read_graph(source)
    joins = directory.resolve() == source.resolve()
    entries = output_names(chosen)
    with open_output(directory, entries=entries) as staging:
        manifest = read_manifest(source)
        if joins and manifest is not None:
            copy_files(manifest, source, staging, but=entries)
        with BlockWriter(staging, keys={}, request="") as files:
            write_formats(chosen, graph, files, base=base, tell=_keep_quiet)
        summary = to_json(summarize(graph))
        write_manifest(staging, generator=_GENERATOR, summary=summary, derived=_DERIVED)
    return tuple(path for path in map(directory.joinpath, entries) if path.exists())  # ask.html may not be


def _keep_quiet(_label: str, _done: int, _total: int) -> None:
    """Nobody is looking."""


def _write_report(path: Path, summary: Summary, diagnostics: Sequence[Diagnostic]) -> None:
    lines = [*format_summary(summary), "", *map(format_diagnostic, diagnostics)]
    path.write_text("\n".join(lines).strip() + "\n", encoding="utf-8", newline="\n")
