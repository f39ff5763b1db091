"""``kg query``, ``kg queries`` and ``kg stats``: what an output folder answers."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from kg.errors import KgError

if TYPE_CHECKING:
    from kg.store import GraphStore


def _complete_question(_context: click.Context, _option: click.Parameter, begun: str) -> list[CompletionItem]:
    from kg.store import named_questions

    known = named_questions().values()
    return [CompletionItem(one.name, help=one.en) for one in known if one.name.startswith(begun)]


@click.command()
@click.argument("source", type=click.Path(path_type=Path), metavar="DIR|FILE")
@click.argument("question", metavar="SPARQL|NAME|@FILE", shell_complete=_complete_question)
@click.argument("narrowed", nargs=-1, metavar="[PARAM=NAME]...")
@click.option("--format", "style", metavar="FORMAT", default="table", show_default=True,
              help="table, csv, tsv, json, xml; turtle for CONSTRUCT and DESCRIBE.")  # fmt: skip
@click.option("--time-limit", default=60.0, show_default=True, type=click.FloatRange(min=0.1),
              metavar="SECONDS", help="End a query after this time.")  # fmt: skip
def query(source: Path, question: str, narrowed: tuple[str, ...], style: str, time_limit: float) -> None:
    """Ask a graph a question: in SPARQL, by the name of one that ships, or from a file.

    Prefixes need not be typed. A named question can be narrowed down:

    \b
    kg query output/ "SELECT ?c { ?c a kg:Concept } LIMIT 5"
    kg query output/ promotes-what name=新质生产力
    kg query output/ @mine.rq --format csv
    """
    from kg.outputs import complete_output
    from kg.processes import run_in_time
    from kg.store import FORMATS, open_store

    if style not in FORMATS:  # before the graph is loaded
        raise KgError(f"format {style!r}: not known; choose one of {', '.join(FORMATS)}")
    complete_output(source)
    params = dict(map(_parse_parameter, narrowed))

    def ask(store: "GraphStore") -> str:
        return store.query(question, params=params).to_text(style)

    try:
        text = run_in_time(lambda: open_store(source), ask, seconds=time_limit)
    except TimeoutError:
        raise KgError(
            f"query: ended after {time_limit:g} s; ask for less, add LIMIT, or give it more with --time-limit"
        ) from None
    click.echo(text, nl=False)


def _parse_parameter(text: str) -> tuple[str, str]:
    name, mark, value = text.partition("=")
    if not mark or not value:
        raise KgError(f"query: {text!r} narrows nothing down; expected PARAM=NAME, such as name=新质生产力")
    return name, value


@click.command()
def queries() -> None:
    """List the questions that ship with kg, one a line."""
    from kg.store import named_questions

    known = named_questions()
    width = max(map(len, known), default=0)
    for name, question in known.items():
        parameters = " ".join(f"[{one.name}={one.example}]" for one in question.parameters)
        click.echo(f"{name:<{width}}  {question.zh} {question.en} {parameters}".rstrip())


@click.command()
@click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")
def stats(directory: Path) -> None:
    """Show what the build in DIR found."""
    from kg.outputs import complete_output, read_manifest
    from kg.reports import format_summary, parse_summary

    complete_output(directory)
    manifest = read_manifest(directory) if directory.is_dir() else None
    if manifest is None:
        raise KgError(f"{directory}: holds no build; make one with kg build INPUT -o {directory}")
    for line in format_summary(parse_summary(manifest.summary)):
        click.echo(line)
