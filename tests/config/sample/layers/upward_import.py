"""Imports from a lower layer into a higher one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.rule import Rule, Verdict

if TYPE_CHECKING:
    from archlint.project import Project


class UpwardImport(Rule, frozen=True):
    """A rule whose options all have defaults."""

    allow: tuple[str, ...] = ()
    """Modules that any layer may import."""

    def check(self, project: Project) -> Iterator[Verdict]:
        yield from ()
