"""Whether a constructor of a model takes what is no field: properties that can be set, and nothing else.

https://docs.djangoproject.com/en/5.2/ref/models/instances/#creating-objects
"""

from __future__ import annotations

from archlint.facts.bindings import Kind
from archlint.facts.outline import last_name
from archlint.project.classes import ClassHierarchy, ProjectClass

_READ_ONLY = frozenset({"property", "cached_property", "classmethod", "staticmethod"})


def is_settable(hierarchy: ClassHierarchy, cls: ProjectClass, name: str) -> bool | None:
    """Whether what a class has by a name is a property with a setter; None where nobody can tell."""
    found = hierarchy.member(cls, name)
    if not isinstance(found, tuple):
        return None
    holder, binding = found
    if binding.kind is not Kind.FUNCTION:
        return None
    decorators = [last_name(one) for one in holder.module.functions[binding.index].decorators]
    if "setter" in decorators:
        return True
    return False if _READ_ONLY.issuperset(decorators) else None
