"""What a property or a hybrid has besides what reading it off an object gives: `@total.setter`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archlint.facts.bindings import Binding, Kind
from archlint.facts.expressions import Attribute, last_name

if TYPE_CHECKING:
    from archlint.project.classes import ProjectClass

_ADDING: Final = frozenset({"comparator", "deleter", "expression", "setter", "update_expression"})
"""The last names of the decorators, behind the name that they add to."""


def is_accessor(cls: ProjectClass, member: Binding) -> bool:
    """Whether a method of a class only adds to the one of its name above it."""
    if member.kind is not Kind.FUNCTION:
        return False
    decorators = cls.module.functions[member.index].decorators
    return any(
        isinstance(each, Attribute)
        and each.attr in _ADDING
        and last_name(each.value) in (member.name, "inplace")
        for each in decorators
    )
