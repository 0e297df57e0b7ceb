"""Calls of async sessions that nobody has awaited yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.values import Arguments, Value

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place

AWAITED = frozenset(
    {
        "aclose",
        "close",
        "close_all",
        "commit",
        "connection",
        "delete",
        "delete_all",
        "exec",
        "execute",
        "flush",
        "get",
        "get_one",
        "invalidate",
        "merge",
        "merge_all",
        "refresh",
        "remove",
        "reset",
        "rollback",
        "run_sync",
        "scalar",
        "scalars",
        "stream",
        "stream_scalars",
    }
)
"""Methods of async sessions and connections that are coroutines."""


class Coroutine(Behaviour, frozen=True):
    """`session.commit()` without its `await`: nothing has happened yet."""

    of: Any
    """The session or connection; it has a `run`."""

    name: str
    arguments: Arguments
    source: Place

    def __hash__(self) -> int:
        return hash((self.name, self.source))

    def awaited(self, site: Site) -> Value:
        """It happens."""
        result: Value = self.of.run(self.name, self.arguments, site)
        return result

    def entered(self, site: Site) -> Value:
        """`async with session.stream(…)`: it happens, too."""
        return self.awaited(site)

    def attribute(self, name: str, site: Site) -> Value:
        """A coroutine has nothing of what it gives."""
        return UNKNOWN

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """A coroutine has nothing of what it gives."""
        return UNKNOWN
