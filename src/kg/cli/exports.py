"""``kg export``, ``kg validate`` and ``kg evaluate``: a graph in other forms, and how good it is."""

from pathlib import Path

import click

from kg.errors import KgError


@click.command()
@click.argument("source", type=click.Path(path_type=Path), metavar="DIR|FILE")
def validate(source: Path) -> None:
    """Check a graph against the SHACL shapes of the ontology.

    Exit status 0: it conforms; 1: it does not, and every fault is told.
    """
    from kg.outputs import complete_output
    from kg.validation import validate as check

    complete_output(source)
    report = check(source)
    click.echo(report.to_text())
    if not report.conforms:
        click.get_current_context().exit(1)


@click.command()
@click.argument("source", type=click.Path(path_type=Path), metavar="DIR")
def export(source: Path) -> None:
    """Write further formats."""
    raise KgError(f"{source}: nothing to export")


@click.command()
@click.argument("gold", type=click.Path(path_type=Path), metavar="GOLD")
@click.argument("source", type=click.Path(path_type=Path), metavar="DIR|FILE")
@click.option("--errors", type=click.Path(path_type=Path), metavar="FILE",
              help="Write a page with each miss and each false hit in its sentence.")  # fmt: skip
def evaluate(gold: Path, source: Path, errors: Path | None) -> None:
    """Score a graph against articles that people have annotated.

    GOLD holds one annotated article a line, as JSON; docs/quality.md explains its form.
    """
    from kg import evaluation
    from kg.outputs import complete_output

    complete_output(source)
    found = evaluation.evaluate(gold, source)
    click.echo(evaluation.format_table(found))
    if errors is not None:
        evaluation.write_error_browser(found, errors)
        click.echo(f"\nOpen {errors}")
