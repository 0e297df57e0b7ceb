"""Functions that take a request and are no views: others of the project call them, or are handed them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Call, Form, Name, last_name
from archlint.facts.forms import parts, passed_values
from archlint.facts.statements import DefineClass, DefineFunction
from archlint.frameworks.data_flow import DataFlow
from archlint.project.files.test_code import is_test
from archlint.project.flow.trace import Called, Trace
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

_ROUTING = frozenset({"path", "re_path", "url"})


class PartsOfViews:
    """Answers for functions. Tests and decorators call views, too."""

    def __init__(self, project: Project) -> None:
        self._called = {
            event.trace.function
            for caller, event in project.view(DataFlow).events(Called)
            if event.trace is not None and _counts(caller, event.trace)
        }
        self._handed: dict[Module, frozenset[str]] = {}

    @classmethod
    def build(cls, project: Project) -> PartsOfViews:
        """The view of a project."""
        return cls(project)

    def has(self, function: ProjectFunction) -> bool:
        """Whether the project itself calls a function, or hands it to something that does."""
        return function in self._called or function.fact.name in self._handed_in(function.module)

    def _handed_in(self, module: Module) -> frozenset[str]:
        """The names that a module passes to something when it is imported."""
        names = self._handed.get(module)
        if names is None:
            names = self._handed[module] = frozenset(_passed(module.body))
        return names


def _counts(caller: Trace, inside: Trace) -> bool:
    if is_test(caller.module.path) or caller.function == inside.function:
        return False
    return caller.function is None or "()" not in caller.function.fact.qualname


def _passed(forms: tuple[Form, ...]) -> Iterator[str]:
    for form in forms:
        if isinstance(form, (DefineFunction, DefineClass)):
            continue
        if isinstance(form, Call) and last_name(form.function) not in _ROUTING:
            given = passed_values(form)
            yield from (argument.id for argument in given if isinstance(argument, Name))
        yield from _passed(parts(form))
