"""``kg serve``: a build for other programs and other people."""

from pathlib import Path

import click

from kg.errors import KgError


@click.command()
@click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Address to listen at."
)
@click.option("--port", default=8321, show_default=True, type=click.IntRange(0, 65535), metavar="N",
              help="Port to listen at; 0 takes a free one.")  # fmt: skip
@click.option("--reload", is_flag=True, help="Change over to a new build of DIR when it is finished.")
@click.option("--cors", multiple=True, metavar="ORIGIN",
              help="Let pages of this origin ask; * for all. Repeatable.")  # fmt: skip
@click.option("--time-limit", default=30.0, show_default=True, type=click.FloatRange(min=0.1),
              metavar="SECONDS", help="End a query after this time.")  # fmt: skip
@click.option("--size-limit", default=64, show_default=True, type=click.IntRange(min=1), metavar="MB",
              help="Refuse a result larger than this.")  # fmt: skip
@click.option("--patience", default=10.0, show_default=True, type=click.FloatRange(min=0.1),
              metavar="SECONDS", help="Let go who sends or reads nothing for this time.")  # fmt: skip
def serve(
    directory: Path,
    host: str,
    port: int,
    reload: bool,
    cors: tuple[str, ...],
    time_limit: float,
    size_limit: int,
    patience: float,
) -> None:
    """Serve the build in DIR: SPARQL, JSON API, pages.

    Read-only; Ctrl-C ends it. Needs the extra: pip install "zhengtu[serve]".
    """
    try:
        from kg.server import Limits
        from kg.server import serve as run
    except ModuleNotFoundError as error:
        raise KgError(f"serve: needs {error.name}; install it with: pip install 'zhengtu[serve]'") from error
    limits = Limits(time_limit, size_limit << 20, patience)
    run(directory, host=host, port=port, reload=reload, cors=cors, limits=limits, tell=click.echo)
