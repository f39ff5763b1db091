"""``kg completion``: what a shell needs to complete our words."""

import click
from click.shell_completion import get_completion_class

from kg.errors import InternalError


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the completion script for a shell.

    \b
    bash   eval "$(kg completion bash)"        in ~/.bashrc
    zsh    eval "$(kg completion zsh)"         in ~/.zshrc
    fish   kg completion fish | source         in ~/.config/fish/config.fish
    """
    completer = get_completion_class(shell)
    if completer is None:
        raise InternalError(f"completion: click knows no {shell}; install click 8.1 or later")
    root = context.find_root().command
    click.echo(completer(root, {}, "kg", "_KG_COMPLETE").source())
