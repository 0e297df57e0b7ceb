"""Whether anything in a project names a function, so that somebody may run it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Name
from archlint.facts.forms import walked

if TYPE_CHECKING:
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project


def is_named(project: Project, function: ProjectFunction) -> bool:
    """Whether code beside its own has its name, or a class or decorator hands it on."""
    fact = function.fact
    if fact.owner >= 0 or fact.decorators:
        return True
    for module in project.modules:
        if not module.speaks_of(fact.name.encode()):
            continue
        if any(_is(form, fact.name) for form in walked(module.body)):
            return True
        others = (other for other in module.functions if module is not function.module or other is not fact)
        if any(module.mentions(other, fact.name) for other in others):
            return True
    return False


def _is(form: object, name: str) -> bool:
    return (isinstance(form, Name) and form.id == name) or (isinstance(form, Attribute) and form.attr == name)
