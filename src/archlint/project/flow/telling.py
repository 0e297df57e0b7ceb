"""Which values are worth following: those that a framework knows."""

from __future__ import annotations

from collections.abc import Collection

from archlint.project.answer import Definition, External, Folder, Unresolved
from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.values import (
    Arguments,
    Closure,
    Constant,
    Either,
    Entries,
    Items,
    Many,
    Method,
    Object,
    Value,
)
from archlint.project.module import Module

PLAIN = frozenset({type(None), Constant, Definition, External, Module, Folder, Closure, Unresolved})
"""The classes of most values: they are not telling."""


def is_telling(value: Value | None) -> bool:
    """Whether a framework knows a value, or one of those it may be or hold.

    Asked of nearly everything that is evaluated, most of which is plain.
    """
    kind = value.__class__
    if kind in PLAIN:
        return False
    if isinstance(value, Items):
        return _is_one_telling(value.items)
    if isinstance(value, Entries):
        if value.others:  # a table of classes leads to what is done with each
            return True
        return _is_one_telling([value.rest, *[each for _, each in value.values]])
    if isinstance(value, Object):
        return bool(value.fields) and _is_one_telling([held for _, held in value.fields])
    if isinstance(value, Behaviour):
        return value.is_noted
    if isinstance(value, Either):
        return _is_one_telling(value.options)
    if isinstance(value, Many):
        return is_telling(value.of)
    return kind is Method


def _is_one_telling(values: Collection[Value]) -> bool:
    return not PLAIN.issuperset(map(type, values)) and any(map(is_telling, values))


def is_seen(value: Value) -> bool:
    """Whether it is known what an object is: a framework knows it, or its class is the project's."""
    return isinstance(value, Behaviour) or (isinstance(value, Object) and not isinstance(value.of, External))


def are_telling(arguments: Arguments) -> bool:
    """Whether a call passes something that a framework knows."""
    for value in arguments.positional:
        if value.__class__ not in PLAIN and is_telling(value):
            return True
    return bool(arguments.named) and any(is_telling(value) for _, value in arguments.named)
