"""Who asks for a change: of a method of a model, or of a helper that leaves the commit to its callers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.orm import Place
from archlint.frameworks.sqlalchemy.sessions.sessions import Session
from archlint.frameworks.sqlalchemy.values.instances import Instance
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import something

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.sessions.lost import Lost


def asked_at(lost: Lost) -> Place:
    """Where a change is asked for.

    The call of the model's method that makes it; where others commit what a helper changes, the call of the
    helper in the run that has the session; else the change itself.
    """
    return (_asked_by_owner(lost) if lost.is_kept_elsewhere else None) or _asked_of_model(lost)


def _asked_by_owner(lost: Lost) -> Place | None:
    """The call that leads to the change, in the innermost run that begins the session."""
    trace, found = lost.trace, None
    while (led := _leading(trace, lost.writing.place)) is not None:
        event, inner = led
        found = Place(trace.module, event.form.line, event.form.column)
        if any(isinstance(key, tuple) and key[0] == lost.origin for key in inner.before):
            return found
        trace = inner
    return None


def _leading(trace: Trace, place: Place) -> tuple[Called, Trace] | None:
    """The call of a run that leads to a place in another."""
    for event in trace.events:
        if isinstance(event, Called) and event.trace is not None and _leads(event.trace, place, set()):
            return event, event.trace
    return None


def _leads(trace: Trace, place: Place, met: set[int]) -> bool:
    if _is_inside(trace, place):
        return True
    met.add(id(trace))
    inner = (event.trace for event in trace.events if isinstance(event, Called))
    return any(each is not None and id(each) not in met and _leads(each, place, met) for each in inner)


def _asked_of_model(lost: Lost) -> Place:
    pending: list[tuple[Trace, Place | None]] = [(lost.trace, None)]
    met = {id(lost.trace)}
    while pending:
        trace, asker = pending.pop()
        if asker is not None and _is_inside(trace, lost.writing.place):
            return lost.writing.place if _has_session(trace) else asker
        for event in trace.events:
            if not isinstance(event, Called):
                continue
            for inner in (event.trace, *event.besides):
                if inner is None or id(inner) in met:
                    continue
                met.add(id(inner))
                is_asked = event.receiver is not None and any(
                    isinstance(each, Instance) for each in something(event.receiver)
                )
                here = asker or Place(trace.module, event.form.line, event.form.column)
                pending.append((inner, here if is_asked else None))
    return lost.writing.place


def _has_session(trace: Trace) -> bool:
    """Whether a run asks a session for something: it could commit as well."""
    return any(isinstance(each, Called) and isinstance(each.receiver, Session) for each in trace.events)


def _is_inside(trace: Trace, place: Place) -> bool:
    """Whether a place is in the body that a run is of."""
    if trace.function is None or trace.module is not place.module:
        return False
    return trace.function.fact.line <= place.line <= trace.function.fact.end_line
