"""Failures of a session that a handler swallows, and what is then asked of the session all the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Attribute, Call, Expression, Name, last_name
from archlint.facts.statements import Handler, Jump, Raise, Return, Try
from archlint.frameworks.data_flow import DataFlow, call_of
from archlint.frameworks.sqlalchemy.sessions.blocks import (
    contains,
    is_within_with,
    last_line,
    leaves,
    tries_around,
)
from archlint.frameworks.sqlalchemy.sessions.holding import origins
from archlint.frameworks.sqlalchemy.sessions.owner import Origin
from archlint.frameworks.sqlalchemy.sessions.sessions import Session
from archlint.frameworks.sqlalchemy.sessions.transaction import Transaction
from archlint.frameworks.sqlalchemy.values.queries import RUNNING, Query
from archlint.frameworks.sqlalchemy.values.statements import Statement
from archlint.project.flow.remembered import Begun
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import Value, something

if TYPE_CHECKING:
    from archlint.project.project import Project

_FAILING = frozenset({"flush", "commit"})
_CHANGING = frozenset({"add", "add_all", "delete", "merge"})
_STATEMENTS = frozenset({"exec", "execute", "scalar", "scalars"})
_WRITING = frozenset({"delete", "update"})
"""Methods of queries that change rows at once."""

_ENDING = frozenset({"rollback", "close", "aclose", "remove", "reset", "invalidate", "expunge_all"})
_USING = frozenset(
    {
        "commit",
        "exec",
        "execute",
        "flush",
        "get",
        "get_one",
        "merge",
        "refresh",
        "scalar",
        "scalars",
        "stream",
    }
)
_FAILURES = frozenset(
    {
        "DBAPIError",
        "DataError",
        "DatabaseError",
        "IntegrityError",
        "OperationalError",
        "SQLAlchemyError",
        "StaleDataError",
        "StatementError",
    }
)
_DEEPEST = 3


class Swallowed(msgspec.Struct, frozen=True):
    """A handler behind which a session goes on."""

    trace: Trace
    failing: Called
    handler: Handler
    user: Trace
    use: Called
    what: str
    """What failed."""


class Asking(msgspec.Struct, frozen=True):
    """What is asked of a session, and the line of a run in which that happens, in whatever function."""

    line: int
    called: Called
    trace: Trace


class _Failure(msgspec.Struct, frozen=True):
    """A call that fails when the database refuses."""

    trace: Trace
    called: Called
    origin: Origin
    what: str


def swallowed_failures(project: Project) -> Iterator[Swallowed | None]:
    """The handlers of failed commits and flushes without a rollback; None for those that may stay."""
    for trace, called in project.view(DataFlow).events(Called):
        origin = _session_of(called) if called.name in _FAILING else None
        has_objects = origin is not None and _has_objects(trace, called, origin)
        failure = _Failure(trace, called, origin, called.name) if origin and has_objects else None
        for _ in range(_DEEPEST):
            if failure is None or failure.trace.function is None or _is_in_savepoint(failure.called):
                break
            if failure.called.context.caught:
                yield from _in_handlers(failure)
                break
            failure = _passed_on(failure)


def _has_objects(trace: Trace, failing: Called, origin: Origin) -> bool:
    """Whether a flush may fail, and not rather a statement before it, which leaves the session alone."""
    before = [
        event
        for event in trace.events
        if isinstance(event, Called) and event.form.line <= failing.form.line and _session_of(event) == origin
    ]
    statements = (event.arguments.get("statement", 0) for event in before if event.name in _STATEMENTS)
    writes = any(isinstance(statement, Statement) and statement.writes for statement in statements)
    writes = writes or any(isinstance(e.receiver, Query) and e.name in _WRITING for e in before)
    if any(event.name in _CHANGING and not isinstance(event.receiver, Query) for event in before):
        return True
    reads = any(event.name in RUNNING or event.name in _STATEMENTS for event in before)
    is_followed = origin.kind == "made" or (origin.place is not None and trace.caller is not None)
    is_new = is_followed and failing.state.get((origin, "writing")) in (None, "nothing")
    return not writes and not (reads and is_new)


def _passed_on(failure: _Failure) -> _Failure | None:
    """The call that fails with it; None where something around it may clean up."""
    outer, caller = call_of(failure.trace), failure.trace.caller
    if outer is None or caller is None:
        return None
    if not all(isinstance(manager, Session) for manager in failure.called.context.managers):
        return None
    return _Failure(caller[0], outer, failure.origin, failure.what)


def _in_handlers(failure: _Failure) -> Iterator[Swallowed | None]:
    assert failure.trace.function is not None
    line = failure.called.form.line
    around = tries_around(failure.trace.function, line)
    if around and not is_within_with(around[-1].body, line):
        for handler in around[-1].handlers:
            if catches_failures(handler):
                yield _looked_at(failure, around[-1], handler)


def catches_failures(handler: Handler) -> bool:
    """Whether a handler names what SQLAlchemy raises when the database refuses."""
    return _catches(handler, _FAILURES)


def _catches(handler: Handler, exceptions: frozenset[str]) -> bool:
    if handler.type is None:
        return False
    named = getattr(handler.type, "items", (handler.type,))
    return any(last_name(each) in exceptions for each in named)


def _looked_at(failure: _Failure, attempt: Try, handler: Handler) -> Swallowed | None:
    asked = list(_asked_of(failure.trace, failure.origin))
    after = [each for each in asked if contains(handler, each.line)]
    if after:
        return _first(failure, handler, after)
    left = leaves(handler)
    if isinstance(left, Raise):
        return _translated(failure, left)
    if left is None and _raises_at(failure.trace, last_line(handler.body)):
        return None  # what it calls never returns
    if left is None:
        end = last_line((attempt,))
        after = [each for each in asked if each.line > end]
        final = attempt.final[0].line if attempt.final else end + 1
        ended = [each for each in asked if final <= each.line <= end]
        if ended or after:
            return _first(failure, handler, ended or after)
    is_turn_over = left is None or (isinstance(left, Jump) and left.kind == "continue")
    if is_turn_over and _is_older_than_turn(failure.trace, failure.called, failure.origin):
        return _first(failure, handler, _in_turn(failure.trace, failure.called, failure.origin))
    return _in_callers(failure, handler) if left is None or isinstance(left, Return) else None


def _raises_at(trace: Trace, line: int) -> bool:
    return any(way.how == "raise" and way.line == line for way in trace.exits)


def _translated(failure: _Failure, left: Raise) -> Swallowed | None:
    """What a caller does that catches the exception of the project's own which a handler raises instead."""
    raised = left.value.function if isinstance(left.value, Call) else left.value
    name = last_name(raised) if raised is not None else ""
    passed = _passed_on(failure) if name else None
    for _ in range(_DEEPEST):
        if passed is None or passed.trace.function is None or _is_in_savepoint(passed.called):
            return None
        line = passed.called.form.line
        around = tries_around(passed.trace.function, line)
        if around and not is_within_with(around[-1].body, line):
            found = next((each for each in around[-1].handlers if _catches(each, frozenset({name}))), None)
            return None if found is None else _looked_at(passed, around[-1], found)
        passed = _passed_on(passed)
    return None


