"""What gives a parameter of a handler its value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Call, Expression, Name, Subscript, last_name, says
from archlint.frameworks.fastapi.injections import dependency_of
from archlint.project.answer import Definition, External
from archlint.project.functions import Functions
from archlint.project.objects.values import called_function
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.facts.definitions import Parameter
    from archlint.project.functions import ProjectFunction
    from archlint.project.module import Module
    from archlint.project.project import Project

_MARKERS = frozenset({"Depends", "Security"})


class _Written(msgspec.Struct, frozen=True):
    """An expression, and where its names are looked up."""

    module: Module
    scope: str
    form: Expression


def provider_of(project: Project, function: ProjectFunction, parameter: Parameter) -> ProjectFunction | None:
    """The function behind `Depends(…)`, in the default or in the annotation; None for none of the project."""
    given = _dependency(project, function, parameter)
    if given is None:
        return None
    return called_function(project.view(Scopes).resolve(given.module, given.scope, given.form))


def is_of_header(project: Project, function: ProjectFunction, parameter: Parameter) -> bool:
    """Whether it holds what a scheme of FastAPI finds, or None: `HTTPBearer(auto_error=False)`."""
    given = _dependency(project, function, parameter)
    made = _bound(project, given) if given is not None and isinstance(given.form, Name) else given
    if made is None or not isinstance(made.form, Call):
        return False
    if not any(each.name == "auto_error" and says(each.value, False) for each in made.form.keywords):
        return False
    scheme = project.view(Scopes).resolve(made.module, made.scope, made.form.function)
    return isinstance(scheme, External) and scheme.name.startswith("fastapi.security.")


def _dependency(project: Project, function: ProjectFunction, parameter: Parameter) -> _Written | None:
    """What stands in `Depends(…)`."""
    default, annotation = (
        _Written(function.module, function.outer, form) if form is not None else None
        for form in (parameter.default, parameter.annotation)
    )
    marker = _marker(default) or _annotated(project, annotation)
    given = dependency_of(marker.form) if marker is not None and isinstance(marker.form, Call) else None
    return _Written(marker.module, marker.scope, given) if marker is not None and given is not None else None


def _annotated(project: Project, annotation: _Written | None) -> _Written | None:
    """The marker in `Annotated[User, Depends(current_user)]`, or in what has been given that as its name."""
    if annotation is not None and isinstance(annotation.form, Name):
        annotation = _bound(project, annotation)
    form = annotation.form if annotation is not None else None
    if annotation is None or not isinstance(form, Subscript) or last_name(form.value) != "Annotated":
        return None
    items = (_Written(annotation.module, annotation.scope, each) for each in getattr(form.index, "items", ()))
    return next(filter(None, map(_marker, items)), None)


def _bound(project: Project, name: _Written) -> _Written | None:
    """What a name of a module has been given, if that is one thing."""
    found = project.view(Scopes).resolve(name.module, name.scope, name.form)
    if not isinstance(found, Definition) or found.kind is not Kind.VALUE or found.member:
        return None
    bound = project.view(Functions).module_summary(found.module).bound.get(found.qualname, ())
    return _Written(found.module, "", bound[0].value) if len(bound) == 1 else None


def _marker(given: _Written | None) -> _Written | None:
    is_marker = (
        given is not None and isinstance(given.form, Call) and last_name(given.form.function) in _MARKERS
    )
    return given if is_marker else None
