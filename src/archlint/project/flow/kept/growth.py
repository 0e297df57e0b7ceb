"""How large a value may become that is kept under a name.

Whoever puts a value together twice from itself, a few dozen times over, has one that no memory holds:
`text = text + text`, `pair = (pair, pair)`. Values share their parts, but who compares them goes through all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from archlint.project.answer import UNKNOWN
from archlint.project.flow.values import Constant, Either, Entries, Items, Many, Object, Pending, Value

_LONGEST = 10_000
"""Characters of a text."""

_MOST = 10_000
"""Values inside a value: many more than stand in any table that tells what to ask a database for."""


def bounded(value: Value) -> Value:
    """The value, or UNKNOWN for one that has grown too large to be followed."""
    if value.__class__ not in _PARTS:
        return value  # as nearly always
    left = _MOST
    pending = [value]
    while pending:
        each = pending.pop()
        parts = _PARTS.get(each.__class__)
        if parts is None:
            continue
        inside = parts(each)
        left -= len(inside)
        if left < 0:
            return UNKNOWN
        pending += inside
    return value


def everything(value: Value) -> Iterator[Value]:
    """A value and all that it holds."""
    pending = [value]
    while pending:
        each = pending.pop()
        yield each
        inside = _PARTS.get(each.__class__)
        if inside is not None:
            pending += inside(each)


def _text(value: Constant) -> Sequence[Value]:
    is_long = isinstance(value.value, str) and len(value.value) > _LONGEST
    return (UNKNOWN,) * (_MOST + 1) if is_long else ()


def _entries(value: Entries) -> Sequence[Value]:
    return (
        *[held for _, held in value.values],
        value.rest,
        *[held for pair in value.others for held in pair],
    )


_PARTS: dict[type, Callable[[Any], Sequence[Value]]] = {
    Constant: _text,
    Either: lambda value: value.options,
    Entries: _entries,
    Items: lambda value: value.items,
    Many: lambda value: (value.of, value.source),
    Object: lambda value: [held for _, held in value.fields],
    Pending: lambda value: (value.value,),
}
"""What stands inside a value, by its kind; all others hold no more than they were given."""
