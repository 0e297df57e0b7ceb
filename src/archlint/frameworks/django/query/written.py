"""Where the arguments of a call are written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Call, Expression
from archlint.frameworks.places.expressions import begin, spot
from archlint.project.flow.trace import Called
from archlint.project.flow.values import Value

if TYPE_CHECKING:
    from archlint.finding import Location
    from archlint.project.module import Module
    from archlint.project.project import Project


def argument_places(event: Called) -> Iterator[tuple[Value, Expression | None]]:
    """The arguments of a call with their forms; None for those that are spread from elsewhere."""
    positional = event.arguments.positional
    forms = event.form.arguments
    for index, value in enumerate(positional):
        yield value, forms[index] if len(forms) == len(positional) else None
    named = {keyword.name: keyword.value for keyword in event.form.keywords}
    for name, value in event.arguments.named:
        yield value, named.get(name)


def location_of(project: Project, module: Module, event: Called, form: Expression | None) -> Location:
    """Where an argument stands; for one that is spread, where the call does."""
    if form is None or not begin(form)[0]:
        return spot(project, module, event.form)
    if isinstance(form, Call):
        return spot(project, module, form)
    return project.location(module, *begin(form), *begin(form))
