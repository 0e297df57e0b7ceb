"""Functions of a project that run the text which they are given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from archlint.facts.expressions import Attribute, Call, Expression, Name, last_name
from archlint.project.call_arguments import call_arguments
from archlint.project.functions import Functions, ProjectFunction, mentioning

if TYPE_CHECKING:
    from archlint.project.project import Project

RUNNING: Final = frozenset(
    {
        *("exec_driver_sql", "execute", "execute_fetchall", "execute_insert", "executemany", "fetch"),
        *("fetch_all", "fetch_one", "fetch_val", "fetchall", "fetchone", "fetchrow", "fetchval"),
        *("iterate", "prepare", "query", "text"),
    }
)
"""What runs a statement, or makes one of a text."""


class Carriers:
    """Which functions hand a parameter, as it is, to what runs it."""

    def __init__(self, project: Project) -> None:
        self._functions = project.view(Functions)
        self.by_name: Mapping[str, ProjectFunction] = dict(self._found(project))
        """By their last names; without those of which two functions have one."""

    @classmethod
    def build(cls, project: Project) -> Carriers:
        """The view of a project."""
        return cls(project)

    def text_of(self, call: Call) -> Expression | None:
        """What a call gives to be run."""
        name = last_name(call.function)
        carrier = self.by_name.get(name)
        if carrier is not None and isinstance(call.function, (Name, Attribute)):
            given = call_arguments(carrier.left_to_callers, call).by_parameter
            return given.get(self._carried(carrier))
        return call.arguments[0] if name in RUNNING and call.arguments else None

    def _found(self, project: Project) -> Iterator[tuple[str, ProjectFunction]]:
        named: dict[str, list[ProjectFunction]] = {}
        for module in project.modules if any(module.sql for module in project.modules) else ():
            for function in mentioning(module, *RUNNING):
                if function.fact.name not in RUNNING and self._carried(function):
                    named.setdefault(function.fact.name, []).append(function)
        return ((name, found[0]) for name, found in named.items() if len(found) == 1)

    def _carried(self, function: ProjectFunction) -> str:
        """The parameter that is handed on; empty for none."""
        summary = self._functions.summary(function)
        names = {each.name for each in function.left_to_callers} - summary.bound.keys()
        for site in summary.calls if names else ():
            if last_name(site.call.function) in RUNNING and site.call.arguments:
                given = site.call.arguments[0]
                if isinstance(given, Name) and given.id in names:
                    return given.id
        return ""
