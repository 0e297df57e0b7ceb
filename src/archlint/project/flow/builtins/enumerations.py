"""What loops over an enumeration go through: its members, each as what is written for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.project.answer import UNKNOWN, External
from archlint.project.classes import ClassHierarchy, ProjectClass, class_itself
from archlint.project.flow.values import Constant, Items, Value

if TYPE_CHECKING:
    from archlint.project.flow.flow import Flow

_BASES = ("Choices", "Enum", "Flag")
_MAKING = frozenset({"__init__", "__iter__", "__new__"})
"""Methods with which a class may make members of something else than what is written."""


def gone_through(flow: Flow, value: Value) -> Value:
    """What a loop over a value goes through: of an enumeration its members, of all else itself."""
    cls, hierarchy = class_itself(value), flow.project.view(ClassHierarchy)
    if cls is None or not is_enumeration(hierarchy, cls) or _makes_its_own(hierarchy, cls):
        return value
    names = flow.class_names(cls)
    written = [
        names.get(member.name, UNKNOWN)
        for member in cls.fact.members
        if member.kind is Kind.VALUE and not member.name.startswith("_")
    ]
    members = dict.fromkeys(each for each in written if isinstance(each, Constant))
    return Items("list", tuple(members)) if len(members) == len(written) else value


def _makes_its_own(hierarchy: ClassHierarchy, cls: ProjectClass) -> bool:
    return any(isinstance(hierarchy.member(cls, name), tuple) for name in _MAKING)


def is_enumeration(hierarchy: ClassHierarchy, cls: ProjectClass) -> bool:
    """Whether what a class holds are members, made of what is written: `OPEN = 1, "open"`."""
    return any(isinstance(each, External) and each.name.endswith(_BASES) for each in hierarchy.order(cls))
