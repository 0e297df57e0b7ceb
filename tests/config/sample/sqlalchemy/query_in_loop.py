"""A query in every iteration of a loop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archlint.rule import Rule, Verdict

if TYPE_CHECKING:
    from archlint.project import Project


@dataclass(frozen=True, slots=True)
class QueryInLoop(Rule):
    """A rule without options."""

    def check(self, project: Project) -> Iterator[Verdict]:
        yield from ()
