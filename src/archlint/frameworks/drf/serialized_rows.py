"""Objects of query sets that somebody writes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from archlint.frameworks.places.expressions import place

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.frameworks.django.query.sets.query_set import QuerySet
    from archlint.project.classes import ProjectClass
    from archlint.project.flow.trace import Trace
    from archlint.project.module import Module


class Serialized(msgspec.Struct, frozen=True):
    """Objects of a query set that a serializer writes out."""

    sets: tuple[QuerySet, ...]
    """What it may be; each of them is."""

    serializer: ProjectClass
    is_many: bool
    module: Module
    line: int
    column: int
    """Where this is said: the view, or the call."""

    trace: Trace | None
    """The run in which the query set was made last."""


def said_at(form: Expression) -> tuple[int, int]:
    """Line and column of a call."""
    line, column = place(form)
    return line, max(column - 1, 0)