def _in_callers(failure: _Failure, handler: Handler) -> Swallowed | None:
    """Whether who called asks the session again, in a later line or in the next turn of a loop."""
    origin, inner, outer = failure.origin, failure.trace, call_of(failure.trace)
    for _ in range(_DEEPEST):
        if outer is None or inner.caller is None:
            return None
        caller = inner.caller[0]
        if any(name in _FAILURES or name in ("", "Exception") for name in outer.context.caught):
            return None
        after = [each for each in _asked_of(caller, origin) if each.line > outer.form.line]
        if after:
            return _first(failure, handler, after)
        if _is_older_than_turn(caller, outer, origin):
            again = _in_turn(caller, outer, origin)
            is_ended = any(each.called.name in _ENDING for each in again)
            if is_ended:
                return None
            return Swallowed(failure.trace, failure.called, handler, caller, outer, failure.what)
        inner, outer = caller, call_of(caller)
    return None


def _first(failure: _Failure, handler: Handler, after: list[Asking]) -> Swallowed | None:
    """What is asked first: a rollback makes all well."""
    first = min(after, key=lambda each: each.line)
    called = first.called
    if (called.name not in _USING and called.name not in RUNNING) or not _session_of(called):
        return None
    return Swallowed(failure.trace, failure.called, handler, first.trace, called, failure.what)


def _asked_of(trace: Trace, origin: Origin, deepest: int = _DEEPEST) -> Iterator[Asking]:
    """What is asked of a session in a run and in those that it leads to, and the calls it is handed to."""
    for event in trace.events:
        if not isinstance(event, Called):
            continue
        if _session_of(event) == origin:
            if event.name in _USING | _ENDING or event.name in RUNNING:
                yield Asking(event.form.line, event, trace)
            continue
        inside = next(_asked_of(event.trace, origin, deepest - 1), None) if event.trace and deepest else None
        if inside is not None:
            yield Asking(event.form.line, inside.called, inside.trace)
        elif any(origin in origins(value) for value in _handed(event)):
            yield Asking(event.form.line, event, trace)  # who is handed the session may end it


def _handed(event: Called) -> Iterator[Value]:
    """What a call that nobody sees inside may use."""
    yield from event.arguments.positional
    if event.receiver is not None and event.trace is None:
        yield event.receiver


def _session_of(called: Called) -> Origin | None:
    options = tuple(something(called.receiver)) if called.receiver is not None else ()
    if len(options) != 1:
        return None
    if isinstance(options[0], Session):
        return options[0].origin
    if isinstance(options[0], Query) and options[0].owner is not None and called.name in RUNNING:
        return options[0].owner.origin
    return None


def _is_in_savepoint(called: Called) -> bool:
    return any(isinstance(manager, Transaction) for manager in called.context.managers)


def _in_turn(trace: Trace, called: Called, origin: Origin) -> list[Asking]:
    """What the loop around a call asks of a session, turn by turn."""
    begin = getattr(called.context.loops[-1].form, "line", 0)
    return [each for each in _asked_of(trace, origin) if each.line >= begin]


def _is_older_than_turn(trace: Trace, called: Called, origin: Origin) -> bool:
    """Whether a loop around a call began after the session, so that the next turn finds the same."""
    loops = called.context.loops
    if not loops:
        return False
    if origin.kind == "promised":
        given = trace.function.fact.parameters if trace.function is not None else ()
        return _root(called.form) in {parameter.name for parameter in given}
    line = getattr(loops[-1].form, "line", 0)
    if origin.kind != "made" or origin.place is None:
        return False
    if origin.place.module is not trace.module:
        return Begun(origin) in trace.before
    return not 0 < line <= origin.place.line <= called.form.line


def _root(form: Expression) -> str:
    """The name that a call begins with: `self` of `self.session.commit()`."""
    while isinstance(form, (Attribute, Call)):
        form = form.value if isinstance(form, Attribute) else form.function
    return form.id if isinstance(form, Name) else ""
