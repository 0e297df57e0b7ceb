"""Sessions and connections that are made once and used by whoever comes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Kind
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.drivers.connections import DriverConnection, OpenConnection, PooledConnection
from archlint.frameworks.handlers import is_handler, serves_nobody, serves_requests
from archlint.frameworks.orm import Place
from archlint.frameworks.request_state import OF_REQUESTS
from archlint.frameworks.sqlalchemy.sessions.engines import Connection
from archlint.frameworks.sqlalchemy.sessions.holding import holders
from archlint.frameworks.sqlalchemy.sessions.owner import Origin, Owner
from archlint.frameworks.sqlalchemy.sessions.sessions import Session
from archlint.project.classes import ProjectClass
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import Object, Value, something
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.project.project import Project

_CACHES = frozenset({"cache", "lru_cache"})
"""Decorators by which a function is run once, and gives the same ever after."""

_DEEPEST = 2
"""Objects inside objects that are looked into."""

DRIVER_CONNECTION = "connection of a driver"
_SHARED = (Session, Connection, DriverConnection, PooledConnection)
_USES = frozenset(
    {
        "add",
        "add_all",
        "commit",
        "delete",
        "cursor",
        "execute",
        "executemany",
        "fetch",
        "fetchrow",
        "fetchval",
        "flush",
        "get",
        "merge",
        "query",
        "scalar",
        "scalars",
        "exec",
    }
)


class Shared(msgspec.Struct, frozen=True):
    """One session, and one of the places where it is used."""

    place: Place
    what: str
    use: Place


def shared_sessions(project: Project) -> Iterator[Shared | None]:
    """The sessions that outlive the function that uses them; None for all others."""
    if not serves_requests(project):
        return
    flow = project.view(DataFlow)
    uses = flow.events(Called)
    outliving = outliving_sessions(project)
    for trace, called in uses:
        if trace.function is None or called.receiver is None or called.name not in _USES:
            continue
        for value in something(called.receiver):
            if not isinstance(value, _SHARED):
                continue
            origin = value.owner.origin
            if origin.kind != "made" or origin.place is None or serves_nobody(project, origin.place.module):
                yield None
                continue
            if _is_run_by_a_module(trace):
                yield None  # while the module is imported, whoever made the session
                continue
            if origin.is_local and origin not in outliving and not _is_around(origin.place, trace):
                yield None
                continue
            yield Shared(origin.place, _name(value), Place(trace.module, called.form.line, 0))
    yield from _defaults(flow)


def _is_run_by_a_module(trace: Trace) -> bool:
    while trace.caller is not None:
        trace = trace.caller[0]
    return trace.function is None


def _name(value: Value) -> str:
    if isinstance(value, (DriverConnection, PooledConnection)):
        return DRIVER_CONNECTION
    return "session" if isinstance(value, Session) else "connection"


def _defaults(flow: DataFlow) -> Iterator[Shared]:
    """The sessions that parameters have by default: they are made once, with the function."""
    for trace, called in flow.events(Called):
        if trace.function is not None or not isinstance(called.result, _SHARED):
            continue
        origin = called.result.owner.origin
        if origin.kind != "made" or origin.place is None:
            continue
        for function in trace.module.functions:
            if any(parameter.default is called.form for parameter in function.parameters):
                yield Shared(origin.place, _name(called.result), Place(trace.module, function.line, 0))


def outliving_sessions(project: Project) -> frozenset[Origin]:
    """The sessions and connections that outlive the function that makes them."""
    return frozenset(owner.origin for _, owner in _outliving(project.view(DataFlow)))


def outliving_unstarted(project: Project) -> frozenset[Origin]:
    """Those of the connections that were neither awaited nor entered before they were put away."""
    return frozenset(
        owner.origin
        for value, owner in _outliving(project.view(DataFlow))
        if isinstance(value, OpenConnection) and not value.is_started
    )


def _outliving(flow: DataFlow) -> Iterator[tuple[Value, Owner]]:
    """The sessions on an application, in globals and caches, and in objects that modules make."""
    for shelf, value in flow.flow.shelves:
        if shelf.name not in OF_REQUESTS:
            yield from holders(value)
            for option in something(value):
                yield from _inside(flow, option)
    for trace in flow.traces():
        if trace.function is not None and not _CACHES.isdisjoint(trace.function.decorators):
            for way in trace.exits:
                yield from holders(way.value)
        if trace.function is None and not trace.scope:
            for value in trace.names.values():
                yield from _inside(flow, value)


def _is_around(made: Place, trace: Trace) -> bool:
    """Whether a session is made in the function around a handler, which then answers with it each time."""
    while trace.caller is not None:
        trace = trace.caller[0]
    handler = trace.function
    if handler is None or handler.module is not made.module or not is_handler(handler):
        return False
    makers = [each for each in made.module.functions if each.line <= made.line <= each.end_line]
    maker = max(makers, key=lambda each: each.line, default=None)  # the innermost begins last
    return maker is not None and handler.fact.qualname.startswith(f"{maker.qualname}().")


def _inside(flow: DataFlow, value: Value, deepest: int = _DEEPEST) -> Iterator[tuple[Value, Owner]]:
    """The sessions that an object keeps in its attributes, and in what it makes once and keeps."""
    if not isinstance(value, Object) or not isinstance(value.of, ProjectClass):
        return
    site = flow.flow.site(value.of.module)
    for name in (*value.of.fact.attributes, *_made_once(value.of)):
        held = flow.flow.attribute(site, value, name)
        yield from _kept(held)
        for option in something(held) if deepest else ():
            yield from _inside(flow, option, deepest - 1)


def _kept(value: Value) -> Iterator[tuple[Value, Owner]]:
    """The sessions that something is or keeps in its attributes; rows that a closed one gave are none."""
    for option in something(value):
        if isinstance(option, (*_SHARED, OpenConnection)):
            yield option, option.owner
        elif isinstance(option, Object):
            for _, held in option.fields:
                yield from _kept(held)


def _made_once(cls: ProjectClass) -> Iterator[str]:
    methods = [member for member in cls.fact.members if member.kind is Kind.FUNCTION]
    for member in methods:
        if "cached_property" in ProjectFunction(cls.module, member.index).decorators:
            yield member.name
