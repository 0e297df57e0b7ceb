"""URL patterns as a URLconf lists them, before they are put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from archlint.frameworks.orm import Place
from archlint.frameworks.web import Handler, Parameter

if TYPE_CHECKING:
    from archlint.facts.expressions import Call, Expression
    from archlint.project.module import Module


class Pattern(msgspec.Struct, frozen=True, eq=False):
    """One entry of a URLconf: a view, or further patterns behind a prefix."""

    module: Module
    scope: str
    """Where it is written, as `Import.scope` has it."""

    form: Call
    """The call that makes it."""

    route: str | None
    """None where it cannot be seen."""

    is_regex: bool
    parameters: tuple[Parameter, ...] | None
    """None where they cannot be seen."""

    view: Expression | None = None
    """As it is written; None behind a prefix."""

    made: Handler | None = None
    """The view that something else than this call gives it."""

    given: frozenset[str] | None = frozenset()
    """Names that are passed to the view besides the parameters; None where nobody can tell."""

    name: str = ""
    has_known_name: bool = True
    inside: Listing | None = None
    """What stands behind it as a prefix."""

    namespace: str = ""
    app_name: str = ""
    has_known_namespace: bool = True
    is_certain: bool = True

    @property
    def place(self) -> Place:
        """Where it ends."""
        return Place(self.module, self.form.line, self.form.column)


class Listing(msgspec.Struct, frozen=True, eq=False):
    """Patterns in their order."""

    patterns: tuple[Pattern, ...] = ()
    unseen: frozenset[str] = frozenset()
    """What more patterns may be called than are seen, with stars; empty where there are no more."""

    @property
    def is_open(self) -> bool:
        """Whether there may be more."""
        return bool(self.unseen)

    def joined(self, other: Listing) -> Listing:
        """The patterns of both."""
        return Listing((*self.patterns, *other.patterns), self.unseen | other.unseen)

    def uncertain(self) -> Listing:
        """The same, of which nobody can tell whether they are there."""
        return Listing(tuple(replace(p, is_certain=False) for p in self.patterns), self.unseen)

    def repeated(self, known: int = 0) -> Listing:
        """With what more a loop makes, of which one turn is seen, behind the patterns known before."""
        return Listing(self.patterns, self.unseen | _names(self.patterns[known:]))


def _names(patterns: tuple[Pattern, ...]) -> frozenset[str]:
    """What further patterns may be called that are made as these are."""
    if any(each.inside is not None or not each.has_known_name for each in patterns):
        return ANY
    return frozenset(each.name for each in patterns)


NOTHING = Listing()
ANY = frozenset({"*"})
"""What patterns are called that nobody knows anything of."""

OPEN = Listing(unseen=ANY)
