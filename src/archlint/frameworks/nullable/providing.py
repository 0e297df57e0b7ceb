"""Which function gives a parameter of a handler its value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Call, Expression, Name, Subscript, last_name
from archlint.frameworks.fastapi.injections import dependency_of
from archlint.project.answer import Definition
from archlint.project.functions import Functions
from archlint.project.objects.values import called_function
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.facts.definitions import Parameter
    from archlint.project.functions import ProjectFunction
    from archlint.project.module import Module
    from archlint.project.project import Project

_MARKERS = frozenset({"Depends", "Security"})


def provider_of(project: Project, function: ProjectFunction, parameter: Parameter) -> ProjectFunction | None:
    """The function behind `Depends(…)`, in the default or in the annotation; None for none of the project."""
    scopes = project.view(Scopes)
    where, marker = (function.module, function.outer), _marker(parameter.default)
    if marker is None:
        where, marker = _annotated(project, *where, parameter.annotation)
    given = dependency_of(marker) if marker is not None else None
    return called_function(scopes.resolve(*where, given)) if given is not None else None


def _annotated(
    project: Project, module: Module, scope: str, annotation: Expression | None
) -> tuple[tuple[Module, str], Call | None]:
    """The marker in `Annotated[User, Depends(current_user)]`, or in what has been given that as its name."""
    if isinstance(annotation, Subscript) and last_name(annotation.value) == "Annotated":
        found = (_marker(each) for each in getattr(annotation.index, "items", ()))
        return (module, scope), next(filter(None, found), None)
    if not isinstance(annotation, Name):
        return (module, scope), None
    alias = project.view(Scopes).resolve(module, scope, annotation)
    if not isinstance(alias, Definition) or alias.kind is not Kind.VALUE or alias.member:
        return (module, scope), None
    bound = project.view(Functions).module_summary(alias.module).bound.get(alias.qualname, ())
    value = bound[0].value if len(bound) == 1 else None
    return (
        _annotated(project, alias.module, "", value)
        if isinstance(value, Subscript)
        else ((module, scope), None)
    )


def _marker(form: Expression | None) -> Call | None:
    return form if isinstance(form, Call) and last_name(form.function) in _MARKERS else None
