"""What classes from outside the project have: Python's own, and those that the frameworks tell of."""

from __future__ import annotations

import builtins
import enum
from functools import cache
from typing import TYPE_CHECKING, Final

from archlint.project.answer import External

if TYPE_CHECKING:
    from archlint.project.classes import ClassHierarchy, ProjectClass
    from archlint.project.project import Project

PROTOCOLS: Final = frozenset({"typing.Protocol", "typing_extensions.Protocol"})
"""Bases of classes that others stand for without inheriting from them."""

_BARE: Final = PROTOCOLS | {"abc.ABC", "typing.Generic"}
_DECORATORS: Final = frozenset(
    {
        "attrs.define",
        "attrs.frozen",
        "dataclasses.dataclass",
        "enum.unique",
        "enum.verify",
        "functools.total_ordering",
        "typing.final",
        "typing.runtime_checkable",
    }
)
_ENUMERATIONS: Final = frozenset({"Enum", "Flag", "IntEnum", "IntFlag", "ReprEnum", "StrEnum"})
OF_ENUMERATIONS: Final = frozenset(
    {*dir(int), *dir(str), "_name_", "_sort_order_", "_value_", "name", "value"}.union(
        *map(vars, (*enum.IntFlag.__mro__, enum.EnumMeta))
    )
)
"""What an enumeration has, its members too, whatever they are."""

_OF_NAMED_TUPLES: Final = frozenset(
    {*dir(tuple), "_asdict", "_field_defaults", "_fields", "_make", "_replace"}
)
_NEWER: Final = frozenset({"add_note", "from_number", "is_integer"})
"""Names of the builtin classes that not every Python has."""


def outside_members(project: Project, name: str) -> frozenset[str] | None:
    """What a class from outside has, its objects too, or a decorator adds to one; None where nobody knows."""
    module, _, last = name.rpartition(".")
    if name in _BARE or name in _DECORATORS:
        return frozenset()
    if module == "builtins":
        return _of_builtin(last)
    if module == "enum" and last in _ENUMERATIONS:
        return OF_ENUMERATIONS
    return _OF_NAMED_TUPLES if name == "typing.NamedTuple" else project.class_members(name)


def is_enumeration(cls: ProjectClass, hierarchy: ClassHierarchy) -> bool:
    """Whether what stands in the body of a class are its own objects."""
    above = (each.name.rpartition(".") for each in hierarchy.order(cls) if isinstance(each, External))
    return any(module == "enum" and last in _ENUMERATIONS for module, _, last in above)


@cache
def _of_builtin(name: str) -> frozenset[str] | None:
    found = getattr(builtins, name, None)
    if not isinstance(found, type) or found is type:
        return None  # what `type` makes are classes, which have anything
    return frozenset(dir(found)) | _NEWER
