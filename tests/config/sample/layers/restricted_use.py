"""Symbols that only some layers may use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.rule import Rule, Verdict

if TYPE_CHECKING:
    from archlint.project import Project


class RestrictedUse(Rule, frozen=True):
    """A rule with a required option."""

    symbols: tuple[str, ...]
    """Dotted names, with wildcards."""

    allowed_in: tuple[str, ...] = ()
    """Layers that may use them."""

    def check(self, project: Project) -> Iterator[Verdict]:
        yield from ()
