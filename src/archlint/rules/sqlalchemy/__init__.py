"""Mapped classes, tables and relationships of SQLAlchemy, SQLModel and Flask-SQLAlchemy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archlint.frameworks.sqlalchemy.names import is_used
from archlint.level import Level

if TYPE_CHECKING:
    from archlint.project import Project

LEVELS: Final = {
    "*": Level.ORM,
    "generic-array-contains": Level.DATABASE,
    "mismatched-driver": Level.DATABASE,
    "schema-not-created": Level.DATABASE,
    "tables-not-created": Level.DATABASE,
    "unsupported-column-type": Level.DATABASE,
}


def detect(project: Project) -> bool:
    """Whether the project imports SQLAlchemy or what is built on it."""
    return is_used(project)
