"""Which of some modules lies closest to another: where a hint points to if several would do."""

from __future__ import annotations

from collections.abc import Iterable

from archlint.project.module import Module


def closest(module: Module, others: Iterable[Module]) -> Module | None:
    """The one with which a module shares most packages; of equals the shortest, and the first by its path."""
    own = module.name.split(".")
    return min(others, key=lambda other: (-shared(own, other), len(other.name), other.path), default=None)


def shared(segments: list[str], other: Module) -> int:
    """How many segments of a dotted name another begins with as well."""
    count = 0
    for mine, its in zip(segments, other.name.split("."), strict=False):
        if mine != its:
            break
        count += 1
    return count
