"""Engines and connections that are given to what wants the other kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.sqlalchemy.sessions.engines import Connection, Engine
from archlint.frameworks.sqlalchemy.sessions.makers import FactoryClass, SessionClass
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import Value, something

if TYPE_CHECKING:
    from archlint.project.project import Project

_ON_TABLES: Final = frozenset({"create_all", "drop_all", "reflect"})
"""Methods of metadata, which run on plain engines and connections only."""


class GivenEngine(msgspec.Struct, frozen=True):
    """One engine or connection."""

    trace: Trace
    called: Called
    is_async: bool
    wants_async: bool


def given_engines(project: Project) -> Iterator[GivenEngine]:
    """What sessions, factories of sessions and metadata are given to run on."""
    for trace, called in project.view(DataFlow).events(Called):
        wants_async = _wants_async(called)
        if wants_async is None:
            continue
        given = called.arguments.get("bind", 0)
        is_async = _is_async(given) if given is not None else None
        if is_async is not None:
            yield GivenEngine(trace, called, is_async, wants_async)


def _wants_async(called: Called) -> bool | None:
    """Which kind a call wants; None for all others, and where nobody can tell."""
    callee = called.callee
    if isinstance(callee, SessionClass):
        return callee.is_async
    if isinstance(callee, FactoryClass):
        cls = called.arguments.get("class_")
        if cls is None:
            return None if called.arguments.is_open else callee.is_async
        return cls.is_async if isinstance(cls, SessionClass) else None
    return False if called.name in _ON_TABLES and called.receiver is not None else None


def _is_async(value: Value) -> bool | None:
    options = something(value)
    kinds = {
        option.is_async if isinstance(option, Engine) else option.owner.is_async
        for option in options
        if isinstance(option, (Engine, Connection))
    }
    is_known = len(kinds) == 1 and all(isinstance(option, (Engine, Connection)) for option in options)
    return kinds.pop() if is_known else None
