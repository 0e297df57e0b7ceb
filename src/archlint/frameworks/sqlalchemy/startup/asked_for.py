"""Whether anybody names the functions that run when an application starts, as far as its code tells."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from archlint.facts.expressions import Attribute, Comparison, Name, last_name
from archlint.facts.forms import walked
from archlint.facts.statements import If
from archlint.frameworks.sqlalchemy.candidates import encoded
from archlint.frameworks.sqlalchemy.startup.commands import is_left_out, is_never_run
from archlint.frameworks.sqlalchemy.startup.served import is_run_by_name, is_served_by_name, is_told_of
from archlint.project.answer import External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.files.test_code import is_test
from archlint.project.functions import ProjectFunction
from archlint.project.imports.import_graph import ImportGraph

if TYPE_CHECKING:
    from archlint.facts.expressions import Form
    from archlint.project.module import Module
    from archlint.project.project import Project

_MOST: Final = 8
_ENTRIES: Final = frozenset({"main", "run", "cli", "serve", "start"})
APPLICATIONS: Final = ("Flask", "FastAPI", "Application", "Litestar", "Starlette", "Quart", "Sanic")
"""What makes an application, by its last name."""

_SERVERS: Final = frozenset({"uvicorn", "hypercorn", "granian", "waitress", "asyncio"})
_WRAPPING: Final = frozenset({"asynccontextmanager", "classmethod", "contextmanager", "staticmethod"})
"""Decorators that hand a function to nobody."""

_PLAIN_BASES: Final = frozenset({"abc.ABC", "typing.Generic", "typing.Protocol"})
"""Bases that call no method of their heirs."""


class AskedFor:
    """Follows the names of functions back to where an application starts."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._modules = [module for module in project.modules if not is_test(module.path)]

    @classmethod
    def build(cls, project: Project) -> AskedFor:
        """The view of a project."""
        return cls(project)

    def is_asked_for(self, function: ProjectFunction) -> bool:
        """Whether anything names a function that itself is asked for."""
        return self._is_asked_for(function, set())

    def _is_asked_for(self, function: ProjectFunction, met: set[ProjectFunction]) -> bool:
        met.add(function)
        name = function.fact.name
        if len(name) > 31 or is_told_of(self._project, name):
            return True
        is_forgotten = is_left_out(self._project, function)
        if not is_forgotten and self._begins_with(function):
            return True
        word, callers = encoded(name), []
        for module in self._modules:
            if word in bytes(module.facts.body) and name in self._names(module, function.module):
                return True
            for index in range(len(module.functions)):
                other = ProjectFunction(module, index)
                body = other.module.encoded(other.fact)
                is_added = is_forgotten and encoded("add_command") in body
                if other not in met and word in body and not is_added:
                    callers.append(other)
        return len(callers) > _MOST or any(self._is_asked_for(caller, met) for caller in callers)

    def _begins_with(self, function: ProjectFunction) -> bool:
        """Whether somebody from outside begins there."""
        return self._is_entry(function) or self._is_called_by_others(function) or self._is_command(function)

    def _is_called_by_others(self, function: ProjectFunction) -> bool:
        """Whether a decorator hands it on, or something from outside may call it as a method."""
        if any(last_name(decorator) not in _WRAPPING for decorator in function.fact.decorators):
            return True
        if function.fact.owner < 0:
            return False
        if function.fact.name.startswith("__"):
            return True
        order = self._project.view(ClassHierarchy).order(ProjectClass(function.module, function.fact.owner))
        plain = (ProjectClass, External)
        return any(
            not isinstance(each, plain) or (isinstance(each, External) and each.name not in _PLAIN_BASES)
            for each in order
        )

    def _is_entry(self, function: ProjectFunction) -> bool:
        """Whether whoever runs the application begins there: it makes the application, or is its `main`.

        The `main` of a module that a server imports is nobody's.
        """
        body = function.module.encoded(function.fact)
        if any(encoded(name) in body for name in APPLICATIONS):
            return True
        is_known = function.fact.name in _ENTRIES and function.fact.owner < 0
        return is_known and not is_served_by_name(self._project, function.module)

    def _is_command(self, function: ProjectFunction) -> bool:
        """Whether somebody may run it by hand: nobody imports its module, which makes no application."""
        return self._is_run_itself(function.module) and not function.module.speaks_of(
            *map(encoded, APPLICATIONS)
        )

    def _is_run_itself(self, module: Module) -> bool:
        importers = self._project.view(ImportGraph).importers_of(module)
        return all(is_test(edge.importer.path) for edge in importers)

    def _names(self, module: Module, home: Module) -> set[str]:
        """The names that a module reads when it starts: what a server skips that imports it is left out.

        Not so for an application in one file, the home of the function, unless a server is told of it.
        """
        is_whole = module is home and self._is_run_itself(home) and not is_served_by_name(self._project, home)
        return names_of(
            each for each in module.body if is_whole or not is_passed_by(self._project, module, each)
        )


def names_of(statements: Iterable[Form]) -> set[str]:
    """The names and attributes that some statements read."""
    return {_last(form) for form in walked(statements)}


def is_skipped(form: object) -> bool:
    """Whether it is what only `python app.py` comes to, to try the application: `app.run()`."""
    names = names_of(form.body) if is_guard(form) and isinstance(form, If) else set()
    return "run" in names and names.isdisjoint(_SERVERS)


def is_passed_by(project: Project, module: Module, form: object) -> bool:
    """Whether the application never comes to it: what tries a module that a server, or nobody, starts."""
    if not is_guard(form):
        return False
    is_server_only = is_served_by_name(project, module) and not is_run_by_name(project, module)
    return is_skipped(form) or is_server_only or is_never_run(project, module)


def is_guard(form: object) -> bool:
    """Whether it is `if __name__ == …`."""
    if not isinstance(form, If) or not isinstance(form.test, Comparison):
        return False
    return isinstance(form.test.left, Name) and form.test.left.id == "__name__"


def _last(form: object) -> str:
    return form.attr if isinstance(form, Attribute) else getattr(form, "id", "")
