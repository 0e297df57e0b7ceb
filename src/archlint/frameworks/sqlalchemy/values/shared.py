"""Sessions and connections that are made once and used by whoever comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.handlers import serves_requests
from archlint.frameworks.orm import Place
from archlint.frameworks.sqlalchemy.values.makers import Connection
from archlint.frameworks.sqlalchemy.values.sessions import Session
from archlint.project.flow.trace import Called
from archlint.project.flow.values import something

if TYPE_CHECKING:
    from archlint.project.project import Project

_USES = frozenset(
    {
        "add",
        "add_all",
        "commit",
        "delete",
        "execute",
        "flush",
        "get",
        "merge",
        "query",
        "scalar",
        "scalars",
        "exec",
    }
)


@dataclass(frozen=True, slots=True)
class Shared:
    """One session, and one of the places where it is used."""

    place: Place
    what: str
    use: Place


def shared_sessions(project: Project) -> Iterator[Shared | None]:
    """The sessions that modules and classes make, as functions use them; None for all others."""
    if not serves_requests(project):
        return
    for trace, called in project.view(DataFlow).events(Called):
        if trace.function is None or called.receiver is None or called.name not in _USES:
            continue
        for value in something(called.receiver):
            if not isinstance(value, (Session, Connection)):
                continue
            origin = value.owner.origin
            if origin.kind != "made" or origin.is_local or origin.place is None:
                yield None
                continue
            what = "session" if isinstance(value, Session) else "connection"
            yield Shared(origin.place, what, Place(trace.module, called.form.line, 0))
