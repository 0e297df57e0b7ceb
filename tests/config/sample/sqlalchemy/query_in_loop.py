"""A query in every iteration of a loop."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.rule import Rule, Verdict

if TYPE_CHECKING:
    from archlint.project import Project


class QueryInLoop(Rule, frozen=True):
    """A rule without options."""

    def check(self, project: Project) -> Iterator[Verdict]:
        yield from ()
