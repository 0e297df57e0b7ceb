"""What is asked of results, rows and lists that has another shape than whoever asks takes it for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from archlint.facts.expressions import Expression
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.places.expressions import place
from archlint.frameworks.sqlalchemy.sessions.engines import Connection
from archlint.frameworks.sqlalchemy.sessions.sessions import Session
from archlint.frameworks.sqlalchemy.shapes.misshapen import Misshapen
from archlint.frameworks.sqlalchemy.shapes.shape_members import SELECT_IT, Answer, attribute_of
from archlint.frameworks.sqlalchemy.shapes.uses import Uses
from archlint.frameworks.sqlalchemy.statements.running import RUNNING
from archlint.frameworks.sqlalchemy.values.entities import Entities
from archlint.frameworks.sqlalchemy.values.expressions import Exists
from archlint.frameworks.sqlalchemy.values.instances import Instance
from archlint.project.flow.trace import (
    Called,
    Event,
    Iterated,
    Read,
    Subscripted,
    Trace,
    Unpacked,
    Written,
)
from archlint.project.flow.values import Value, something

if TYPE_CHECKING:
    from archlint.project.project import Project

_EXPECTED: Final = ("AttributeError", "KeyError", "IndexError", "LookupError", "TypeError", "ValueError")
_CAUGHT: Final = frozenset(
    {"", *(f"{where}{name}" for where in ("", "builtins.") for name in (*_EXPECTED, "Exception"))}
)
"""Handlers that expect the failure."""

_DOUBTS: Final = frozenset({"hasattr", "isinstance", "getattr"})


def asked_of_results(project: Project) -> Iterator[Misshapen | bool]:
    """Every use of a result, a row or what was in it; True for one that is right, False for one unknown."""
    flow = project.view(DataFlow)
    uses = Uses(project.view(Entities).mappings)
    wrong: list[Misshapen] = []
    right: set[tuple[object, ...]] = set()
    for kind in (Read, Called, Written, Subscripted, Iterated, Unpacked):
        for trace, event in flow.events(kind):
            value = _used(event)
            options = tuple(something(value)) if value is not None else ()
            found = _answer(uses, trace, event, options[0]) if len(options) == 1 else None
            if trace.caller is not None and any(isinstance(option, Instance) for option in options):
                right.add(_passed_at(trace, event.form))
            if found is None:
                continue
            if isinstance(found, bool) or _is_doubted(trace, event, value):
                yield found is True
            else:
                wrong.append(Misshapen(trace, event.form, *found))
    for misshapen in wrong:
        # A caller that passes the rows and one of them, too, knows which is which: `if self.many: …`.
        is_chosen = _passed_at(misshapen.trace, misshapen.form) in right
        yield False if is_chosen else misshapen


def _passed_at(trace: Trace, form: Expression) -> tuple[object, ...]:
    """A place, and the function that passes what is used there."""
    return trace.caller and trace.caller[0].function, trace.module.path, *place(form)


def _used(event: Event) -> Value | None:
    """What an event uses."""
    if isinstance(event, (Iterated, Unpacked)):
        return event.value
    if isinstance(event, Called) and event.receiver is None:
        return event.arguments.positional[0] if len(event.arguments.positional) == 1 else None
    return getattr(event, "receiver", None)


def _answer(uses: Uses, trace: Trace, event: Event, value: Value) -> Answer:
    if isinstance(event, Called) and isinstance(value, (Session, Connection)):
        is_run = event.name in RUNNING and isinstance(event.arguments.get("statement", 0), Exists)
        return ("`exists()` is a condition, and cannot be run", SELECT_IT) if is_run else None
    if isinstance(event, Read) or (isinstance(event, Called) and event.receiver is not None):
        is_called = isinstance(event, Called)
        return attribute_of(value, event.name, is_called=is_called, is_two=uses.is_two)
    # What a caller passes may go one way only: `if with_total: order, total = row`.
    is_passed = trace.arguments is not None and not isinstance(event, Written)
    return None if is_passed else uses.of(event, value)


def _is_doubted(trace: Trace, event: Event, value: Value | None) -> bool:
    """Whether code expects the failure, or asks first what the value is."""
    if not _CAUGHT.isdisjoint(event.context.caught):
        return True
    return any(
        isinstance(one, Called) and one.name in _DOUBTS and value in one.arguments.positional
        for one in trace.events
    )
