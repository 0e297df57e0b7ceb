"""`archlint completion`: what makes a shell complete the arguments of archlint."""

from __future__ import annotations

from typing import Final

import click

from archlint.cli import streams

_VARIABLE: Final = "_ARCHLINT_COMPLETE"
"""By which the shell asks for completions, as Click reads it from the program's name."""

_AT_EACH_COMMA: Final = ('string split ","', 'string split --max 1 ","')
"""How Click lets fish take its answers apart, and how names with commas between them stay whole."""


@click.command(short_help="Print the completion script of a shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> int:
    """Print the script by which a shell completes commands, options, rules and paths of archlint.

    \b
    bash: eval "$(archlint completion bash)" in ~/.bashrc
    zsh:  eval "$(archlint completion zsh)" in ~/.zshrc, below compinit
    fish: archlint completion fish > ~/.config/fish/completions/archlint.fish
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"no completion for `{shell}`")
    # Not `source()`: for bash that would start one, to look how old it is.
    script = kind(ctx.find_root().command, {}, "archlint", _VARIABLE)
    template = script.source_template.replace(*_AT_EACH_COMMA)
    streams.answer((template % script.source_vars()).strip() + "\n")
    return 0
