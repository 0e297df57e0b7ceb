"""Properties that Python computes, asked of the class: no query knows of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.frameworks.orm import Place
from archlint.frameworks.sqlalchemy.values.expressions import PythonProperty
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.classes.accessors import is_accessor
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.values.entity import Entity
    from archlint.project.flow.behaviour import Site

_DECORATORS = (("property",), ("cached_property",))


def property_of(entity: Entity, name: str, site: Site) -> PythonProperty | None:
    """The property that a mapped class has by a name; None for all else, and where nobody can tell."""
    if entity.is_open:
        return None
    for ancestor in site.project.view(ClassHierarchy).order(entity.cls):
        if not isinstance(ancestor, ProjectClass):
            continue
        members = (member for member in ancestor.fact.members if member.name == name)
        found = [member for member in members if not is_accessor(ancestor, member)]
        if not found:
            continue
        if len(found) != 1 or found[0].kind is not Kind.FUNCTION:
            return None
        function = ProjectFunction(ancestor.module, found[0].index)
        if function.decorators not in _DECORATORS or "property" in ancestor.module.bindings:
            return None
        return PythonProperty(
            entity.name, name, Place(ancestor.module, function.fact.line, function.fact.column)
        )
    return None
