"""The relationship that is missing on the other side of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archlint.finding import Act, Location
from archlint.project.classes import ClassHierarchy
from archlint.remedies import stepped

if TYPE_CHECKING:
    from archlint.finding import Remedy
    from archlint.frameworks.sqlalchemy.mapping.mapped import MappedClass
    from archlint.frameworks.sqlalchemy.mapping.relationships import Relationship
    from archlint.project import Project

_TO_BE_REPEATED: Final = frozenset(
    {"foreign_keys", "primaryjoin", "secondary", "secondaryjoin", "remote_side", "viewonly"}
)
"""Options without which the other side may be another relationship."""


def other_side(
    project: Project, owner: MappedClass, relationship: Relationship, target: MappedClass
) -> Remedy | None:
    """A line at the end of the class; None where nobody can tell what it has to say.

    Without an annotation, SQLAlchemy finds out by itself whether it leads to one object or to many.
    """
    cls = target.cls
    fact, module = cls.fact, cls.module
    if not relationship.is_whole or not _TO_BE_REPEATED.isdisjoint(relationship.options):
        return None
    if target.is_imperative or target.is_abstract or target.is_local or not fact.members:
        return None
    if fact.decorators or fact.keywords or project.view(ClassHierarchy).is_subclass(cls, _DATACLASS):
        return None
    if "sqlmodel" in module.imported | owner.cls.module.imported:
        return None
    text = project.text(module.path)
    first = text.line(fact.members[0].line)
    indent = first[: len(first) - len(first.lstrip())]
    if fact.members[0].line == fact.line or not indent:
        return None
    end = project.location(module, fact.end_line, 0)
    at = Location(module.path, end.end_line, end.end_column, end.end_line, end.end_column)
    newline = "\r\n" if "\r\n" in text.text else "\n"
    made = f'{{0}}("{owner.cls.fact.name}", back_populates="{relationship.name}")'
    line = f"{newline}{indent}{relationship.back_populates} = {made}"
    return stepped(Act.INSERT, at, line, "", "sqlalchemy.orm.relationship", safe=False)


_DATACLASS: Final = "sqlalchemy.orm.MappedAsDataclass"
