"""Whether a stream gets colours: the option first, then the environment, then the stream itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any, TextIO, TypeVar

import click

from archlint.reporters.style import PLAIN, Style

Command = TypeVar("Command", bound=Callable[..., Any])


def colour_option(command: Command) -> Command:
    """The option `--color`, for every command that prints something to look at."""
    return click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        show_default=True,
        help="When to use colours. NO_COLOR and FORCE_COLOR are obeyed.",
    )(command)


def style_for(stream: TextIO | None, color: str) -> Style:
    """How to write on a stream."""
    if stream is None or not is_wanted(color, stream.isatty(), os.environ):
        return PLAIN
    if os.name == "nt":
        import colorama

        colorama.just_fix_windows_console()
    return Style(enabled=True)


def is_wanted(color: str, is_terminal: bool, environment: Mapping[str, str]) -> bool:
    """Whether colours are wanted, from the value of `--color` and what the surroundings say."""
    if color != "auto":
        return color == "always"
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return is_terminal and environment.get("TERM") != "dumb"
