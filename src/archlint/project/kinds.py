"""What the definitions of a module are: by what they inherit from, are decorated with or are made by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from archlint.facts.definitions import ClassFact, FunctionFact
from archlint.project.answer import Unresolved
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import Functions
from archlint.project.makers import decorator_names, value_names
from archlint.project.module import Module

if TYPE_CHECKING:
    from archlint.project.project import Project


@dataclass(frozen=True, slots=True)
class Kinds:
    """What one definition is known to be."""

    of: str
    """The name of the definition."""

    line: int
    column: int
    names: tuple[str, ...]
    """The dotted names of what makes it what it is, the nearest first."""

    is_whole: bool
    """Whether these are all there are."""


def classes(project: Project, module: Module) -> Iterator[Kinds]:
    """The classes of a module, by their ancestors."""
    hierarchy = project.view(ClassHierarchy)
    for index, fact in enumerate(module.classes):
        ancestors = hierarchy.order(ProjectClass(module, index))[1:]
        names = tuple(ancestor.name for ancestor in ancestors if not isinstance(ancestor, Unresolved))
        yield Kinds(fact.name, fact.line, fact.column, names, len(names) == len(ancestors))


def decorated(project: Project, module: Module) -> Iterator[Kinds]:
    """The classes and functions of a module that are decorated, by their decorators."""
    facts: tuple[ClassFact | FunctionFact, ...] = (*module.classes, *module.functions)
    for fact in facts:
        scope = fact.qualname.rpartition(".")[0]
        each = [decorator_names(project, module, scope, decorator) for decorator in fact.decorators]
        if each:
            yield Kinds(fact.name, fact.line, fact.column, tuple(chain(*each)), all(each))


def values(project: Project, module: Module) -> Iterator[Kinds]:
    """The names that a module gives to what a known call makes."""
    for name, bound in project.view(Functions).module_summary(module).bound.items():
        names = value_names(project, module, name)
        if names:
            yield Kinds(name, bound[0].line, 0, names, is_whole=True)
