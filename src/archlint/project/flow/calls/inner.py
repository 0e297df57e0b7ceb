"""Functions that are defined inside others."""

from __future__ import annotations

from archlint.facts.bindings import Kind
from archlint.project.functions import ProjectFunction
from archlint.project.scopes import nested


def around(function: ProjectFunction) -> ProjectFunction | None:
    """The function that a function is defined in."""
    outer, found, _ = function.fact.qualname.rpartition("().")
    if not found:
        return None
    definition = nested(function.module, outer)
    if definition is None or definition.kind is not Kind.FUNCTION:
        return None
    return ProjectFunction(function.module, definition.index)
