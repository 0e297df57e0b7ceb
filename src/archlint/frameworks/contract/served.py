"""A route as a contract knows it: what it takes, and what answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from archlint.facts.expressions import Call
    from archlint.finding import Location
    from archlint.project.functions import ProjectFunction
    from archlint.project.module import Module

UNSEEN: Final = "…"
"""Stands for a part of a path that cannot be seen."""


class Around(msgspec.Struct, frozen=True):
    """A call that has a say in a route: its decorator, the inclusion of its router, what makes a router."""

    module: Module
    scope: str
    call: Call


class Served(msgspec.Struct, frozen=True):
    """One route."""

    path: str
    """With all prefixes that can be seen."""

    methods: frozenset[str] | None
    """In capitals; None where nobody can tell."""

    function: ProjectFunction | None
    """What answers; None where nobody can tell, and where each method has a function of its own."""

    place: Location
    framework: str
    has_open_head: bool = True
    """More may stand in front of the path."""

    handlers: tuple[tuple[str, ProjectFunction], ...] = ()
    """The functions of a class, by method in capitals."""

    around: tuple[Around, ...] = ()
    """The calls that add it, and those that make what it is added to, with where they are written."""

    defaults: frozenset[str] | None = frozenset()
    """What it passes to the function besides what the path has; None where nobody can tell."""

    is_idle: bool = False
    """No application has it: nobody includes its router."""

    def answering(self, method: str) -> ProjectFunction | None:
        """The function that answers a method."""
        return dict(self.handlers).get(method) or self.function
