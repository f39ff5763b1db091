"""``kg query``, ``kg queries`` and ``kg stats``: what an output folder answers."""

from pathlib import Path

import click


@click.command()
@click.argument("source", type=click.Path(path_type=Path), metavar="DIR|FILE")
@click.argument("question", metavar="SPARQL|NAME|@FILE")
def query(source: Path, question: str) -> None:
    """Ask a question."""


@click.command()
def queries() -> None:
    """List the questions that ship with kg, one a line."""


@click.command()
@click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")
def stats(directory: Path) -> None:
    """Show what the build in DIR found."""
    from kg.errors import KgError
    from kg.outputs import complete_output, read_manifest
    from kg.reports import format_summary, parse_summary

    complete_output(directory)
    manifest = read_manifest(directory) if directory.is_dir() else None
    if manifest is None:
        raise KgError(f"{directory}: holds no build; make one with kg build INPUT -o {directory}")
    for line in format_summary(parse_summary(manifest.summary)):
        click.echo(line)
