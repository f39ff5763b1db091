"""``kg export`` and ``kg validate``: an output folder in another form, and held against the shapes."""

from pathlib import Path

import click


@click.command()
@click.argument("source", type=click.Path(path_type=Path), metavar="DIR|FILE")
def validate(source: Path) -> None:
    """Check a graph against the SHACL shapes."""


@click.command()
@click.argument("source", type=click.Path(path_type=Path), metavar="DIR")
def export(source: Path) -> None:
    """Write further formats."""
