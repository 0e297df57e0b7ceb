"""What the project's own field classes give to Django's: parameters that no declaration has to name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.bindings import Binding, Kind
from archlint.facts.expressions import Attribute, Starred, is_spread
from archlint.frameworks.django.models.arguments import given
from archlint.frameworks.django.models.declared import Declaration
from archlint.project.answer import External, Unresolved
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import ProjectFunction
from archlint.project.summaries import summarize

if TYPE_CHECKING:
    from archlint.project.project import Project


def is_left_out(project: Project, declaration: Declaration, name: str, position: int) -> bool:
    """Whether Django's field surely goes without a parameter that nobody names, the field's class neither."""
    if given(declaration, name) is not None:
        return False
    if declaration.is_plain:
        return True
    if declaration.cls is None or "" in declaration.options or len(declaration.arguments) > position:
        return False
    for ancestor in project.view(ClassHierarchy).order(declaration.cls):
        if isinstance(ancestor, Unresolved):
            return False
        if isinstance(ancestor, External):
            return ancestor.name.startswith("django.db.models.")
        for member in ancestor.fact.members:
            if member.name in _MAKING and not _leaves_out(ancestor, member, declaration, name, position):
                return False
    return False


_MAKING = frozenset({"__init__", "__new__", "contribute_to_class", "__call__"})


def _leaves_out(
    cls: ProjectClass, member: Binding, declaration: Declaration, name: str, position: int
) -> bool:
    """Whether a constructor hands on what it is given, and never this parameter."""
    if member.kind is not Kind.FUNCTION:
        return False
    method = ProjectFunction(cls.module, member.index)
    if method.fact.name != "__init__" or cls.module.mentions(method.fact, name):
        return False
    if any(parameter.name == name for parameter in method.fact.parameters):
        return False
    summary = summarize(cls.module.statements(method.fact))
    calls = [
        site.call
        for site in summary.calls
        if isinstance(site.call.function, Attribute) and site.call.function.attr == "__init__"
    ]
    if len(calls) != 1:
        return False
    spread = next((one.name for one in method.fact.parameters if one.kind == "star"), "")
    if spread in summary.bound:
        return False
    passed = [one for one in calls[0].arguments if not is_spread(one, spread)]
    if len(passed) < len(calls[0].arguments):
        named = [one for one in method.left_to_callers if one.kind in ("positional", "normal")]
        passed += declaration.arguments[len(named) :]
    return len(passed) <= position and not any(isinstance(argument, Starred) for argument in passed)
