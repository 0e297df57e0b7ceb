"""The baseline that counts for a project: where it lies, and what it accepts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import msgspec

from archlint.baseline.document import NAME, load
from archlint.baseline.entry import Entry
from archlint.config.model import Config
from archlint.errors import ConfigError, UsageError


class Choice(msgspec.Struct, frozen=True):
    """Which baseline is to count."""

    file: Path | None = None
    """One that the user has named; None for the project's own, if it has one."""

    is_used: bool = True


OWN: Final = Choice()
"""The project's own, if it has one."""


class Baseline(msgspec.Struct, frozen=True):
    """A baseline that was read."""

    name: str
    """Its path, relative to the root where it lies below that."""

    entries: tuple[Entry, ...]


def place(config: Config, choice: Choice) -> Path:
    """Where the baseline is, or would be: named, configured, or beside the configuration."""
    if choice.file is not None:
        return choice.file.absolute()
    if config.baseline:
        return Path(os.path.normpath(config.root / config.baseline))
    return (config.file.parent if config.file else config.root).absolute() / NAME


def called(file: Path, config: Config) -> str:
    """What a baseline is called: its path from the root, with `/`, where it is below that."""
    return file.relative_to(config.root).as_posix() if file.is_relative_to(config.root) else str(file)


def standing(config: Config, choice: Choice) -> Baseline | None:
    """The baseline that counts, None where there is none and none was asked for.

    Raises UsageError or ConfigError for one that was asked for and is not there, BaselineError for one
    that cannot be read.
    """
    if not choice.is_used:
        return None
    file = place(config, choice)
    if os.path.lexists(file):
        name = called(file, config)
        return Baseline(name, load(file, name))
    if choice.file is not None:
        raise UsageError(f"no baseline `{called(file, config)}`")
    if config.baseline:
        message = f"no baseline `{config.baseline}`"
        raise ConfigError((config.problem("baseline", message, "`archlint baseline write` makes it"),))
    return None
