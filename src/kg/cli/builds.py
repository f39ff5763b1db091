"""``kg build``: from articles to an output folder."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.progress import show_progress
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.builds import Build
    from kg.partitions import Engine

_N_SHOWN = 20  # doubts printed: a screenful; the report in the output folder has them all
_NO_ENGINE = "ask.html is left out: its query engine did not come when this package was installed"


def _default_jobs() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), metavar="DIR",
              help="Folder to write into; made if missing.")  # fmt: skip
@click.option("--lexicon", "lexicons", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
              help="Your own terms, on top of those that ship. Repeatable.")  # fmt: skip
@click.option("--corrections", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
              help="What readers put right in the graph page. Repeatable.")  # fmt: skip
@click.option("--base-iri", metavar="IRI", help="What the IRIs of your entities begin with.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes; all cores by default.")
@click.option(
    "--only",
    metavar="FORMATS",
    default="",
    help="Only these: ttl,trig,html,graphml,gexf,jsonld,csv,store, or nq,parquet,store.",
)
@click.option("--engine", type=click.Choice(["local", "dask"]), default="local",
              help="Who reads: this machine, or a Dask cluster, which writes nq,parquet,store.")  # fmt: skip
@click.option("--scheduler", metavar="ADDRESS", help="Of the Dask cluster, such as tcp://127.0.0.1:8786.")
@click.option("--encoding", metavar="NAME", help="Encoding of the input; found out by default.")
@click.option("--no-cache", is_flag=True,
              help="Read every article again, whatever the last build left in DIR.")  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but faults.")
def build(
    inputs: tuple[str, ...],
    output: Path,
    lexicons: tuple[Path, ...],
    corrections: tuple[Path, ...],
    base_iri: str | None,
    jobs: int | None,
    only: str,
    engine: str,
    scheduler: str | None,
    encoding: str | None,
    no_cache: bool,
    quiet: bool,
) -> None:
    """Read articles and write their graph.

    INPUT is a file, a folder, a glob or - for standard input: .txt, .md, .html, .jsonl, and .docx and
    .pdf with their extras.
    """
    from kg import builds
    from kg.formats import PARTITIONED
    from kg.iris import DEFAULT_BASE

    formats = [name.strip() for name in only.split(",") if name.strip()]
    base = DEFAULT_BASE if base_iri is None else base_iri
    n_jobs = jobs or _default_jobs()
    in_partitions = engine == "dask" or not set(PARTITIONED).isdisjoint(formats)
    if (engine == "dask") != (scheduler is not None):
        raise KgError("--engine dask and --scheduler ADDRESS go together; give both or neither")
    with show_progress(quiet=quiet) as tell:
        if in_partitions:
            with _engine(scheduler, n_jobs) as worker:
                built = builds.build_in_partitions(
                    inputs, output, engine=worker, lexicons=lexicons, corrections=corrections, base=base,
                    formats=formats, encoding=encoding, use_cache=not no_cache, on_progress=tell,
                )  # fmt: skip
        else:
            built = builds.build(
                inputs, output, lexicons=lexicons, corrections=corrections, base=base, jobs=n_jobs,
                formats=formats, encoding=encoding, use_cache=not no_cache, on_progress=tell,
            )  # fmt: skip
    _report(built, quiet=quiet)


@contextmanager
def _engine(scheduler: str | None, jobs: int) -> "Iterator[Engine]":
    from kg.partitions import DaskEngine, LocalEngine

    if scheduler is None:
        yield LocalEngine(jobs=jobs)
        return
    engine = DaskEngine(scheduler)
    try:
        yield engine
    finally:
        engine.close()


def _report(built: "Build", *, quiet: bool) -> None:
    from kg.reports import format_diagnostic, format_summary, is_fault
    from kg.updates import format_changes

    faults = [doubt for doubt in built.diagnostics if is_fault(doubt)]
    doubts = [doubt for doubt in built.diagnostics if not is_fault(doubt)]
    for fault in faults:
        click.echo(format_diagnostic(fault), err=True)
    if quiet:
        return
    for doubt in doubts[:_N_SHOWN]:
        click.echo(format_diagnostic(doubt), err=True)
    if len(doubts) > _N_SHOWN:
        click.echo(f"… and {len(doubts) - _N_SHOWN} more in {built.directory / 'report.txt'}", err=True)
    n_untold = built.summary.n_diagnostics - len(built.diagnostics)
    if n_untold:  # a build in partitions leaves them in its report
        click.echo(f"{n_untold:,} doubts about the input stand in {built.directory / 'report.txt'}", err=True)
    if built.changes.remark:
        click.echo(built.changes.remark, err=True)
    for line in format_summary(built.summary):
        click.echo(line)
    click.echo(format_changes(built.changes))
    if "index.html" in built.files and "ask.html" not in built.files:
        click.echo(_NO_ENGINE, err=True)
    click.echo(f"\nOpen {built.entrance}")
