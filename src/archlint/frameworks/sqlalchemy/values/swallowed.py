"""Failures of a session that a handler swallows, and what is then asked of the session all the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archlint.facts.statements import Handler, Jump, Raise, Return, Try
from archlint.frameworks.data_flow import DataFlow, call_of
from archlint.frameworks.sqlalchemy.values.blocks import contains, last_line, leaves, tries_around
from archlint.frameworks.sqlalchemy.values.holding import origins
from archlint.frameworks.sqlalchemy.values.lives import Origin
from archlint.frameworks.sqlalchemy.values.queries import RUNNING, Query
from archlint.frameworks.sqlalchemy.values.sessions import Session, Transaction
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import something

if TYPE_CHECKING:
    from archlint.project.project import Project

_FAILING = frozenset({"flush", "commit"})
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


@dataclass(frozen=True, slots=True)
class Swallowed:
    """A handler behind which a session goes on."""

    trace: Trace
    failing: Called
    handler: Handler
    user: Trace
    use: Called


def swallowed_failures(project: Project) -> Iterator[Swallowed | None]:
    """The handlers of failed commits and flushes without a rollback; None for those that may stay."""
    for trace, called in project.view(DataFlow).events(Called):
        origin = _session_of(called) if called.name in _FAILING and called.context.caught else None
        if origin is None or trace.function is None or _is_in_savepoint(called):
            continue
        around = tries_around(trace.function, called.form.line)
        for handler in around[-1].handlers if around else ():
            if catches_failures(handler):
                yield _looked_at(trace, called, around[-1], handler, origin)


def catches_failures(handler: Handler) -> bool:
    """Whether a handler names what SQLAlchemy raises when the database refuses."""
    if handler.type is None:
        return False
    named = getattr(handler.type, "items", (handler.type,))
    return any(getattr(each, "attr", getattr(each, "id", "")) in _FAILURES for each in named)


def _looked_at(
    trace: Trace, failing: Called, attempt: Try, handler: Handler, origin: Origin
) -> Swallowed | None:
    after = [each for each in _asked_of(trace, origin) if contains(handler, each.form.line)]
    if after:
        return _first(trace, failing, handler, trace, after)
    left = leaves(handler)
    if isinstance(left, Raise):
        return None
    if left is None:
        end = last_line((attempt,))
        after = [each for each in _asked_of(trace, origin) if each.form.line > end]
        final = attempt.final[0].line if attempt.final else end + 1
        ended = [each for each in _asked_of(trace, origin) if final <= each.form.line <= end]
        if ended or after:
            return _first(trace, failing, handler, trace, ended or after)
    is_turn_over = left is None or (isinstance(left, Jump) and left.kind == "continue")
    if is_turn_over and _is_older_than_turn(failing, origin):
        return _first(trace, failing, handler, trace, _in_turn(trace, failing, origin))
    return _in_callers(trace, failing, handler, origin) if left is None or isinstance(left, Return) else None


def _in_callers(trace: Trace, failing: Called, handler: Handler, origin: Origin) -> Swallowed | None:
    """Whether who called asks the session again, in a later line or in the next turn of a loop."""
    inner, outer = trace, call_of(trace)
    for _ in range(_DEEPEST):
        if outer is None or inner.caller is None:
            return None
        caller = inner.caller[0]
        if any(name in _FAILURES or name in ("", "Exception") for name in outer.context.caught):
            return None
        after = [each for each in _asked_of(caller, origin) if each.form.line > outer.form.line]
        if after:
            return _first(trace, failing, handler, caller, after)
        if _is_older_than_turn(outer, origin):
            again = _in_turn(caller, outer, origin)
            is_ended = any(each.name in _ENDING for each in again)
            return None if is_ended else Swallowed(trace, failing, handler, caller, outer)
        inner, outer = caller, call_of(caller)
    return None


def _first(
    trace: Trace, failing: Called, handler: Handler, user: Trace, after: list[Called]
) -> Swallowed | None:
    """What is asked first: a rollback makes all well."""
    first = min(after, key=lambda each: each.form.line)
    is_use = first.name in _USING or first.name in RUNNING
    return Swallowed(trace, failing, handler, user, first) if is_use and _session_of(first) else None


def _asked_of(trace: Trace, origin: Origin) -> Iterator[Called]:
    """What is asked of a session in a run, and the calls that it is handed to."""
    for event in trace.events:
        if not isinstance(event, Called):
            continue
        if _session_of(event) == origin:
            if event.name in _USING | _ENDING or event.name in RUNNING:
                yield event
        elif any(origin in origins(value) for value in event.arguments.positional):
            yield event  # who is handed the session may end it


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


def _in_turn(trace: Trace, called: Called, origin: Origin) -> list[Called]:
    """What the loop around a call asks of a session, turn by turn."""
    begin = getattr(called.context.loops[-1].form, "line", 0)
    return [each for each in _asked_of(trace, origin) if each.form.line >= begin]


def _is_older_than_turn(called: Called, origin: Origin) -> bool:
    """Whether a loop around a call began after the session, so that the next turn finds the same."""
    loops = called.context.loops
    if not loops or origin.place is None:
        return False
    line = getattr(loops[-1].form, "line", 0)
    return origin.kind == "made" and not 0 < line <= origin.place.line <= called.form.line
