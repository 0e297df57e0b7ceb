"""Imports from a lower layer into a higher one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archlint.rule import Rule, Verdict

if TYPE_CHECKING:
    from archlint.project import Project


@dataclass(frozen=True, slots=True)
class UpwardImport(Rule):
    """A rule whose options all have defaults."""

    allow: tuple[str, ...] = ()
    """Modules that any layer may import."""

    def check(self, project: Project) -> Iterator[Verdict]:
        yield from ()
