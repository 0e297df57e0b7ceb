"""Sessions, connections and transactions that `with` statements open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.sqlalchemy.sessions.engines import Begun, Connection
from archlint.frameworks.sqlalchemy.sessions.sessions import Session
from archlint.frameworks.sqlalchemy.sessions.transaction import Transaction
from archlint.project.flow.trace import Opened, Trace
from archlint.project.flow.values import Value, something

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.frameworks.sqlalchemy.sessions.owner import Owner
    from archlint.project.project import Project

_EXPECTING = ("AttributeError", "TypeError", "Exception", "BaseException")


class With(msgspec.Struct, frozen=True):
    """A `with` or `async with` statement, and what it opens."""

    trace: Trace
    form: Expression
    what: str
    is_async: bool
    """The statement."""

    fits: bool
    is_sure: bool
    """Whether it was seen to be made; an annotation may be wrong."""


def opened(project: Project) -> Iterator[With]:
    """Every `with` statement that is given one of these."""
    for trace, event in project.view(DataFlow).events(Opened):
        options = tuple(something(event.value))
        of = _owner(options[0]) if len(options) == 1 else None
        if of is None or of[1].is_async is None:
            continue
        if any(name.endswith(_EXPECTING) or not name for name in event.context.caught):
            continue
        what, owner = of
        yield With(trace, event.form, what, event.is_async, owner.is_async is event.is_async, owner.is_sure)


def _owner(value: Value) -> tuple[str, Owner] | None:
    if isinstance(value, Session):
        return None if value.is_scoped else ("session", value.owner)
    if isinstance(value, Transaction):
        return "transaction", value.session.owner
    if isinstance(value, Connection):
        return "connection", value.owner
    return ("transaction", value.of.owner) if isinstance(value, Begun) else None
