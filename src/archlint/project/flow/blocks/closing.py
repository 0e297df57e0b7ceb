"""`contextlib.closing`: whatever it is given is closed at the end of its `with`."""

from __future__ import annotations

from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.telling import is_telling
from archlint.project.flow.values import Arguments, Value


class Closing(Behaviour, frozen=True):
    """What is closed by a method."""

    is_noted = False

    of: Value
    by: str

    def entered(self, site: Site) -> Value:
        """The thing itself."""
        return self.of

    def left(self, site: Site) -> None:
        """It is closed."""
        if isinstance(self.of, Behaviour):
            closed = self.of.method(self.by, Arguments(), site)
            if isinstance(closed, Behaviour):
                closed.awaited(site)
        else:
            site.call(site.attribute(self.of, self.by), Arguments())


class ClosingClass(Behaviour, frozen=True):
    """`closing`, `aclosing`."""

    is_noted = False

    by: str

    def call(self, arguments: Arguments, site: Site) -> Value:
        """The manager of something that is known."""
        thing = arguments.get("thing", 0)
        return Closing(thing, self.by) if thing is not None and is_telling(thing) else UNKNOWN
