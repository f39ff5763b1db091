"""``kg explain``: how a sentence was read, stage by stage."""

from pathlib import Path

import click


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[FILE]")
def explain(file: Path | None) -> None:
    """Show how a sentence was read."""
