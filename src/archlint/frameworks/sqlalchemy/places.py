"""Places of expressions and values, as findings show them. Facts keep only where an expression ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Await, Call, Expression, Subscript
from archlint.finding import Related
from archlint.frameworks.orm import Place

if TYPE_CHECKING:
    from archlint.finding import Location
    from archlint.project.flow.behaviour import Site
    from archlint.project.module import Module
    from archlint.project.project import Project


def place_of(module: Module, expression: Expression) -> Place:
    """The start of an expression: that of its innermost value."""
    while isinstance(expression, (Attribute, Call, Subscript)):
        expression = expression.function if isinstance(expression, Call) else expression.value
    line, column = getattr(expression, "line", 1), getattr(expression, "column", 0)
    return Place(module, line, column)


def here(site: Site) -> Place:
    """The place of the expression that is being evaluated; for a method its name's line."""
    form = site.form
    while isinstance(form, Await):
        form = form.value
    line = getattr(form, "line", 0)
    return Place(site.module, line, getattr(form, "column", 0)) if line else place_of(site.module, form)


def location(project: Project, place: Place) -> Location:
    """A place of the project as findings have it."""
    return project.location(place.module, place.line, place.column)


def related(project: Project, place: Place | None, what: str) -> tuple[Related, ...]:
    """A related location for the place of a value, which is where it ends; empty without a place."""
    if place is None:
        return ()
    return (Related(project.location(place.module, place.line, 0), what),)
