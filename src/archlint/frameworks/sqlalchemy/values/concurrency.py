"""Coroutines that run at the same time, and the sessions that they use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archlint.facts.expressions import (
    Attribute,
    Await,
    Call,
    Collection,
    Comprehension,
    Expression,
    Name,
    Starred,
)
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.sqlalchemy.values.holding import origins
from archlint.frameworks.sqlalchemy.values.sessions import Session
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import something

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.values.lives import Origin
    from archlint.project.project import Project


@dataclass(frozen=True, slots=True)
class Gathering:
    """One `asyncio.gather(…)`."""

    trace: Trace
    called: Called
    is_shared: bool
    """Whether one session is used by several of its coroutines."""


def gatherings(project: Project) -> Iterator[Gathering]:
    """Every call of `asyncio.gather` that has something to do with sessions."""
    tables: dict[int, dict[int, Called]] = {}
    calls = project.view(DataFlow).events(Called)
    gathered = [(trace, called) for trace, called in calls if _gathers(called.form)]
    wanted = {id(trace) for trace, _ in gathered}
    for trace, called in calls:
        if id(trace) in wanted:
            tables.setdefault(id(trace), {})[id(called.form)] = called
    for trace, called in gathered:
        yield Gathering(trace, called, _is_shared(called.form, tables[id(trace)]))


def _gathers(form: Call) -> bool:
    function = form.function
    return (isinstance(function, Attribute) and function.attr == "gather") or (
        isinstance(function, Name) and function.id == "gather"
    )


def _is_shared(form: Call, table: dict[int, Called]) -> bool:
    seen: set[Origin] = set()
    for argument in form.arguments:
        inner = argument.value if isinstance(argument, Starred) else argument
        many = isinstance(argument, Starred) and isinstance(inner, Comprehension)
        for coroutine in _coroutines(inner):
            called = table.get(id(coroutine))
            for origin in set(_used(called)) if called is not None else ():
                if many or origin in seen:
                    return True
                seen.add(origin)
    return False


def _coroutines(form: Expression) -> Iterator[Call]:
    if isinstance(form, Call):
        yield form
    elif isinstance(form, Comprehension):
        yield from _coroutines(form.element)
    elif isinstance(form, Collection):
        for item in form.items:
            yield from _coroutines(item)
    elif isinstance(form, Await):
        return


def _used(called: Called) -> Iterator[Origin]:
    """The async sessions that a call uses: its receiver's, and those it is given."""
    given = (*called.arguments.positional, *(value for _, value in called.arguments.named))
    for value in (*given, *((called.receiver,) if called.receiver is not None else ())):
        is_async = not any(isinstance(o, Session) and o.is_async is not True for o in something(value))
        if is_async:
            yield from origins(value)
