"""``kg export``, ``kg validate`` and ``kg evaluate``: a graph in other forms, and how good it is."""

from pathlib import Path

import click


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
@click.option("--to", "formats", required=True, metavar="FORMATS",
              help="ttl, trig, html, graphml, gexf, jsonld, csv, store, separated by commas.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="DIR",
              help="Folder to write into; that of the build by default.")  # fmt: skip
@click.option("--base-iri", metavar="IRI", help="What the IRIs of your entities begin with.")
def export(source: Path, formats: str, output: Path | None, base_iri: str | None) -> None:
    """Write the graph of a build in further formats."""
    from kg import builds
    from kg.iris import DEFAULT_BASE

    names = [name.strip() for name in formats.split(",")]
    base = DEFAULT_BASE if base_iri is None else base_iri
    for path in builds.export(source, names, output or source, base=base):
        click.echo(path)


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
