"""What the methods of lists, tuples, sets, dicts and texts give, and what they are afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from archlint.project.answer import UNKNOWN, Definition, External
from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.blocks.turns import keys, pairs, picked, values
from archlint.project.flow.builtins.beginnings import filled_in
from archlint.project.flow.values import (
    NONE,
    Arguments,
    Constant,
    Either,
    Entries,
    Items,
    Many,
    Value,
    alternatives,
    any_of,
    joined,
    only,
    something,
)

if TYPE_CHECKING:
    from archlint.project.flow.flow import Flow
    from archlint.project.flow.place import Place


def method(flow: Flow, site: Place, of: Value, name: str, arguments: Arguments) -> Value | None:
    """What a method of a list, tuple, set or dict gives; None where it is none of them."""
    if isinstance(of, Entries):
        if name in ("get", "pop"):
            otherwise = arguments.get("default", 1) or (NONE if name == "get" else None)
            return picked(of, arguments.get("key", 0) or UNKNOWN, otherwise)
        views = _VIEWS.get(name)
        return UNKNOWN if views is None else views(of)
    if isinstance(of, (Items, Many)):
        return flow.each(of, site) if name in ("pop", "popleft") else UNKNOWN
    if isinstance(of, Constant):
        if name == "format":
            _write(site, arguments)
        return _words(of, name, arguments)
    return None


def _write(site: Place, arguments: Arguments) -> None:
    """`"{} of {}".format(line, order)`."""
    from archlint.project.flow.builtins.writing import as_text

    for value in (*arguments.positional, *[value for _, value in arguments.named]):
        as_text(site, value)


_VIEWS: dict[str, Callable[[Entries], Items]] = {"keys": keys, "values": values, "items": pairs}


def _words(of: Constant, name: str, arguments: Arguments) -> Value:
    """`"name email".split()`, `"customer.name".split(".")`."""
    given = (*arguments.positional, *[value for _, value in arguments.named])
    if not isinstance(of.value, str):
        return UNKNOWN
    by = given[0].value if len(given) == 1 and isinstance(given[0], Constant) else None
    if name != "split" or (given and not (isinstance(by, str) and by)):
        return filled_in(of, name, arguments)
    words = of.value.split(by) if isinstance(by, str) else of.value.split()
    return Items("list", tuple([Constant(word) for word in words]))


def lacks(of: Value, name: str) -> bool:
    """Whether a value is a dict, and a dict has no attribute of this name."""
    if of.__class__ is not Entries and of.__class__ is not Either:
        return False  # as nearly always
    return name not in _OF_DICTS and bool(only(of, Entries))


_OF_DICTS = frozenset({*dir(dict), "default_factory", "move_to_end"})


def grown(of: Items | Many | Entries, name: str, arguments: Arguments) -> Value | None:
    """A list, set or dict after a method that changes it; None for other methods."""
    if isinstance(of, Entries):
        return _changed(of, name, arguments)
    if name in _SHRINKING or name in _MIXING:
        return _shrunk(of, name, arguments)
    if name not in _GROWING or not arguments.positional:
        return None
    added = arguments.positional[-1]
    if name == "extend":
        if not isinstance(added, Many):
            return Many(UNKNOWN)
        added = added.of
    if isinstance(of, Items):
        return Many(added) if not of.items else Many(joined(any_of(of.items), added))
    return Many(joined(of.of, added), of.source)


def one_list(value: Value) -> Many | None:
    """What stands for a list that is one of several, with what any of them holds; None for all else."""
    options = something(value)
    lists = [option for option in options if isinstance(option, (Items, Many))]
    if len(lists) < len(options):
        return None
    held = [item for one in lists for item in (one.items if isinstance(one, Items) else (one.of,))]
    return Many(any_of(held)) if held else None


_GROWING = frozenset({"add", "append", "appendleft", "extend", "insert"})
_SHRINKING = frozenset({"clear", "discard", "pop", "popleft", "remove", "reverse", "sort"})
_MIXING = frozenset({"difference_update", "intersection_update", "symmetric_difference_update", "update"})
CHANGING = frozenset({*_GROWING, *_SHRINKING, *_MIXING, "popitem", "setdefault"})
"""Methods after which a list, set or dict holds something else."""


def _shrunk(of: Items | Many, name: str, arguments: Arguments) -> Value:
    """A list or set of which something is taken away: `names.remove("id")` leaves all others."""
    if name == "clear" or name in _MIXING:
        return Many(UNKNOWN)
    taken = arguments.positional[0] if name in ("discard", "remove") and arguments.positional else None
    if isinstance(of, Items) and isinstance(taken, Constant) and taken in of.items:
        at = of.items.index(taken)
        return Items(of.kind, (*of.items[:at], *of.items[at + 1 :]))
    left = of.items if isinstance(of, Items) else alternatives(of.of)
    kept = any_of([item for item in left if taken is None or item != taken])
    return Many(kept) if isinstance(of, Items) else Many(kept, of.source)


def _changed(of: Entries, name: str, arguments: Arguments) -> Value | None:
    first = arguments.get("key", 0)
    if name == "pop" and isinstance(first, Constant):
        return Entries(tuple(entry for entry in of.values if entry[0] != first.value), of.is_open)
    if name == "setdefault" and first is not None:
        is_there = isinstance(first, Constant) and any(key == first.value for key, _ in of.values)
        return of if is_there else with_entry(of, first, arguments.get("default", 1) or NONE)
    if name == "update":
        more = first if isinstance(first, Entries) else Entries((), bool(arguments.positional))
        values = {**dict(of.values), **dict(more.values), **dict(arguments.named)}
        return Entries(tuple(values.items()), of.is_open or more.is_open or arguments.is_open)
    return UNKNOWN if name in ("clear", "pop", "popitem") else None


def with_entry(of: Entries, key: Value, value: Value) -> Entries:
    """A dict after `of[key] = value`; where the key is not known, it may be any."""
    if isinstance(key, Constant) and isinstance(key.value, str):
        return Entries(tuple({**dict(of.values), key.value: value}.items()), of.is_open, of.rest, of.others)
    if isinstance(key, (Definition, External)) or (isinstance(key, Behaviour) and key.is_class):  # no text
        kept = tuple(entry for entry in of.others if entry[0] != key)
        return Entries(of.values, True, of.rest, (*kept, (key, value)))
    rest = value if not of.is_open else UNKNOWN if of.rest is UNKNOWN else joined(of.rest, value)
    return Entries(tuple((name, UNKNOWN) for name, _ in of.values), True, rest)


def is_raw(value: Value) -> bool:
    """Whether a value is a dict or text, or has some in it, of which a class that validates makes others."""
    if isinstance(value, Items):
        return any(map(is_raw, value.items))
    if isinstance(value, Many):
        return is_raw(value.of)
    return any(_is_one_raw(each) for each in alternatives(value))


def _is_one_raw(value: Value) -> bool:
    return value.is_raw if isinstance(value, Behaviour) else isinstance(value, Entries)
