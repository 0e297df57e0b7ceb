"""The option that names a configuration, for every command that reads one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from archlint.cli.path_type import PathType

Command = TypeVar("Command", bound=Callable[..., Any])


def config_option(command: Command) -> Command:
    """The option `--config`: a file that stands for the configuration of the project."""
    return click.option(
        "--config",
        "config_file",
        type=PathType(exists=True, dir_okay=False),
        help="Use this configuration file instead of the nearest one.",
    )(command)
