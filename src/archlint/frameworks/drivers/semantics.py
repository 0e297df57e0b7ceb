"""What drivers of databases mean by the names that they offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.drivers.connections import (
    ConnectionClass,
    ConnectionMaker,
    OpenConnection,
    PoolMaker,
)
from archlint.frameworks.drivers.names import CONNECTING, CONNECTIONS, DJANGO, DRIVERS, POOLING, POOLS
from archlint.frameworks.sqlalchemy.sessions.owner import Origin, Owner
from archlint.project.flow.semantics import Semantics

if TYPE_CHECKING:
    from archlint.project.flow.values import Value
    from archlint.project.project import Project

_OF_DJANGO = "django.db.connection"
_OF_CURSORS = (b"fetchall", b"fetchone")


class DriverSemantics(Semantics):
    """Drivers of databases."""

    @classmethod
    def of(cls, project: Project) -> DriverSemantics | None:
        """For a project that imports one of them, or takes cursors from Django."""
        if not project.imported.isdisjoint(DRIVERS):
            return cls()
        is_asked = any(module.speaks_of(*_OF_CURSORS) for module in project.modules)
        return cls() if "django" in project.imported and is_asked else None

    def external(self, name: str) -> Value | None:
        """What makes connections and pools, and their classes."""
        if name in CONNECTING:
            return ConnectionMaker(CONNECTING[name])
        if name in POOLING:
            return PoolMaker(POOLING[name])
        if name in CONNECTIONS:
            return ConnectionClass(CONNECTIONS[name])
        if name == _OF_DJANGO:
            return OpenConnection(Owner(Origin("scoped"), False, False), DJANGO, DJANGO.rows)
        return PoolMaker(POOLS[name]) if name in POOLS else None
