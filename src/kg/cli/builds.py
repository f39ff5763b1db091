"""``kg build``: from articles to an output folder."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.progress import show_progress

if TYPE_CHECKING:
    from kg.builds import Build

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
@click.option("--only", metavar="FORMATS", default="",
              help="Write only these: ttl,trig,html,graphml,gexf,jsonld,csv,store.")  # fmt: skip
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
    encoding: str | None,
    no_cache: bool,
    quiet: bool,
) -> None:
    """Read articles and write their graph.

    INPUT is a file, a folder, a glob or - for standard input: .txt, .md, .html, .jsonl, and .docx and
    .pdf with their extras.
    """
    from kg import builds
    from kg.iris import DEFAULT_BASE

    with show_progress(quiet=quiet) as tell:
        built = builds.build(
            inputs,
            output,
            lexicons=lexicons,
            corrections=corrections,
            base=DEFAULT_BASE if base_iri is None else base_iri,
            jobs=jobs or _default_jobs(),
            formats=[name.strip() for name in only.split(",") if name.strip()],
            encoding=encoding,
            use_cache=not no_cache,
            on_progress=tell,
        )
    _report(built, quiet=quiet)


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
    if built.changes.remark:
        click.echo(built.changes.remark, err=True)
    for line in format_summary(built.summary):
        click.echo(line)
    click.echo(format_changes(built.changes))
    if "index.html" in built.files and "ask.html" not in built.files:
        click.echo(_NO_ENGINE, err=True)
    click.echo(f"\nOpen {built.entrance}")
