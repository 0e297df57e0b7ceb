"""One option of every type that a configuration can hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Literal

import msgspec

from archlint.config.model import Pattern
from archlint.finding import Severity
from archlint.rule import Rule, Verdict

if TYPE_CHECKING:
    from archlint.project import Project


class Named(Rule, frozen=True):
    """A base with an option of its own."""

    name: str = "x"
    """What it is called."""


class Everything(Named, frozen=True):
    """Every type once."""

    strict: bool = False
    most: int = 3
    share: float = 0.5
    mode: Literal["fast", "slow", 2] = "fast"
    at: Severity = Severity.NOTE
    words: tuple[str, ...] = ("a", "b")
    sizes: Mapping[str, int] = msgspec.field(default_factory=dict)
    grid: tuple[tuple[int, ...], ...] = ()
    limit: int | None = None
    either: int | tuple[str, ...] = 1
    where: tuple[Pattern, ...] = ()
    """Where it holds."""

    def check(self, project: Project) -> Iterator[Verdict]:
        yield from ()
