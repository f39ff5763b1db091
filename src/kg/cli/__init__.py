"""The command ``kg``: words in, exit status out.

0 means done; 1 means our mistake; 2 means that the request makes no sense or nothing could be read.
Whatever goes wrong is told in one line on standard error. Heavy libraries are imported inside the
commands that need them, so ``kg --help`` is quick.
"""

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from kg import __version__
from kg.cli.builds import build
from kg.cli.completions import completion
from kg.cli.explanations import explain
from kg.cli.exports import evaluate, export, validate
from kg.cli.questions import queries, query, stats
from kg.cli.servers import serve
from kg.errors import InternalError, KgError

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=_CONTEXT, invoke_without_command=True)
@click.version_option(__version__, "-V", "--version", prog_name="kg", message="%(prog)s %(version)s")
@click.pass_context
def commands(context: click.Context) -> None:
    """Zhengtu (政图): knowledge graphs from Chinese policy writing.

    \b
    kg build corpus/ -o output/        read articles, write the graph and its pages
    kg query output/ problems          ask one of the questions that ship with it
    kg explain article.txt --sentence 3   see how a sentence was read
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


for _command in (build, query, queries, explain, stats, validate, evaluate, export, serve, completion):
    commands.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and end the process with its exit status."""
    _accept_any_terminal()
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    Example:
        >>> run(["--version"])
        kg 0.1.0
        0
    """
    try:
        result = commands.main(arguments, prog_name="kg", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.UsageError as error:
        return _complain(_describe_usage(error), 2)
    except (KeyboardInterrupt, click.Abort):
        return _complain("interrupted; what was there before is unchanged", 130)
    except BrokenPipeError:  # the reader, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except InternalError as error:
        return _complain(f"internal error: {error}", 1)
    except (KgError, click.ClickException) as error:
        return _complain(str(error), 2)
    except Exception as error:  # the last stop: a person gets a line, not a traceback
        if os.environ.get("KG_TRACEBACK"):
            raise
        return _complain(_describe_fault(error), 1)


def _describe_fault(error: Exception) -> str:
    """Tell an installation that lacks a library, as after an update of the sources, from a fault of ours."""
    if isinstance(error, ModuleNotFoundError) and error.name and not error.name.startswith("kg."):
        return f"installation: {error.name} is missing; install zhengtu again (in a checkout: make graph)"
    return f"internal error: {type(error).__name__}: {error}; KG_TRACEBACK=1 shows where; please report it"


def _describe_usage(error: click.UsageError) -> str:
    command = error.ctx.command_path if error.ctx else "kg"
    message = error.format_message().rstrip(".")
    return f"{command.removeprefix('kg').strip()}: {message}; see {command} --help".removeprefix(": ")


def _complain(message: str, status: int) -> int:
    click.echo("kg: " + " ".join(message.split()), err=True)
    return status


def _accept_any_terminal() -> None:
    """A terminal that cannot show a character gets its code instead of a crash."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
