"""Objects that are given to another session than the one they belong to."""

from __future__ import annotations

from collections.abc import Collection as Group
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.request_state import OF_REQUESTS
from archlint.frameworks.sqlalchemy.sessions.holding import origins
from archlint.frameworks.sqlalchemy.sessions.owner import Origin, Owner
from archlint.frameworks.sqlalchemy.sessions.sessions import Session, instances
from archlint.frameworks.sqlalchemy.values.instance_state import held_by, is_of_earlier, owner_of, takes_along
from archlint.frameworks.sqlalchemy.values.instances import Collection, Instance
from archlint.project.flow.trace import Called, Trace, Written
from archlint.project.flow.values import something

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.project.project import Project

_CASCADING = frozenset({"add", "add_all"})
"""What takes related objects along."""

_TAKING = _CASCADING | {"delete"}
"""What refuses an object as long as another session has it."""

_ASKING = frozenset({"refresh", "expire", "expunge"})
"""What refuses every object that is not its own."""

_APPENDING = frozenset({"append", "add"})


class Given(msgspec.Struct, frozen=True):
    """One object that a session is given."""

    trace: Trace
    form: Expression
    what: str
    """The method, or the relationship, that is given it."""

    instance: Instance
    owner: Owner | None
    """The other session; None where it is this one, or nobody can tell."""


class _Asked(msgspec.Struct, frozen=True):
    trace: Trace
    form: Expression
    what: str
    session: Origin
    state: Mapping[object, object]
    is_sure: bool = True
    """It is this session on every way."""


def given_objects(project: Project) -> Iterator[Given]:
    """Every object that a session is given, if both sessions are known."""
    flow = project.view(DataFlow)
    given = (*_by_calls(flow), *_by_relationships(flow))
    aside = {o for shelf, held in flow.flow.shelves if shelf.name in OF_REQUESTS for o in origins(held)}
    lasting = aside.union(_around_handlers(flow))
    for asked, instance in given:
        owner = _other_session(asked, instance, lasting)
        yield Given(asked.trace, asked.form, asked.what, instance, owner)


def _around_handlers(flow: DataFlow) -> Iterator[Origin]:
    """The sessions that a middleware has open where it calls the handler."""
    for trace in flow.traces():
        for key, value in (trace.handed_over or {}).items():
            if value == "open" and isinstance(key, tuple) and key[1:] == ("status",):
                yield key[0]


def _by_calls(flow: DataFlow) -> Iterator[tuple[_Asked, Instance]]:
    """`session.add(order)`, and the objects that go with it."""
    for trace, called in flow.events(Called):
        if called.name not in _TAKING | _ASKING or called.receiver is None or called.context.deferred:
            continue
        sessions = [value for value in something(called.receiver) if isinstance(value, Session)]
        if len(sessions) != 1 or not _is_known(sessions[0].owner):
            continue
        is_sure = called.receiver == sessions[0]
        asked = _Asked(trace, called.form, called.name, sessions[0].origin, called.state, is_sure)
        for value in called.arguments.positional[:1]:
            for instance in instances(value):
                yield asked, instance
                if called.name in _CASCADING:
                    yield from ((asked, held) for held in held_by(called.state.get, instance))


def _by_relationships(flow: DataFlow) -> Iterator[tuple[_Asked, Instance]]:
    """`order.user = user`, `order.lines.append(line)`: the session of the order takes the other along."""
    for trace, event in flow.events(Written):
        for to in something(event.receiver):
            if isinstance(to, Instance):
                asked = _of_owner(trace, event.form, to, event.name, event.state)
                yield from ((asked, each) for each in instances(event.value) if asked is not None)
    for trace, called in flow.events(Called):
        if (
            called.name in _APPENDING
            and isinstance(called.receiver, Collection)
            and not called.context.deferred
        ):
            asked = _of_owner(trace, called.form, called.receiver.owner, called.receiver.name, called.state)
            for value in called.arguments.positional[:1]:
                yield from ((asked, each) for each in instances(value) if asked is not None)


def _of_owner(
    trace: Trace, form: Expression, to: Instance, name: str, state: Mapping[object, object]
) -> _Asked | None:
    owner = owner_of(state.get, to)
    if to.how == "given" or owner is None or not _is_known(owner) or not takes_along(to.entity, name):
        return None
    is_open = _is_open(state, owner.origin)
    return _Asked(trace, form, name, owner.origin, state) if is_open else None


def _other_session(asked: _Asked, instance: Instance, lasting: Group[Origin]) -> Owner | None:
    """`lasting` are the sessions that are open as long as a request lasts."""
    owner = owner_of(asked.state.get, instance)
    if owner is None or not _is_known(owner):
        return None
    if not _are_two(asked, owner.origin) and not _is_of_earlier(asked, instance):
        return None
    if instance.how == "given" and owner.origin not in lasting:
        return None
    return owner if asked.what in _ASKING or _is_open(asked.state, owner.origin) else None


def _is_known(owner: Owner) -> bool:
    return owner.is_sure and owner.origin.kind == "made" and owner.origin.place is not None


def _are_two(asked: _Asked, other: Origin) -> bool:
    """Whether two sessions are surely not one: of two places, or one was made while the other was open."""
    one = asked.session
    return one.place != other.place or (asked.is_sure and one.within != other.within)


def _is_of_earlier(asked: _Asked, instance: Instance) -> bool:
    """Whether its own session is over, and this is another one of the same place."""
    is_asking = asked.is_sure and asked.what in _ASKING
    return is_asking and is_of_earlier(asked.state.get, instance, asked.session)


def _is_open(state: Mapping[object, object], origin: Origin) -> bool:
    """Whether a session still has its objects: it was not closed or emptied before."""
    closed = state.get((origin, "close"))
    was_ended = (closed is not None and closed != "nothing") or state.get((origin, "expunged")) is not None
    return state.get((origin, "status")) in ("open", None) and not was_ended
