"""Where the attributes of a class and of its objects are written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Expression, Name
from archlint.facts.statements import Annotate, Assign
from archlint.project.answer import External, Unresolved
from archlint.project.functions import Functions, ProjectFunction

if TYPE_CHECKING:
    from archlint.project.classes import ClassHierarchy, ProjectClass
    from archlint.project.summaries import Bound


def in_body(owner: ProjectClass, name: str) -> list[Assign | Annotate]:
    """The statements directly in a class body that give a name something."""
    return [
        form
        for form in owner.module.statements(owner.fact)
        if (isinstance(form, Annotate) and _is_named(form.target, name))
        or (isinstance(form, Assign) and any(_is_named(target, name) for target in form.targets))
    ]


def in_methods(
    functions: Functions, hierarchy: ClassHierarchy, owner: ProjectClass, name: str
) -> Iterator[tuple[ProjectFunction, Bound]]:
    """What the methods of a class and of its bases assign to an attribute of the instance, and which do."""
    for ancestor in hierarchy.order(owner):
        if isinstance(ancestor, (External, Unresolved)) or name not in ancestor.fact.attributes:
            continue
        for member in ancestor.fact.members:
            if member.kind is Kind.FUNCTION:
                method = ProjectFunction(ancestor.module, member.index)
                yield from ((method, bound) for bound in _stored(functions, method, name))


def _stored(functions: Functions, method: ProjectFunction, name: str) -> Iterator[Bound]:
    for target, bound in functions.summary(method).stored:
        if target.attr == name and _is_named(target.value, method.receiver):
            yield bound


def _is_named(expression: Expression, name: str) -> bool:
    return isinstance(expression, Name) and expression.id == name
