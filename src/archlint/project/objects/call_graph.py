"""Who calls whom: the calls of every function, resolved as far as values are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from archlint.project.answer import UNKNOWN
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.memo import Memo
from archlint.project.objects.values import Value, Values, called_function
from archlint.project.summaries import CallSite

if TYPE_CHECKING:
    from archlint.project.project import Project


class ResolvedCall(msgspec.Struct, frozen=True):
    """One call in a function, and what it calls."""

    caller: ProjectFunction
    site: CallSite
    callee: Value

    @property
    def function(self) -> ProjectFunction | None:
        """The function of the project that is called, if it is one."""
        return called_function(self.callee)

    @property
    def is_unknown(self) -> bool:
        """Whether nobody can tell from the source what is called."""
        return self.callee is UNKNOWN


class CallGraph:
    """The calls of a project. Those of one function are resolved when they are asked for."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._functions = project.view(Functions)
        self._values = project.view(Values)
        self._calls = Memo(project.reads, self._resolve)
        self._callers = Memo(project.reads, self._all_callers)

    @classmethod
    def build(cls, project: Project) -> CallGraph:
        """The call graph of a project."""
        return cls(project)

    def calls_of(self, function: ProjectFunction) -> tuple[ResolvedCall, ...]:
        """The calls in a function's body, in the order of the source."""
        return self._calls(function)

    def call_at(self, function: ProjectFunction, site: CallSite) -> ResolvedCall:
        """One call in a function's body, where the others are of no interest."""
        return ResolvedCall(function, site, self._values.callee(function, site.call))

    def callees(self, function: ProjectFunction) -> tuple[ProjectFunction, ...]:
        """The functions of the project that a function surely calls, each once."""
        found = (call.function for call in self.calls_of(function))
        return tuple(dict.fromkeys(callee for callee in found if callee is not None))

    def callers(self, function: ProjectFunction) -> tuple[ResolvedCall, ...]:
        """The calls that surely end in a function. The first question resolves the whole project."""
        return tuple(self._callers(self._functions).get(function, ()))

    def _resolve(self, function: ProjectFunction) -> tuple[ResolvedCall, ...]:
        return tuple(self.call_at(function, site) for site in self._functions.summary(function).calls)

    def _all_callers(self, functions: Functions) -> dict[ProjectFunction, list[ResolvedCall]]:
        table: dict[ProjectFunction, list[ResolvedCall]] = {}
        for caller in functions.all():
            for call in self.calls_of(caller):
                if call.function is not None:
                    table.setdefault(call.function, []).append(call)
        return table
