"""Values that know where they come from: the tree in which files are read and merged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import msgspec

from archlint.config.model import Origin
from archlint.config.positions import KeyPath

Toml: TypeAlias = Any
"""What a TOML file can hold: checked as it is read, so the type is not told twice."""


class Sourced(msgspec.Struct, frozen=True):
    """A scalar, a tuple of `Sourced` or a dict of `Sourced`, with its origin."""

    value: Toml
    origin: Origin


def plain(node: Sourced) -> Toml:
    """The bare value, without origins."""
    if isinstance(node.value, dict):
        return {name: plain(below) for name, below in node.value.items()}
    if isinstance(node.value, tuple):
        return tuple(plain(below) for below in node.value)
    return node.value


def origins(node: Sourced, path: KeyPath = ()) -> Iterator[tuple[str, Origin]]:
    """The origin of every value, table and element below a node, by dotted key."""
    if path:
        yield ".".join(map(str, path)), node.origin
    if isinstance(node.value, dict):
        for name, below in node.value.items():
            yield from origins(below, (*path, name))
    elif isinstance(node.value, tuple):
        for index, below in enumerate(node.value):
            yield from origins(below, (*path, index))


def merged(base: Sourced, over: Sourced) -> Sourced:
    """Tables key by key; anything else is replaced."""
    if not isinstance(base.value, dict) or not isinstance(over.value, dict):
        return over
    table = dict(base.value)
    for name, node in over.value.items():
        table[name] = merged(table[name], node) if name in table else node
    return Sourced(table, over.origin)
