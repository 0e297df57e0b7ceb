"""Reading one document: where its values come from, and the mistakes found on the way."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec

from archlint.config.document import Document
from archlint.config.model import Origin
from archlint.config.positions import KeyPath
from archlint.config.spelling import meant
from archlint.config.wording import quoted
from archlint.errors import ConfigError, ConfigProblem

MOST: Final = 100
"""Mistakes told in full: a person reads no more, and a hostile file could hold a million."""


class Problems(msgspec.Struct):
    """The mistakes of all files of a configuration, gathered to be told at once."""

    told: list[ConfigProblem] = msgspec.field(default_factory=list)
    untold: int = 0

    @property
    def is_full(self) -> bool:
        """Whether further mistakes are only counted."""
        return len(self.told) >= MOST

    def add(self, problem: ConfigProblem) -> None:
        """One more mistake."""
        if self.is_full:
            self.untold += 1
        else:
            self.told.append(problem)

    def raise_if_any(self) -> None:
        """Raise all mistakes as one `ConfigError`, file by file and from top to bottom."""
        if not self.told:
            return
        files = list(dict.fromkeys(each.path for each in self.told))
        told = sorted(self.told, key=lambda each: (files.index(each.path), each.line, each.column))
        if self.untold:
            told.append(ConfigProblem(told[-1].path, 0, 0, f"{self.untold} more mistakes"))
        raise ConfigError(tuple(told))


class Reader(msgspec.Struct, frozen=True):
    """What a kind of value needs while it reads: the document around it and an ear for mistakes."""

    document: Document
    root: Path
    """Without symbolic links, as `folder` is, so that the two can be compared."""

    problems: Problems

    @property
    def folder(self) -> Path | None:
        """The folder its paths are relative to; None for a preset, whose paths start at the root."""
        return None if self.document.is_preset else Path(os.path.realpath(self.document.file.parent))

    def origin(self, path: KeyPath) -> Origin:
        """Where the value at a key path comes from."""
        if self.document.is_preset:
            return Origin(self.document.name)
        return Origin(self.document.name, *self.document.place(path))

    def problem(self, path: KeyPath, message: str, hint: str = "") -> None:
        """Note a mistake at a key path."""
        self.problems.add(ConfigProblem(self.document.name, *self.document.place(path), message, hint))

    def unknown(self, path: KeyPath, noun: str, name: str, names: Iterable[str]) -> None:
        """Note a name that does not exist, with the nearest one that does."""
        hint = "" if self.problems.is_full else meant(name, names)
        self.problem(path, f"unknown {noun} {quoted(name)}", hint)
