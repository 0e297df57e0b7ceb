"""What `session.begin()` and `session.begin_nested()` give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.sqlalchemy.places import here
from archlint.frameworks.sqlalchemy.sessions.coroutines import Coroutine
from archlint.frameworks.sqlalchemy.sessions.lives import closed, happened
from archlint.frameworks.sqlalchemy.sessions.transacting import ended, held, released, worked
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.values import Arguments, Value

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.sessions.sessions import Session


class Transaction(Behaviour, frozen=True):
    """What `session.begin()` gives."""

    session: Session
    is_nested: bool = False
    closes: bool = False
    """Made by the factory: it makes the session, too, and closes it."""

    def entered(self, site: Site) -> Value:
        """The session, where it makes it."""
        if not self.is_nested:
            held(site, self.session.origin)
        return self.session if self.closes else self

    def left(self, site: Site) -> None:
        """It commits."""
        happened(site, self.session.origin, "flush" if self.is_nested else "commit", here(site))
        if not self.is_nested:
            released(site, self.session.origin)
        if self.closes:
            closed(site, self.session.origin, here(site))

    def awaited(self, site: Site) -> Value:
        """Itself."""
        worked(site, self.session.owner)
        return self

    def has_method(self, name: str) -> bool:
        """What it can be asked to do."""
        return name in ("commit", "rollback")

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """Commit or rollback."""
        if name in ("commit", "rollback"):
            happened(site, self.session.origin, name, here(site))
        if not self.is_nested:
            ended(site, self.session.origin, here(site))
        return Coroutine(self.session, name, arguments, here(site)) if self.session.is_async else UNKNOWN
