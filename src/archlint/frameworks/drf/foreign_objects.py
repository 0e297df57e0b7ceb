"""Objects of other packages that serializers are given: `EventSerializer(Event.objects.all(), many=True)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call, Expression, Name, Subscript, last_name
from archlint.project.answer import External
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.classes import ProjectClass
    from archlint.project.project import Project


def is_given_foreign(project: Project, serializer: ProjectClass) -> bool:
    """Whether a function makes a serializer with what it has from a class of another package."""
    functions, name = project.view(Functions), serializer.fact.name
    return any(
        _makes_with_foreign(project, function, name)
        for module in project.modules
        if name in module.bindings
        for function in functions.all_of(module)
        if module.mentions(function.fact, name)
    )


def _makes_with_foreign(project: Project, function: ProjectFunction, name: str) -> bool:
    summary = project.view(Functions).summary(function)
    for site in summary.calls:
        given = site.call.arguments
        if last_name(site.call.function) != name or not given:
            continue
        root = _root(given[0])
        bound = summary.bound.get(root.id, ()) if root is not None else ()
        roots = [_root(one.value) for one in bound if one.value is not None] or [root]
        if any(each is not None and _is_foreign(project, function, each) for each in roots):
            return True
    return False


def _root(form: Expression) -> Name | None:
    """The name that a chain of calls and attributes begins with."""
    while isinstance(form, (Attribute, Call, Subscript)):
        form = form.function if isinstance(form, Call) else form.value
    return form if isinstance(form, Name) else None


def _is_foreign(project: Project, function: ProjectFunction, name: Name) -> bool:
    found = project.view(Scopes).resolve(function.module, function.scope, name)
    return isinstance(found, External) and found.name.rpartition(".")[2][:1].isupper()
