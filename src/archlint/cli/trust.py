"""Whether code that a configuration names may be run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

import click

from archlint.pack_folders import refuse

Command = TypeVar("Command", bound=Callable[..., Any])

VARIABLE: Final = "ARCHLINT_NO_FOLDER_PACKS"
"""Says the same to every command; anything but nothing, `0` or `false` counts."""


def folder_packs_option(command: Command) -> Command:
    """The option that leaves out packs which are folders of the linted project."""
    return click.option(
        "--no-folder-packs",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=lambda context, parameter, value: refuse() if value else None,
        help=f"Do not import packs that are folders of the project. {VARIABLE}=1 does the same.",
    )(command)


def obey(environment: Mapping[str, str]) -> None:
    """Refuse such folders if the environment asks for it."""
    if environment.get(VARIABLE, "").lower() not in ("", "0", "false"):
        refuse()
