"""One option of every type that a configuration can hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from archlint.config.model import Pattern
from archlint.finding import Severity
from archlint.rule import Rule, Verdict

if TYPE_CHECKING:
    from archlint.project import Project


@dataclass(frozen=True, slots=True)
class Named(Rule):
    """A base with an option of its own."""

    name: str = "x"
    """What it is called."""


@dataclass(frozen=True, slots=True)
class Everything(Named):
    """Every type once."""

    strict: bool = False
    most: int = 3
    share: float = 0.5
    mode: Literal["fast", "slow", 2] = "fast"
    at: Severity = Severity.NOTE
    words: tuple[str, ...] = ("a", "b")
    sizes: Mapping[str, int] = field(default_factory=dict)
    grid: tuple[tuple[int, ...], ...] = ()
    limit: int | None = None
    either: int | tuple[str, ...] = 1
    where: tuple[Pattern, ...] = ()
    """Where it holds."""

    def check(self, project: Project) -> Iterator[Verdict]:
        yield from ()
