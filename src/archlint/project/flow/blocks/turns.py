"""The turns of a loop over what is written down item by item: few enough to be run one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.project.answer import UNKNOWN, Definition
from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.values import (
    NONE,
    Closure,
    Constant,
    Deferred,
    Entries,
    Items,
    Object,
    Value,
    any_of,
    joined,
)

if TYPE_CHECKING:
    from archlint.facts.statements import For, While
    from archlint.project.flow.path import Path

_MOST = 12
"""Items that are followed one by one; more are alike."""


class Jumps:
    """Where the turns of a loop are left: for good, and for the next one."""

    def __init__(self, form: For | While, depth: int) -> None:
        self.form = form
        self.depth = depth
        """How many `finally` bodies and ends of `with` are around the loop."""

        self.breaks: list[Path] = []
        self.continues: list[Path] = []


def turns(value: Value) -> tuple[Value, ...]:
    """What each turn is given, where that tells something; nothing where one turn stands for all."""
    if isinstance(value, Entries) and not value.is_open:
        value = keys(value)
    if not isinstance(value, Items) or not 0 < len(value.items) <= _MOST:
        return ()
    return value.items if any(map(_tells, value.items)) else ()


def _tells(item: Value) -> bool:
    """Whether it is a name that something may be called by, or something that can be called."""
    if isinstance(item, Items):
        return any(map(_tells, item.items))
    if isinstance(item, Object):
        return any(_tells(held) for _, held in item.fields)
    if isinstance(item, Constant):
        return isinstance(item.value, str)
    return isinstance(item, (Closure, Deferred, Definition, Behaviour))


def keys(of: Entries) -> Items:
    """The keys of a dict; those that nobody knows count as one."""
    return Items("list", (*[Constant(name) for name, _ in of.values], *_more(of, UNKNOWN)))


def values(of: Entries) -> Items:
    """The values of a dict."""
    return Items("list", (*[value for _, value in of.values], *_more(of, of.rest)))


def pairs(of: Entries) -> Items:
    """The keys of a dict with their values."""
    known = [Items("tuple", (Constant(name), value)) for name, value in of.values]
    return Items("list", (*known, *_more(of, Items("tuple", (UNKNOWN, of.rest)))))


def _more(of: Entries, item: Value) -> tuple[Value, ...]:
    return (item,) if of.is_open else ()


def in_columns(items: tuple[Value, ...]) -> Value:
    """One of some tuples of one length, as a tuple of what each of its places may hold."""
    rows = [item.items for item in items if isinstance(item, Items)]
    if len(rows) != len(items) or len({len(row) for row in rows}) != 1:
        return any_of(items)
    return Items("tuple", tuple([any_of(column) for column in zip(*rows, strict=True)]))


def picked(of: Entries, key: Value, otherwise: Value | None) -> Value:
    """What `mapping.get(key, otherwise)` gives: where the key is not known, any of the values."""
    if otherwise is not None and otherwise != NONE and _lacks(of, key):
        return otherwise
    if isinstance(key, Constant) or any(key == other for other, _ in of.others):
        return of.at(key)
    found = of.any()
    return found if otherwise is None or found is UNKNOWN else joined(found, otherwise)


def _lacks(of: Entries, key: Value) -> bool:
    """Whether a dict that is written down whole has nothing under a text."""
    if of.is_open or of.others or not of.values or not isinstance(key, Constant):
        return False
    return str(key.value) not in dict(of.values)
