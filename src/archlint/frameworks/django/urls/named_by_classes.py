"""Names of URLs that classes fill in for a method that they inherit: `reverse(self.list_name)`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Expression, Literal, Name
from archlint.frameworks.class_values import ClassValues
from archlint.project.classes import ClassHierarchy, ProjectClass

if TYPE_CHECKING:
    from archlint.project.functions import ProjectFunction
    from archlint.project.module import Module
    from archlint.project.project import Project


def named(
    project: Project, module: Module, function: ProjectFunction | None, value: Expression | None
) -> Iterator[tuple[Module, Literal]]:
    """The texts that a value in a body may be, and where they are written: its own, or those of classes."""
    if isinstance(value, Literal):
        if isinstance(value.value, str) and not value.truncated:
            yield module, value
        return
    if not isinstance(value, Attribute) or not isinstance(value.value, Name) or function is None:
        return
    if value.value.id == function.receiver and function.fact.owner >= 0:
        yield from _filled_in(project, function, value.attr)


def _filled_in(project: Project, function: ProjectFunction, name: str) -> Iterator[tuple[Module, Literal]]:
    """What the class of a method, and those that inherit it, have under a name."""
    values = project.view(ClassValues)
    owner = ProjectClass(function.module, function.fact.owner)
    met: set[ProjectClass] = set()
    for cls in (owner, *project.view(ClassHierarchy).below(owner)):
        method, found = values.of(cls, function.fact.name), values.of(cls, name)
        if method is None or method.function != function or found is None or name in cls.fact.attributes:
            continue
        text = found.value
        is_text = isinstance(text, Literal) and isinstance(text.value, str) and not text.truncated
        if is_text and isinstance(text, Literal) and found.holder not in met:
            met.add(found.holder)
            yield found.holder.module, text
