"""Transactions that are begun twice, and what is asked of a session whose transaction is over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.places.expressions import place
from archlint.frameworks.sqlalchemy.sessions.sessions import Session
from archlint.frameworks.sqlalchemy.sessions.transacting import BEGINNING, transaction_of
from archlint.frameworks.sqlalchemy.values.queries import RUNNING, Query
from archlint.frameworks.sqlalchemy.version import Version
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import Arguments, something

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place
    from archlint.frameworks.sqlalchemy.sessions.owner import Origin
    from archlint.project.project import Project

_REFUSED: Final = BEGINNING | {"begin", "commit", "get", "get_one", "merge"}
"""What a session refuses as long as a `with` statement holds a transaction that is over."""

_ASKING: Final = ("in_transaction", "get_transaction", "is_active")
"""What asks a session whether it has a transaction."""

_EXPECTING: Final = ("InvalidRequestError", "SQLAlchemyError", "Exception", "BaseException")


class Asked(msgspec.Struct, frozen=True):
    """Something that is asked of a session."""

    trace: Trace
    called: Called
    is_misplaced: bool | None
    """Whether it fails; None where nobody can tell."""

    ended: Place | None = None
    """Where the transaction was ended before."""

    @property
    def key(self) -> tuple[str, int, int]:
        """What tells places from each other, in however many runs they are met."""
        return self.trace.module.path, *place(self.called.form)


def begins(project: Project) -> Iterator[Asked]:
    """Every `session.begin()`; misplaced where the session has a transaction already."""
    for trace, called, origin in _of_sessions(project, frozenset({"begin"})):
        held = transaction_of(called.state.get, origin)
        if held is None or held.over is None:
            is_second = held is not None and called.arguments == Arguments()  # and not `nested=True`
            yield Asked(trace, called, _unless_expected(trace, called, is_misplaced=is_second))


def asked_in_blocks(project: Project) -> Iterator[Asked]:
    """What is asked within `with session.begin():`; misplaced where its transaction is over."""
    for trace, called, origin in _of_sessions(project, _REFUSED | RUNNING):
        held = transaction_of(called.state.get, origin)
        if held is not None and held.is_held:
            is_over = held.over is not None
            yield Asked(trace, called, _unless_expected(trace, called, is_misplaced=is_over), held.over)


def _of_sessions(project: Project, names: frozenset[str]) -> Iterator[tuple[Trace, Called, Origin]]:
    """What is asked of a session or a query by these methods; before version 2, it was otherwise."""
    if not project.view(Version).is_two:
        return
    for trace, called in project.view(DataFlow).events(Called):
        origin = _origin(called) if called.name in names else None
        if origin is not None:
            yield trace, called, origin


def _origin(called: Called) -> Origin | None:
    options = tuple(something(called.receiver)) if called.receiver is not None else ()
    only = options[0] if len(options) == 1 else None
    if isinstance(only, Session):
        return None if called.name in only.overrides else only.origin
    if isinstance(only, Query) and only.owner is not None and called.name in RUNNING:
        return only.owner.origin
    return None


def _unless_expected(trace: Trace, called: Called, *, is_misplaced: bool) -> bool | None:
    """Whether it fails, unless somebody expects that, or asks first."""
    if not is_misplaced:
        return False
    if any(not name or name.endswith(_EXPECTING) for name in called.context.caught):
        return None
    function = trace.function
    asks = function is not None and function.module.mentions(function.fact, *_ASKING)
    return None if asks else True
