"""What loader options ask for: relationships, and those behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import says

if TYPE_CHECKING:
    from archlint.frameworks.orm import Field
    from archlint.frameworks.sqlalchemy.values.origin import From

NOT_LOADING = frozenset({"lazyload", "raiseload", "noload", "defaultload"})
"""Options that bring nothing by themselves."""

OF_COLUMNS = frozenset({"defer", "load_only", "undefer"})
"""Options that say of columns whether they come with the row."""

JOINING = frozenset({"joinedload", "contains_eager"})
"""Options that make one row for each object of a collection."""


class Load(msgspec.Struct, frozen=True):
    """One relationship, how it is loaded, and what is loaded behind it."""

    name: str
    """`*` for every relationship."""

    how: str
    """The option: `joinedload`."""

    then: tuple[Load, ...] = ()

    @property
    def brings(self) -> bool:
        """Whether what it names comes with the row."""
        return self.how not in NOT_LOADING and self.how not in OF_COLUMNS


class Option(msgspec.Struct, frozen=True):
    """A loader option, with the entity that it starts from; None for `*`."""

    origin: From | None
    load: Load


def loads_for(options: tuple[Option, ...], origin: From) -> tuple[Load, ...]:
    """What some options load for one entity of a statement."""
    found = [o.load for o in options if o.origin is None or o.origin.matches(origin)]
    return tuple(dict.fromkeys(found))


def behind(loads: tuple[Load, ...], name: str) -> tuple[Load, ...]:
    """What is loaded behind a relationship."""
    return tuple(inner for load in loads if load.name == name for inner in load.then)


def how_loaded(loads: tuple[Load, ...], name: str) -> str:
    """The option that speaks of a relationship; empty where none does."""
    loads = tuple([load for load in loads if load.how not in OF_COLUMNS])
    found = [load.how for load in loads if load.name == name]
    found = [how for how in found if how not in NOT_LOADING] or found
    if not found:
        found = [load.how for load in loads if load.name == "*"]
    return found[0] if found else ""


def column_loaded(loads: tuple[Load, ...], name: str) -> bool | None:
    """Whether options load a column; None where they leave that to its mapping."""
    said = [load.how for load in loads if load.name == name and load.how in OF_COLUMNS]
    if said:
        return said[-1] != "defer"
    if any(load.name == "*" and load.how == "undefer" for load in loads):
        return True
    return False if any(load.how == "load_only" for load in loads) else None


def is_deferred(field: Field) -> bool:
    """Whether its mapping leaves a column out of its rows: `mapped_column(deferred=True)`."""
    written = field.options.get("deferred")
    return says(written, True)
