"""What things are made by or marked with, by dotted names: decorators, and values of modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Call, Expression
from archlint.project.answer import Answer, Definition, External, Unresolved
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import Functions
from archlint.project.module import Module
from archlint.project.objects.values import Instance, Values, called_function
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.project import Project


def decorator_names(project: Project, module: Module, scope: str, decorator: Expression) -> tuple[str, ...]:
    """The dotted names of a decorator: its own, and for a method of an object also that of its class.

    `@router.get("/")` with `router = APIRouter()` is `app.api.router.get` and `fastapi.APIRouter.get`.
    Empty where nobody can tell what it is, or of what class the object.
    """
    function = decorator.function if isinstance(decorator, Call) else decorator
    answer = project.view(Scopes).resolve(module, scope, function)
    if isinstance(answer, External):
        return (answer.name,)
    if not isinstance(answer, Definition):
        return ()
    if answer.kind is not Kind.VALUE or not answer.member:
        held = project.view(Values).held(answer)  # `task = shared_task`
        return (answer.name, held.name) if isinstance(held, (External, Definition)) else (answer.name,)
    classes = value_names(project, answer.module, answer.qualname)
    return (answer.name, *(f"{name}.{answer.member}" for name in classes)) if classes else ()


def value_names(project: Project, module: Module, name: str) -> tuple[str, ...]:
    """The dotted names of what a value of a module is made by: `sqlalchemy.create_engine`.

    A class of the project brings the names of its ancestors, a function of the project that of the
    class its result is annotated with. Empty where the value is not made by one call.
    """
    bound = project.view(Functions).module_summary(module).bound.get(name, [])
    if len(bound) != 1 or bound[0].how != "assign" or not isinstance(bound[0].value, Call):
        return ()
    return _results(project, project.view(Scopes).resolve(module, "", bound[0].value.function))


def _results(project: Project, maker: Answer) -> tuple[str, ...]:
    if isinstance(maker, External):
        return (maker.name,)
    owner = project.view(ClassHierarchy).of(maker)
    if owner is not None:
        return _ancestors(project, owner)
    function = called_function(maker)
    if function is None:
        return ()
    result = project.view(Values).annotated(function, function.fact.returns)
    if not isinstance(result, Instance):
        return (function.name,)
    promised = (result.of.name,) if isinstance(result.of, External) else _ancestors(project, result.of)
    return (function.name, *promised)


def _ancestors(project: Project, owner: ProjectClass) -> tuple[str, ...]:
    order = project.view(ClassHierarchy).order(owner)
    return tuple(ancestor.name for ancestor in order if not isinstance(ancestor, Unresolved))
