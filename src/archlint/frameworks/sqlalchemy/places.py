"""Where an expression starts, of which facts keep only the end; and places as locations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call, Expression, Subscript
from archlint.frameworks.orm import Place

if TYPE_CHECKING:
    from archlint.finding import Location
    from archlint.project.module import Module
    from archlint.project.project import Project


def place_of(module: Module, expression: Expression) -> Place:
    """The start of an expression: that of its innermost value."""
    while isinstance(expression, (Attribute, Call, Subscript)):
        expression = expression.function if isinstance(expression, Call) else expression.value
    line, column = getattr(expression, "line", 1), getattr(expression, "column", 0)
    return Place(module, line, column)


def location(project: Project, place: Place) -> Location:
    """A place of the project as findings have it."""
    return project.location(place.module, place.line, place.column)
