"""What reading an attribute off an object gives instead of what its class holds, or in addition to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archlint.facts.bindings import Binding, Kind
from archlint.facts.expressions import Attribute, last_name
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.values import Object

if TYPE_CHECKING:
    from archlint.project.flow.values import Value

_ADDING: Final = frozenset({"comparator", "deleter", "expression", "setter", "update_expression"})
"""The last names of the decorators, behind the name that they add to."""


def is_accessor(cls: ProjectClass, member: Binding) -> bool:
    """Whether a method of a class only adds to the one of its name above it: `@total.setter`."""
    if member.kind is not Kind.FUNCTION:
        return False
    decorators = cls.module.functions[member.index].decorators
    return any(
        isinstance(each, Attribute)
        and each.attr in _ADDING
        and last_name(each.value) in (member.name, "inplace")
        for each in decorators
    )


def is_descriptor(hierarchy: ClassHierarchy, value: Value) -> bool:
    """Whether it is not a value itself that objects of the class have, but what its `__get__` makes."""
    if not isinstance(value, Object) or not isinstance(value.of, ProjectClass):
        return False
    return isinstance(hierarchy.member(value.of, "__get__"), tuple)
