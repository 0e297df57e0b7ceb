"""What a settings module makes of its names, followed statement by statement without running it.

A list remembers everything it may hold, on whichever way through the module. What cannot be seen is
OPEN, alone or as one of several choices.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

import msgspec

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place


class Open(Enum):
    """Nobody can tell."""

    OPEN = "open"


OPEN = Open.OPEN


class Scalar(msgspec.Struct, frozen=True):
    """A text, a number, a truth value or None, where it is written."""

    value: str | int | float | bool | None
    place: Place


class Listing(msgspec.Struct, frozen=True):
    """A list or tuple: what it may hold, in order."""

    items: tuple[SettingValue, ...]
    place: Place
    is_open: bool = False
    """It may hold more."""


class Table(msgspec.Struct, frozen=True):
    """A dictionary with the keys that are text."""

    entries: tuple[tuple[str, SettingValue], ...]
    place: Place
    is_open: bool = False

    def get(self, key: str) -> SettingValue | None:
        """The value of a key; None where the key is not there."""
        return next((value for name, value in reversed(self.entries) if name == key), None)

    def having(self, key: str, value: SettingValue) -> Table:
        """The table with one entry set."""
        rest = tuple(entry for entry in self.entries if entry[0] != key)
        return Table((*rest, (key, value)), self.place, self.is_open)


class Choice(msgspec.Struct, frozen=True):
    """One of several, depending on what only a run knows; one alone as an item that may not be there."""

    alternatives: tuple[SettingValue, ...]


SettingValue: TypeAlias = "Scalar | Listing | Table | Choice | Open"

_MOST = 10_000
"""Values inside a value, far more than any settings have."""


def alternatives(value: SettingValue | None) -> Iterator[SettingValue]:
    """Everything a value may be, choices taken apart."""
    if isinstance(value, Choice):
        for alternative in value.alternatives:
            yield from alternatives(alternative)
    elif value is not None:
        yield value


def either(one: SettingValue | None, other: SettingValue | None) -> SettingValue:
    """What a value may be where two ways meet. Lists become one that may hold what either holds."""
    if one is None or other is None or one == other:
        return one or other or OPEN
    if isinstance(one, Listing) and isinstance(other, Listing):
        items = (*_marked(one, other), *map(_optional, _lacking(other, one)))
        return Listing(items, one.place, one.is_open or other.is_open)
    if isinstance(one, Table) and isinstance(other, Table):
        keys = dict.fromkeys([*(key for key, _ in one.entries), *(key for key, _ in other.entries)])
        entries = tuple((key, either(one.get(key), other.get(key))) for key in keys)
        return Table(entries, one.place, one.is_open or other.is_open)
    return Choice(tuple(dict.fromkeys((*alternatives(one), *alternatives(other)))))


def joined(one: SettingValue, other: SettingValue) -> SettingValue:
    """The sum of two lists. With something unknown it is a list that may hold more."""
    lists = [each for value in (one, other) for each in alternatives(value) if isinstance(each, Listing)]
    if not lists:
        return OPEN
    unseen = any(not isinstance(each, Listing) for value in (one, other) for each in alternatives(value))
    items = tuple(item for each in lists for item in each.items)
    return Listing(items, lists[0].place, unseen or any(each.is_open for each in lists))


def bounded(value: SettingValue) -> SettingValue:
    """The value, or OPEN for one that has grown beyond what settings are: `APPS += APPS`, again and again."""
    left = _MOST
    pending = [value]
    while pending and left >= 0:
        each = pending.pop()
        inside = _inside(each)
        left -= len(inside)
        pending += inside
    return OPEN if left < 0 else value


def _inside(value: SettingValue) -> Sequence[SettingValue]:
    if isinstance(value, Listing):
        return value.items
    if isinstance(value, Table):
        return [held for _, held in value.entries]
    return value.alternatives if isinstance(value, Choice) else ()


def _marked(one: Listing, other: Listing) -> tuple[SettingValue, ...]:
    """The items of a list; those that another lacks as a choice, since they may not be there."""
    lacking = set(map(id, _lacking(one, other)))
    return tuple(_optional(item) if id(item) in lacking else item for item in one.items)


def _optional(item: SettingValue) -> Choice:
    return item if isinstance(item, Choice) and len(item.alternatives) == 1 else Choice((item,))


def _lacking(one: Listing, other: Listing) -> list[SettingValue]:
    """The items of a list that another lacks."""
    there = {item.value for item in other.items if isinstance(item, Scalar)}
    # What came from before both ways is in both: taken twice, a list would double at each of them.
    same = {item for item in other.items if not isinstance(item, Scalar)}
    return [
        item
        for item in one.items
        if (item.value not in there if isinstance(item, Scalar) else item not in same)
    ]
