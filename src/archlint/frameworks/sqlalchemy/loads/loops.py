"""Queries that run once for each turn of a loop over rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.frameworks.call_sites import CallSite, CallSites, Way
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.handlers import runs_once
from archlint.frameworks.sqlalchemy.candidates import is_migration
from archlint.frameworks.sqlalchemy.sessions.sessions import Session
from archlint.frameworks.sqlalchemy.values.instances import Collection, Instance
from archlint.frameworks.sqlalchemy.values.queries import RUNNING as OF_QUERIES
from archlint.frameworks.sqlalchemy.values.queries import Query
from archlint.frameworks.sqlalchemy.values.results import Result
from archlint.frameworks.sqlalchemy.values.rows import Rows
from archlint.frameworks.sqlalchemy.values.statements import WRITING, Statement, flat
from archlint.project.answer import UNKNOWN
from archlint.project.files.test_code import is_test
from archlint.project.flow.trace import Called, Loop, Trace
from archlint.project.flow.values import Many, Value, something, text_of

if TYPE_CHECKING:
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project

_OF_SESSIONS = frozenset({"execute", "scalars", "scalar", "get", "get_one", "exec"})
_FURTHEST = 3
"""Calls between a loop and a query; what is further away is hardly about the loop."""

_ENDING = frozenset({"begin", "begin_nested", "commit", "flush", "rollback"})
"""What makes a turn a piece of work of its own."""


class Around(msgspec.Struct, frozen=True):
    """A loop over rows around a query, perhaps in a caller."""

    trace: Trace
    """The run that has the loop."""

    loop: Loop
    way: Way
    """The calls that lead from there to the query, the innermost first."""


class Asking(msgspec.Struct, frozen=True):
    """A call that queries the database, and the loops around it."""

    trace: Trace
    called: Called
    around: tuple[Around, ...]

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
    sites = project.view(CallSites)
    for trace, called in project.view(DataFlow).events(Called):
        if called.receiver is None or called.context.deferred or called.context.raising:
            continue
        options = tuple(something(called.receiver))
        asks = any(
            (isinstance(o, Session) and called.name in _OF_SESSIONS)
            or (isinstance(o, Query) and called.name in OF_QUERIES)
            for o in options
        )
        if asks or refreshed_relations(called):
            yield Asking(trace, called, tuple(_around(sites, trace, called)))


def refreshed_relations(called: Called) -> tuple[str, ...]:
    """What `session.refresh(order, ["items"])` loads for one row of many, as `Order.items`."""
    instance, names = called.arguments.get("instance", 0), called.arguments.get("attribute_names", 1)
    if called.name != "refresh" or not isinstance(instance, Instance) or instance.how != "many":
        return ()
    if not any(isinstance(each, Session) for each in something(called.receiver or UNKNOWN)):
        return ()
    wanted = [text_of(each) for each in flat((names,))] if names is not None else []
    relations = instance.entity.model.relations
    is_more = not wanted or any(name not in relations for name in wanted)
    return () if is_more else tuple(f"{instance.entity.name}.{name}" for name in wanted)


def _around(sites: CallSites, trace: Trace, called: Called) -> Iterator[Around]:
    """The loops over rows around a call, or around what leads to it: the nearest on each way."""
    found: list[Way] = []
    for here, way in sites.ways_up(trace, _goes_on):
        if len(way) > _FURTHEST:
            return
        if any(way[: len(each)] == each for each in found):
            continue  # what it is in is no news
        loops = way[-1].event.context.loops if way else called.context.loops
        loop = next((each for each in reversed(loops) if _holds_rows(each.over)), None)
        if loop is None:
            continue
        found.append(way)
        if here.function is not None and not _runs_once(here.function) and not _ends_its_work(here, loop):
            yield Around(here, loop, way)


def _goes_on(site: CallSite) -> bool:
    function = site.inside.function
    context = site.event.context
    return not (context.deferred or context.raising) and (function is None or not _runs_once(function))


def _ends_its_work(trace: Trace, loop: Loop) -> bool:
    """Whether each turn is a piece of work of its own: it commits, or has a session for itself."""
    for event in trace.events:
        if not isinstance(event, Called) or loop not in event.context.loops:
            continue
        if isinstance(event.result, Session) or _ends(event):
            return True
        runs = (event.trace, *event.trace.inside()) if event.trace is not None else ()
        if any(isinstance(each, Called) and _ends(each) for run in runs for each in run.events):
            return True
    return False


def _ends(called: Called) -> bool:
    options = something(called.receiver) if called.receiver is not None else ()
    return called.name in _ENDING and any(isinstance(option, Session) for option in options)


def _runs_once(function: ProjectFunction) -> bool:
    return runs_once(function) or is_migration(function.module) or is_test(function.module.path)


def _holds_rows(value: Value) -> bool:
    if isinstance(value, (Rows, Result, Query, Collection)):
        return True
    return isinstance(value, Many) and isinstance(value.of, Instance)
