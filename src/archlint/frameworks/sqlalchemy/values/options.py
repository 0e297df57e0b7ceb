"""Loader options: `joinedload(Order.items).selectinload(Item.product)`."""

from __future__ import annotations

from collections.abc import Iterable

from archlint.frameworks.sqlalchemy.loads.loads import OF_COLUMNS, Load, Option
from archlint.frameworks.sqlalchemy.values.expressions import Attr, Selectable
from archlint.frameworks.sqlalchemy.values.origin import From
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.values import Arguments, Constant, Items, Value

LOADERS = frozenset(
    {
        "contains_eager",
        "defaultload",
        "immediateload",
        "joinedload",
        "lazyload",
        "noload",
        "raiseload",
        "selectinload",
        "subqueryload",
    }
)
"""Options that say how relationships are loaded."""

COLUMN_OPTIONS = frozenset(
    {
        "defer",
        "load_only",
        "undefer",
        "undefer_group",
        "with_expression",
        "selectin_polymorphic",
        "with_loader_criteria",
    }
)
"""Options that say nothing of relationships."""


_MOST = 500
"""Relationships in a chain with all its branches. `options(chain, chain)` doubles what a chain holds."""


class LoaderOption(Behaviour, frozen=True):
    """A chain of loader options, as far as it has been built."""

    origin: From | None = None
    """The entity that it starts from."""

    chain: tuple[Load, ...] = ()
    """One after the other; `then` of each holds what `options` adds behind it."""

    others: tuple[Option, ...] = ()

    @property
    def options(self) -> tuple[Option, ...]:
        """What the chain asks for."""
        if not self.chain:
            return self.others
        load = self.chain[-1]
        for outer in reversed(self.chain[:-1]):
            load = Load(outer.name, outer.how, (*outer.then, load))
        return (*self.others, Option(self.origin, load))

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """A longer chain."""
        if name in LOADERS:
            return self._longer(name, arguments)
        if name == "options":
            return self._with_inner(arguments)
        if name in OF_COLUMNS:
            return self._with_columns(name, arguments)
        return self if name in COLUMN_OPTIONS else UNKNOWN

    def _with_columns(self, how: str, arguments: Arguments) -> Value:
        """`load_only(Order.id, Order.total)`: of which columns something is said."""
        attrs = [value for value in arguments.positional if isinstance(value, Attr)]
        loads = [Load(attr.name, how) for attr in attrs]
        if len(attrs) != len(arguments.positional):
            loads = [Load("*", "undefer")]  # it may be any of them
        if self.chain:
            return self._with_loads(loads)
        origin = self.origin if self.origin is not None or not attrs else attrs[0].origin
        return LoaderOption(origin, (), (*self.others, *[Option(origin, load) for load in loads]))

    def _longer(self, how: str, arguments: Arguments) -> Value:
        attrs = [value for value in arguments.positional if isinstance(value, Attr)]
        if not arguments.positional or len(attrs) != len(arguments.positional):
            said = arguments.get("attr", 0)  # `*`, or a name, as before 2.0
            if not isinstance(said, Constant):
                return UNKNOWN
            return LoaderOption(self.origin, (*self.chain, Load(str(said.value), how)), self.others)
        origin = self.origin if self.chain or self.origin is not None else attrs[0].origin
        chain = self.chain
        for attr in attrs:
            chain = (*chain, Load(attr.name, how))
        return LoaderOption(origin, chain, self.others)

    def _with_inner(self, arguments: Arguments) -> Value:
        """`.options(joinedload(Item.product), …)`: further chains from where this one ends."""
        inner: list[Load] = []
        for value in arguments.positional:
            if not isinstance(value, LoaderOption):
                return UNKNOWN
            inner += [option.load for option in value.options]
        return self._with_loads(inner) if _number(inner) <= _MOST else UNKNOWN

    def _with_loads(self, inner: list[Load]) -> Value:
        if not self.chain:
            return LoaderOption(
                self.origin, (), (*self.others, *(Option(self.origin, load) for load in inner))
            )
        last = self.chain[-1]
        return LoaderOption(
            self.origin, (*self.chain[:-1], Load(last.name, last.how, (*last.then, *inner))), self.others
        )


def _number(loads: Iterable[Load]) -> int:
    """Of how many relationships something is said."""
    return sum(1 + _number(load.then) for load in loads)


class Loader(Behaviour, frozen=True):
    """`joinedload` itself, and what is called like it."""

    is_noted = False

    name: str

    def call(self, arguments: Arguments, site: Site) -> Value:
        """The beginning of a chain."""
        if self.name in COLUMN_OPTIONS and self.name not in OF_COLUMNS:
            return LoaderOption(None, (), (Option(None, Load("*", "undefer")),))
        if self.name == "Load":
            first = arguments.get("entity", 0)
            return LoaderOption(first.root) if isinstance(first, Selectable) and first.root else UNKNOWN
        return LoaderOption().method(self.name, _flattened(arguments), site)


def _flattened(arguments: Arguments) -> Arguments:
    first = arguments.positional[0] if arguments.positional else None
    return Arguments(first.items) if isinstance(first, Items) else arguments
