"""What pytest hands to a test for a parameter: the fixture of that name that is nearest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Call, Literal, last_name
from archlint.project.answer import Definition
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.memo import Memo
from archlint.project.module import Module
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from archlint.facts.definitions import Parameter
    from archlint.project.project import Project

_CONFTEST = "conftest.py"
_PLUGINS = "pytest_plugins"


class Fixtures:
    """The fixtures of tests, found when one is asked for."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._project = project
        self._symbols = project.view(Symbols)
        self._functions = project.view(Functions)
        self._renamed = Memo(project.reads, _renamed)
        self._plugins = Memo(project.reads, self._plugins_of)

    @classmethod
    def build(cls, project: Project) -> Fixtures:
        """The view of a project."""
        return cls(project)

    def asked_for(self, function: ProjectFunction, name: str) -> ProjectFunction | None:
        """The fixture that a test, or another fixture, asks for by the name of a parameter.

        One in its own module hides those in the `conftest.py` beside it, and that those in folders above;
        what a module imports, or names among its plugins, is as good as its own.
        """
        if not _is_asking(function):
            return None
        folders = function.module.path.split("/")[:-1]
        paths = ("/".join((*folders[:end], _CONFTEST)) for end in range(len(folders), -1, -1))
        for module in (function.module, *map(self._project.module_at, paths)):
            if module is None:
                continue
            for holder in (module, *self._plugins(module)):
                found = self._in(holder, name)
                if found is not None and found != function:
                    return found
        return None

    def contradicts(self, function: ProjectFunction, parameter: Parameter) -> bool:
        """Whether the fixture behind a parameter promises something else than the parameter's annotation."""
        said = parameter.annotation
        fixture = self.asked_for(function, parameter.name) if said is not None else None
        promised = fixture.fact.returns if fixture is not None else None
        if said is None or promised is None:
            return False
        names = {last_name(promised), last_name(said)}
        return len(names) == 2 and "" not in names

    def _in(self, module: Module, name: str) -> ProjectFunction | None:
        if name in module.bindings or module.stars:
            found = self._symbols.member(module, name)
            function = _function(found) if isinstance(found, Definition) else None
            if function is not None and "fixture" in function.decorators:
                return function
        return self._renamed(module).get(name)

    def _plugins_of(self, module: Module) -> tuple[Module, ...]:
        """`pytest_plugins = ["tests.fixtures.orders"]`."""
        if _PLUGINS not in module.bindings:
            return ()
        bound = self._functions.module_summary(module).bound.get(_PLUGINS, ())
        named = [one for each in bound for one in getattr(each.value, "items", (each.value,))]
        texts = (str(one.value) for one in named if isinstance(one, Literal))
        found = (self._symbols.resolve(text, module) for text in texts)
        return tuple(plugin for plugin in found if isinstance(plugin, Module))


def _is_asking(function: ProjectFunction) -> bool:
    if "fixture" in function.decorators:
        return True
    file = function.module.path.rpartition("/")[2]
    is_test = file == _CONFTEST or file.startswith("test_") or file.endswith("_test.py")
    return is_test and function.fact.name.startswith("test")


def _function(found: Definition) -> ProjectFunction | None:
    is_function = found.kind is Kind.FUNCTION and not found.member
    return ProjectFunction(found.module, found.index) if is_function else None


def _renamed(module: Module) -> Mapping[str, ProjectFunction]:
    """`@pytest.fixture(name="session")`, by that name."""
    if not module.speaks_of(b"fixture"):
        return {}
    functions = [ProjectFunction(module, index) for index in range(len(module.functions))]
    named = ((_told_name(each), each) for each in functions if "fixture" in each.decorators)
    return {name: each for name, each in named if name}


def _told_name(function: ProjectFunction) -> str:
    """The name that the decorator of a fixture gives it; empty where it keeps its own."""
    calls = (each for each in function.fact.decorators if isinstance(each, Call))
    given = (keyword for call in calls for keyword in call.keywords if keyword.name == "name")
    return next((str(each.value.value) for each in given if isinstance(each.value, Literal)), "")
