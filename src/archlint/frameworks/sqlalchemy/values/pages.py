"""Flask-SQLAlchemy's pages of results."""

from __future__ import annotations

from archlint.frameworks.sqlalchemy.values.rows import Rows
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.values import Arguments, Value


class Page(Behaviour, frozen=True):
    """What `paginate` gives."""

    of: Value
    """One of the objects on it."""

    def attribute(self, name: str, site: Site) -> Value:
        """The objects on it; its numbers nobody follows."""
        return Rows(self.of) if name == "items" else UNKNOWN

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """Another page of the same."""
        return self if name in ("next", "prev") else UNKNOWN

    def each(self, site: Site) -> Value:
        """One of its objects."""
        return self.of
