"""Who makes the objects of a mapped class, and who may change what it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call, Expression, Name
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import Functions

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.mapping.lineage import Lineage
    from archlint.frameworks.sqlalchemy.mapping.mapped import MappedClass
    from archlint.frameworks.sqlalchemy.values.entity import Entity
    from archlint.project.project import Project


def has_own_constructor(lineage: Lineage, mapped: MappedClass) -> bool:
    """Whether its constructor is not SQLAlchemy's: its own, that of a dataclass, or nobody can tell."""
    if mapped.is_open or "__init__" in mapped.given_later:
        return True
    for ancestor in lineage.order(mapped.cls):
        if not isinstance(ancestor, ProjectClass):
            if getattr(ancestor, "name", "").endswith("MappedAsDataclass"):
                return True
            continue
        if any(member.name == "__init__" for member in ancestor.fact.members) or ancestor.fact.keywords:
            return True
        if mapped.is_imperative and any(_last(each) == "dataclass" for each in ancestor.fact.decorators):
            return True
    return False


def is_mapped_as_dataclass(lineage: Lineage, cls: ProjectClass) -> bool:
    """Whether SQLAlchemy makes its constructor, as that of a dataclass, and nobody replaces it."""
    is_one = False
    for ancestor in lineage.order(cls):
        if not isinstance(ancestor, ProjectClass):
            is_one = is_one or getattr(ancestor, "name", "").endswith("MappedAsDataclass")
            continue
        if any(member.name == "__init__" for member in ancestor.fact.members):
            return False
        is_one = is_one or any("mapped_as_dataclass" in _last(each) for each in ancestor.fact.decorators)
    return is_one and not any(keyword.name == "init" for keyword in cls.fact.keywords)


def drops_what_it_lacks(lineage: Lineage, entity: Entity) -> bool:
    """Whether it is a class of SQLModel whose constructor takes whatever it is given, and drops the rest."""
    if not entity.is_sqlmodel or entity.is_open:
        return False
    for ancestor in lineage.order(entity.cls):
        if not isinstance(ancestor, ProjectClass):
            continue
        members = {member.name for member in ancestor.fact.members}
        if not _CONFIGURING.isdisjoint(members) or any(k.name != "table" for k in ancestor.fact.keywords):
            return False
    return not any(
        name in field.options
        for field in entity.model.fields.values()
        for name in ("alias", "validation_alias")
    )


_CONFIGURING = frozenset({"__init__", "__new__", "Config", "model_config"})
"""Members of a class of SQLModel by which its constructor may do otherwise."""


def has_validators(project: Project, cls: ProjectClass) -> bool:
    """Whether methods of a class are asked what to make of the values that it is given."""
    functions = project.view(Functions)
    ancestors = [each for each in project.view(ClassHierarchy).order(cls) if isinstance(each, ProjectClass)]
    return any(
        function.fact.owner == each.index and "validates" in map(_last, function.fact.decorators)
        for each in ancestors
        for function in functions.all_of(each.module)
    )


def _last(form: Expression) -> str:
    if isinstance(form, Call):
        return _last(form.function)
    return form.attr if isinstance(form, Attribute) else form.id if isinstance(form, Name) else ""
