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
        return Rows(self.of) if name == "items" and self.of is not UNKNOWN else UNKNOWN

    def rewritten(self, name: str) -> Value:
        """`page.items = [Shown(row) for row in page.items]`: what is on it now was put there."""
        return Page(UNKNOWN) if name == "items" else self

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """Another page of the same."""
        return self if name in ("next", "prev") else UNKNOWN

    def each(self, site: Site) -> Value:
        """One of its objects."""
        return self.of
