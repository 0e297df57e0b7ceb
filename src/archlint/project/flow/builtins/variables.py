"""Context variables: what one function sets, another gets that runs in the same task."""

from __future__ import annotations

from archlint.facts.expressions import Attribute, Call, Name
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.values import NONE, Arguments, Value, joined


class ContextVariable(Behaviour, frozen=True):
    """`ContextVar("session")`: which one it is, the place says where it is made."""

    is_noted = False

    path: str
    line: int
    default: Value | None = None

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """What anybody has set, where nobody has, the default."""
        if name == "set" and arguments.positional:
            site.put_aside(self._shelf, arguments.positional[0])
        if name != "get":
            return UNKNOWN
        found = site.aside(self._shelf, _written(site), "set")
        default = arguments.get("default", 0) or self.default
        return found if default is None or found is UNKNOWN else joined(found, default)

    @property
    def _shelf(self) -> tuple[str, str]:
        return CONTEXT, f"{self.path}:{self.line}"


class ContextVariableClass(Behaviour, frozen=True):
    """`contextvars.ContextVar`."""

    is_noted = False

    def call(self, arguments: Arguments, site: Site) -> Value:
        """A variable."""
        if not isinstance(site.form, Call):
            return UNKNOWN
        default = NONE if arguments.get("default") == NONE else None
        return ContextVariable(site.module.path, site.form.line, default)

    def item(self, index: Value, site: Site) -> Value:
        """`ContextVar[Session]` makes variables, too."""
        return self


CONTEXT = "contextvars"
"""The name of the shelf: what stands there is seen by one task alone."""


def _written(site: Site) -> str:
    """The name by which the variable is asked."""
    form = site.form
    owner = form.function.value if isinstance(form, Call) and isinstance(form.function, Attribute) else None
    if isinstance(owner, Attribute):
        return owner.attr
    return owner.id if isinstance(owner, Name) else ""
