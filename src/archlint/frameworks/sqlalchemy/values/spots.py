"""Places of expressions, as findings show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Await, Call, Expression, Name
from archlint.finding import Location, Related
from archlint.frameworks.orm import Place
from archlint.frameworks.sqlalchemy.places import place_of

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project


def spot(project: Project, module: Module, form: Expression) -> Location:
    """The last name of a chain, with its call: of `session.query(Order).join(Item)`, `join(Item)`."""
    while isinstance(form, Await):
        form = form.value
    named = form.function if isinstance(form, Call) else form
    end = (getattr(form, "line", 0), getattr(form, "column", 0))
    if isinstance(named, Attribute):
        start = max(named.column - len(named.attr.encode()), 0)
        return project.location(module, named.line, start, *end)
    if isinstance(form, Call):
        begin = place_of(module, form)
        return project.location(module, begin.line, begin.column, *end)
    if isinstance(form, Name):
        return project.location(
            module, form.line, form.column, form.line, form.column + len(form.id.encode())
        )
    begin = place_of(module, form)
    return project.location(module, begin.line, begin.column)


def related(project: Project, place: Place | None, what: str) -> tuple[Related, ...]:
    """A related location, if there is one; places of values are where these end."""
    if place is None:
        return ()
    return (Related(project.location(place.module, place.line, 0), what),)
