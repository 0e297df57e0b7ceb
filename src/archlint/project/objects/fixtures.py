"""What pytest hands to a test for a parameter: the fixture of that name that is nearest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

_CONFTEST = "conftest.py"


def fixture_for(project: Project, function: ProjectFunction, name: str) -> ProjectFunction | None:
    """The fixture that a test, or another fixture, asks for by the name of a parameter.

    One in its own module hides those in the `conftest.py` beside it, and that those in folders above.
    """
    if not _is_asking(function):
        return None
    folders = function.module.path.split("/")[:-1]
    paths = ("/".join((*folders[:end], _CONFTEST)) for end in range(len(folders), -1, -1))
    for module in (function.module, *map(project.module_at, paths)):
        found = _fixture(module, name) if module is not None else None
        if found is not None and found != function:
            return found
    return None


def _is_asking(function: ProjectFunction) -> bool:
    file = function.module.path.rpartition("/")[2]
    if file != _CONFTEST and not file.startswith("test_") and not file.endswith("_test.py"):
        return False
    return function.fact.name.startswith("test") or "fixture" in function.decorators


def _fixture(module: Module, name: str) -> ProjectFunction | None:
    binding = module.binds(name)
    if binding is None or binding.kind is not Kind.FUNCTION:
        return None
    found = ProjectFunction(module, binding.index)
    return found if "fixture" in found.decorators else None
