"""What the definitions of a module are: by what they inherit from, are decorated with or are made by."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.definitions import ClassFact, FunctionFact
from archlint.facts.expressions import Form
from archlint.facts.forms import parts
from archlint.facts.statements import Assert
from archlint.project.answer import External, Unresolved
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.module import Module
from archlint.project.objects.makers import decorator_names, value_names

if TYPE_CHECKING:
    from archlint.project.objects.use_chains import UsesByModule
    from archlint.project.project import Project


class Kinds(msgspec.Struct, frozen=True):
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


def users(module: Module, uses: UsesByModule) -> Iterator[Kinds]:
    """The functions of a module, by what they use."""
    found: dict[ProjectFunction, dict[str, None]] = {}
    for use in sorted(uses.of(module), key=lambda use: use.span):
        if use.function is not None and use.name:
            found.setdefault(use.function, {})[use.name] = None
    for function, names in found.items():
        fact = function.fact
        yield Kinds(fact.name, fact.line, fact.column, tuple(names), is_whole=True)


TESTERS = ("pytest", "unittest.TestCase")


def tests(project: Project, module: Module) -> Iterator[Kinds]:
    """The tests of a module, by who runs them.

    A function is no test by its name alone: pytest's are in a module that uses pytest, or assert something.
    """
    hierarchy = project.view(ClassHierarchy)
    uses_pytest = "pytest" in module.imported
    for index, fact in enumerate(module.functions):
        function = ProjectFunction(module, index)
        if not fact.name.startswith("test") or "()" in fact.qualname:
            continue
        if fact.owner >= 0:
            order = hierarchy.order(ProjectClass(module, fact.owner))
            if any(isinstance(each, External) and each.name in _TEST_CASES for each in order):
                yield Kinds(fact.name, fact.line, fact.column, ("unittest.TestCase",), is_whole=True)
                continue
            if not module.classes[fact.owner].name.startswith("Test"):
                continue
        if uses_pytest or _asserts(function):
            yield Kinds(fact.name, fact.line, fact.column, ("pytest",), is_whole=True)


_TEST_CASES = frozenset(
    {
        "django.test.LiveServerTestCase",
        "django.test.SimpleTestCase",
        "django.test.TestCase",
        "django.test.TransactionTestCase",
        "rest_framework.test.APITestCase",
        "unittest.IsolatedAsyncioTestCase",
        "unittest.TestCase",
        "unittest.case.TestCase",
    }
)


def _asserts(function: ProjectFunction) -> bool:
    pending: list[Form] = list(function.module.statements(function.fact))
    while pending:
        form = pending.pop()
        if isinstance(form, Assert):
            return True
        pending += parts(form)
    return False
