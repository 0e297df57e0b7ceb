"""What SQLAlchemy took before version 2, and refuses since."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from archlint.finding import Location
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.places.expressions import spot
from archlint.frameworks.sqlalchemy.removed.names import (
    CONNECTION,
    ENGINE,
    MAPPERS,
    NAMES,
    QUERY,
    STATEMENT,
    TABLE,
    Refused,
)
from archlint.frameworks.sqlalchemy.sessions.engines import Connection, Engine
from archlint.frameworks.sqlalchemy.sessions.sessions import Session
from archlint.frameworks.sqlalchemy.values.constructs import Construct
from archlint.frameworks.sqlalchemy.values.entities import Entities
from archlint.frameworks.sqlalchemy.values.options import Loader, LoaderOption
from archlint.frameworks.sqlalchemy.values.queries import Query
from archlint.frameworks.sqlalchemy.values.statements import Statement
from archlint.frameworks.sqlalchemy.values.table_values import TableValue
from archlint.project.answer import External
from archlint.project.flow.trace import Called
from archlint.project.flow.values import Value, something

if TYPE_CHECKING:
    from archlint.project.project import Project

_EXPECTING = ("AttributeError", "ArgumentError", "TypeError", "Exception", "BaseException")
_LOOKED_AT = (Construct, Loader, LoaderOption, Session, Connection, Engine, Statement, TableValue)


Judge: TypeAlias = "Callable[[Called, Value | None], Refused | None]"
"""What says of a call and of what it is asked of whether its arguments are refused."""


class Removed(msgspec.Struct, frozen=True):
    """One use of what is gone."""

    place: Location
    what: str
    hint: str


def removed_uses(project: Project, judge: Judge) -> Iterator[Removed | None]:
    """Every call and import that may use what is gone; None where it does not, as always before version 2."""
    mappings = project.view(Entities).mappings
    is_two = mappings.is_two
    for module in mappings.candidates.direct if is_two else ():
        for fact in module.facts.imports:
            hint = NAMES.get(fact.target) or NAMES.get(fact.module)
            if hint and not (fact.guarded or fact.conditional or fact.typing):
                place = project.location(module, *fact.span)
                yield Removed(place, f"`{fact.target}` was removed in SQLAlchemy 2", hint)
    for trace, called in project.view(DataFlow).events(Called):
        if any(caught.endswith(_EXPECTING) or not caught for caught in called.context.caught):
            continue
        options = tuple(something(called.receiver)) if called.receiver is not None else ()
        receiver = options[0] if len(options) == 1 else None
        found = (_name(called) or _method(called, receiver) or judge(called, receiver)) if is_two else None
        if found is not None:
            yield Removed(spot(project, trace.module, called.form), *found)
        elif isinstance(called.callee, _LOOKED_AT) or isinstance(receiver, _LOOKED_AT):
            yield None


def _name(called: Called) -> Refused | None:
    """The call of a function that is gone."""
    if not isinstance(called.callee, External):
        return None
    name = called.callee.name
    if name in MAPPERS:
        return "`mapper()` raises in SQLAlchemy 2", "use `registry().map_imperatively(…)`"
    return (f"`{name}` was removed in SQLAlchemy 2", NAMES[name]) if name in NAMES else None


def _method(called: Called, receiver: Value | None) -> Refused | None:
    """The call of a method that is gone."""
    for kind, (whose, gone) in _METHODS.items():
        if isinstance(receiver, kind):
            return (f"{whose} has no `{called.name}`", gone[called.name]) if called.name in gone else None
    return None


_METHODS: Final[Mapping[type, tuple[str, Mapping[str, str]]]] = {
    Engine: ("an engine", ENGINE),
    Connection: ("a connection", CONNECTION),
    Query: ("a `Query`", QUERY),
    Statement: ("a statement", STATEMENT),
    TableValue: ("a table", TABLE),
}
