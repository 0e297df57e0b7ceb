"""Plain functions that give the coroutine of another one, which they call and do not await."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from archlint.facts.expressions import Call, last_name
from archlint.frameworks.coroutines import COROUTINES
from archlint.project.answer import External
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.objects.called import called_function
from archlint.project.objects.values import Values

if TYPE_CHECKING:
    from archlint.project.project import Project


def relays(project: Project, names: Collection[str]) -> frozenset[ProjectFunction]:
    """The functions that do nothing else with what coroutine functions of some names give than return it."""
    functions, values = project.view(Functions), project.view(Values)
    found = set[ProjectFunction]()
    for function in functions.all() if names else ():
        fact = function.fact
        if fact.is_async or fact.is_generator or fact.decorators:
            continue
        summary = functions.summary(function)
        given = summary.returns[0] if summary.is_whole and len(summary.returns) == 1 else None
        if not isinstance(given, Call) or last_name(given.function) not in names:
            continue
        if _is_coroutine(values, function, given):
            found.add(function)
    return frozenset(found)


def _is_coroutine(values: Values, function: ProjectFunction, call: Call) -> bool:
    callee = values.callee(function, call)
    if isinstance(callee, External):
        return callee.name in COROUTINES
    called = called_function(callee)
    if called is None or called.fact.is_generator or called.fact.decorators:
        return False
    return called.fact.is_async
