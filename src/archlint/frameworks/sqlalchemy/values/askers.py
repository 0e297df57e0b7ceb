"""Who has a model change itself: the object knows no session, and whoever calls its method has one."""

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
    """Where a change is asked for: the call of the model's method that makes it, else the change itself."""
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
