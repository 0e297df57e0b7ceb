"""The fields of a model, its own and inherited ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Expression, Name
from archlint.facts.statements import Annotate
from archlint.project.classes import ClassHierarchy, ProjectClass

if TYPE_CHECKING:
    from archlint.project.project import Project

_NOT_FIELDS = frozenset({"model_config", "Config"})


class ModelField(msgspec.Struct, frozen=True):
    """A field, with the class that declares it."""

    name: str
    annotation: Expression
    owner: ProjectClass
    line: int
    value: Expression | None = None
    """What it is given where it is declared."""


def fields_of(project: Project, cls: ProjectClass) -> Iterator[ModelField]:
    """The fields of a class; of those of one name, the nearest."""
    met: set[str] = set()
    for ancestor in project.view(ClassHierarchy).order(cls):
        if not isinstance(ancestor, ProjectClass):
            continue
        for statement in ancestor.module.statements(ancestor.fact):
            if not isinstance(statement, Annotate) or not isinstance(statement.target, Name):
                continue
            name = statement.target.id
            if name not in met and name not in _NOT_FIELDS and not name.startswith("_"):
                met.add(name)
                yield ModelField(name, statement.annotation, ancestor, statement.line, statement.value)
