"""The classes of a file by name and bases alone, for those who look for a few among many."""

from __future__ import annotations

import msgspec

from archlint.facts.expressions import Attribute, Expression, Name, Subscript


class ClassHead(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The first parts of a `ClassFact`; the rest is not decoded."""

    name: str
    qualname: str
    bases: tuple[Expression, ...]


class _Outline(msgspec.Struct, frozen=True, array_like=True, gc=False):
    classes: tuple[ClassHead, ...]


_decode = msgspec.msgpack.Decoder(_Outline).decode


def class_heads(definitions: msgspec.Raw) -> tuple[ClassHead, ...]:
    """The classes of encoded `Definitions`, in the order of the source."""
    return _decode(definitions).classes


def last_name(base: Expression) -> str:
    """The last name of a base: `Model` of `models.Model`; empty where it has none, as calls do."""
    if isinstance(base, Name):
        return base.id
    if isinstance(base, Attribute):
        return base.attr
    return last_name(base.value) if isinstance(base, Subscript) else ""
