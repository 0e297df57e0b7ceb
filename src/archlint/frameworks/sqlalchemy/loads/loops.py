"""Queries that run once for each turn of a loop over rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archlint.frameworks.data_flow import DataFlow, call_of
from archlint.frameworks.handlers import runs_once
from archlint.frameworks.sqlalchemy.candidates import is_migration, is_test
from archlint.frameworks.sqlalchemy.sessions.sessions import Session
from archlint.frameworks.sqlalchemy.values.instances import Collection, Instance
from archlint.frameworks.sqlalchemy.values.queries import RUNNING as OF_QUERIES
from archlint.frameworks.sqlalchemy.values.queries import Query
from archlint.frameworks.sqlalchemy.values.results import Result
from archlint.frameworks.sqlalchemy.values.rows import Rows
from archlint.frameworks.sqlalchemy.values.statements import WRITING, Statement
from archlint.project.flow.trace import Called, Loop, Trace
from archlint.project.flow.values import Many, Value, something

if TYPE_CHECKING:
    from archlint.project.functions import ProjectFunction
    from archlint.project.module import Module
    from archlint.project.project import Project

_OF_SESSIONS = frozenset({"execute", "scalars", "scalar", "get", "get_one", "exec"})
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Around:
    """A loop over rows, and the file it is in."""

    module: Module
    loop: Loop


@dataclass(frozen=True, slots=True)
class Asking:
    """A call that queries the database, and the loop around it; None for no such loop."""

    trace: Trace
    called: Called
    around: Around | None

    @property
    def writes(self) -> bool:
        """Whether it changes rows."""
        given = self.called.arguments.get("statement", 0)
        if self.called.name in ("delete", "update"):
            return True
        options = something(given) if given is not None else ()
        return any(isinstance(option, Statement) and option.kind in WRITING for option in options)


def askings(project: Project) -> Iterator[Asking]:
    """Every call that queries the database."""
    for trace, called in project.view(DataFlow).events(Called):
        if called.receiver is None or called.context.deferred:
            continue
        options = tuple(something(called.receiver))
        asks = any(
            (isinstance(o, Session) and called.name in _OF_SESSIONS)
            or (isinstance(o, Query) and called.name in OF_QUERIES)
            for o in options
        )
        if asks:
            yield Asking(trace, called, _around(trace, called))


def _around(trace: Trace, called: Called) -> Around | None:
    """The loop over rows around a call, or around what led to it."""
    for _ in range(_DEEPEST):
        loop = next((each for each in called.context.loops if _holds_rows(each.over)), None)
        if loop is not None:
            is_work = trace.function is not None and not _runs_once(trace.function)
            return Around(trace.module, loop) if is_work else None
        outer = call_of(trace)
        if (
            outer is None
            or trace.caller is None
            or (trace.function is not None and _runs_once(trace.function))
        ):
            return None
        trace, called = trace.caller[0], outer
    return None


def _runs_once(function: ProjectFunction) -> bool:
    return runs_once(function) or is_migration(function.module) or is_test(function.module)


def _holds_rows(value: Value) -> bool:
    if isinstance(value, (Rows, Result, Query, Collection)):
        return True
    return isinstance(value, Many) and isinstance(value.of, Instance)
