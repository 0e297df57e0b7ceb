"""Mapped classes, tables and relationships of SQLAlchemy, SQLModel and Flask-SQLAlchemy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.sqlalchemy.names import is_used

if TYPE_CHECKING:
    from archlint.project import Project


def detect(project: Project) -> bool:
    """Whether the project imports SQLAlchemy or what is built on it."""
    return is_used(project)
