"""Objects that are given to another session than the one they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.sqlalchemy.values.instances import Instance, Owner, held_by, owner_of
from archlint.frameworks.sqlalchemy.values.lives import Origin
from archlint.frameworks.sqlalchemy.values.sessions import Session, instances
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import something

if TYPE_CHECKING:
    from archlint.project.project import Project

_TAKING = frozenset({"add", "add_all", "delete"})
"""What refuses an object as long as another session has it."""

_CASCADING = frozenset({"add", "add_all"})
"""What takes related objects along."""

_ASKING = frozenset({"refresh", "expire", "expunge"})
"""What refuses every object that is not its own."""


@dataclass(frozen=True, slots=True)
class Given:
    """One object that a session is given."""

    trace: Trace
    called: Called
    instance: Instance
    owner: Owner | None
    """The other session; None where it is this one, or nobody can tell."""


def given_objects(project: Project) -> Iterator[Given]:
    """Every object that a session is given, if both sessions are known."""
    for trace, called in project.view(DataFlow).events(Called):
        if called.name not in _TAKING | _ASKING or called.receiver is None or called.context.deferred:
            continue
        sessions = [value for value in something(called.receiver) if isinstance(value, Session)]
        if len(sessions) == 1 and _is_known(sessions[0].owner):
            for value in called.arguments.positional[:1]:
                for instance in instances(value):
                    yield _given(trace, called, sessions[0], instance)
                    if called.name in _CASCADING:
                        for held in held_by(called.state.get, instance):
                            yield _given(trace, called, sessions[0], held)


def _given(trace: Trace, called: Called, session: Session, instance: Instance) -> Given:
    owner = owner_of(called.state.get, instance)
    is_stranger = owner is not None and _is_known(owner) and _are_two(session.origin, owner.origin)
    if owner is None or not is_stranger or instance.how == "given":
        return Given(trace, called, instance, None)
    is_open = called.state.get((owner.origin, "status")) in ("open", None) and not _was_ended(
        called, owner.origin
    )
    refuses = is_open if called.name in _TAKING else True
    return Given(trace, called, instance, owner if refuses else None)


def _is_known(owner: Owner) -> bool:
    return owner.is_sure and owner.origin.kind == "made" and owner.origin.place is not None


def _are_two(first: Origin, second: Origin) -> bool:
    """Whether two sessions are surely not one: what makes them stands in different places."""
    return first.place != second.place


def _was_ended(called: Called, origin: Origin) -> bool:
    """Whether its objects may have left it: it was closed or emptied before."""
    state = called.state
    closed = state.get((origin, "close"))
    return (closed is not None and closed != "nothing") or state.get((origin, "expunged")) is not None
