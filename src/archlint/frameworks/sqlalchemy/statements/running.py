"""Which statements are run, and which are not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Attribute, Await, Expression, Name
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.sqlalchemy.sessions.engines import Connection
from archlint.frameworks.sqlalchemy.sessions.sessions import Session
from archlint.frameworks.sqlalchemy.values.queries import RUNNING as OF_QUERIES
from archlint.frameworks.sqlalchemy.values.queries import Query
from archlint.frameworks.sqlalchemy.values.statements import Statement
from archlint.project.flow.trace import Called, Dropped, Trace
from archlint.project.flow.values import Value, something

if TYPE_CHECKING:
    from archlint.project.project import Project

RUNNING = frozenset({"execute", "scalars", "scalar", "stream", "stream_scalars", "exec"})
"""Methods of sessions and connections that run a statement."""


class Run(msgspec.Struct, frozen=True):
    """A statement that is run."""

    trace: Trace
    called: Called
    statement: Statement


def run_statements(project: Project) -> Iterator[Run]:
    """Every statement that a session or connection runs, and every query that deletes or updates."""
    for trace, called in project.view(DataFlow).events(Called):
        if called.name in RUNNING and _runs(called.receiver):
            statement = called.arguments.get("statement", 0)
            options = tuple(something(statement)) if statement is not None else ()
            statements = [option for option in options if isinstance(option, Statement)]
            if statements and len(statements) == len(options):
                # What was narrowed on one way only is meant to be run without on the other.
                yield Run(trace, called, max(statements, key=lambda s: s.is_restricted))
        elif called.name in ("delete", "update") and called.receiver is not None:
            options = tuple(something(called.receiver))
            if len(options) == 1 and isinstance(options[0], Query):
                yield Run(trace, called, options[0])


def dropped_statements(project: Project) -> Iterator[tuple[Trace, Expression, Statement]]:
    """The statements that are built as a statement of Python, and go nowhere; not those that may raise.

    What a function of the project gives may be left aside where that function runs something itself, or
    keeps something in its object: `self.query = self.query.where(…)`.
    """
    for trace, dropped in project.view(DataFlow).events(Dropped):
        if not isinstance(dropped.value, Statement) or dropped.context.caught:
            continue
        if isinstance(dropped.form, (Name, Attribute)):
            continue  # that builds nothing, and whoever has it may use it
        if not _works(trace, dropped):
            yield trace, dropped.form, dropped.value


def _works(trace: Trace, dropped: Dropped) -> bool:
    """Whether something was asked of a session on the way to a value, or put aside."""
    form = dropped.form.value if isinstance(dropped.form, Await) else dropped.form
    for event in trace.events:
        if isinstance(event, Called) and event.form is form and event.trace is not None:
            runs = (event.trace, *event.trace.inside())
            return any(run.fields for run in runs) or any(
                isinstance(each, Called) and _asks(each) for run in runs for each in run.events
            )
    return False


def _asks(called: Called) -> bool:
    options = something(called.receiver) if called.receiver is not None else ()
    return any(
        (isinstance(o, (Session, Connection)) and called.name != "query")
        or (isinstance(o, Query) and called.name in OF_QUERIES)
        for o in options
    )


def _runs(receiver: Value | None) -> bool:
    return receiver is not None and any(isinstance(o, (Session, Connection)) for o in something(receiver))
