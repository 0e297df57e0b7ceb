"""Where something lies in what it is taken out of, and what annotations and calls say of that.

A path has the places from the outside in, with EACH for any of them, and VALUE for what a dict holds.
"""

from __future__ import annotations

from typing import TypeAlias

from archlint.facts.expressions import Attribute, Call, Collection, Expression, Opaque, Subscript, last_name
from archlint.project.summaries import EACH

Path: TypeAlias = tuple[int, ...]

_SAME = frozenset({"list", "reversed", "sorted", "tuple"})
"""What hands on the elements of its argument."""

_TABLES = frozenset({"DefaultDict", "Dict", "Mapping", "MutableMapping", "defaultdict", "dict"})

VALUE = -2
"""In a path, what a dict holds under any of its keys."""

_MANY = frozenset(
    {
        "AsyncGenerator",
        "AsyncIterable",
        "AsyncIterator",
        "Collection",
        "FrozenSet",
        "Generator",
        "Iterable",
        "Iterator",
        "List",
        "MutableSequence",
        "Sequence",
        "Set",
        "Tuple",
        "deque",
        "frozenset",
        "list",
        "set",
        "tuple",
    }
)


def taken_from(call: Call, path: Path) -> tuple[Expression, Path] | None:
    """What a call hands on the elements of, and where they lie in that: `enumerate(orders)`."""
    name, deeper = last_name(call.function), path[1:]
    if path[0] != EACH:
        return None
    if isinstance(call.function, Attribute):
        if name == "values":
            return call.function.value, (VALUE, *deeper)
        return (call.function.value, (VALUE, *deeper[1:])) if name == "items" and deeper[:1] == (1,) else None
    if name in _SAME and call.arguments:
        return call.arguments[0], path
    if not deeper:
        return None
    if name == "enumerate" and deeper[0] == 1 and call.arguments:
        return call.arguments[0], (EACH, *deeper[1:])
    if name == "zip" and deeper[0] < len(call.arguments):
        return call.arguments[deeper[0]], (EACH, *deeper[1:])
    return None


def inside(annotation: Expression | None, place: int) -> Expression | None:
    """What `list[Orders]`, `tuple[Orders, ...]` or `tuple[Session, Orders]` says of an element."""
    if not isinstance(annotation, Subscript):
        return None
    kind = last_name(annotation.value)
    index = annotation.index
    if place == VALUE:
        is_table = kind in _TABLES and isinstance(index, Collection) and len(index.items) == 2
        return index.items[1] if is_table and isinstance(index, Collection) else None
    if kind not in _MANY:
        return None
    if not isinstance(index, Collection):
        return index
    is_same = "enerator" in kind or (len(index.items) == 2 and isinstance(index.items[1], Opaque))
    if is_same:
        return index.items[0] if index.items else None
    is_place = place >= 0 and kind in ("tuple", "Tuple") and place < len(index.items)
    return index.items[place] if is_place else None
