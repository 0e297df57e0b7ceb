"""The program and its commands, each imported only when it is called."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final

import click
from click.shell_completion import CompletionItem

from archlint import __version__

COMMANDS: Final = (
    "baseline",
    "check",
    "completion",
    "config",
    "constraints",
    "doctor",
    "explain",
    "graph",
    "init",
    "new-rule",
    "rules",
    "score",
    "suppress",
    "test",
)
_DEFAULT: Final = "check"
_OWN_OPTIONS: Final = ("-h", "--help", "--version")
SETTINGS: Final[Mapping[str, Any]] = {"help_option_names": ["-h", "--help"]}


class Program(click.Group):
    """A group whose commands live in the modules of their names, and which checks by default."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        command = getattr(import_module(f"archlint.cli.commands.{name}"), name)
        return command if isinstance(command, click.Command) else None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read `archlint [PATHS]` as `archlint check [PATHS]`."""
        is_default = args[0] not in (*COMMANDS, *_OWN_OPTIONS) if args else not ctx.resilient_parsing
        return super().parse_args(ctx, [_DEFAULT, *args] if is_default else args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete the first word: a command, or an option or a path of the one that is the default."""
        own = super().shell_complete(ctx, incomplete)
        if not incomplete.startswith("-"):
            return [CompletionItem(incomplete, type="file"), *own]
        default = self.get_command(ctx, _DEFAULT)
        return [*own, *(default.shell_complete(ctx, incomplete) if default else ())]


@click.group(cls=Program, context_settings=dict(SETTINGS))
@click.version_option(__version__, message="archlint %(version)s")
def archlint() -> None:
    """A static architecture linter for Python web backends.

    `archlint [PATHS]` is short for `archlint check [PATHS]`.
    """
