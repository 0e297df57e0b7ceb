"""What a class has under a name, as some class body of the project writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Expression, Name
from archlint.facts.statements import Annotate, Assign
from archlint.frameworks.framework_names import is_framework
from archlint.project.answer import External, Unresolved
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import ProjectFunction
from archlint.project.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archlint.facts.bindings import Binding
    from archlint.project.project import Project


class ClassValue(msgspec.Struct, frozen=True):
    """An attribute of a class."""

    holder: ProjectClass
    binding: Binding
    value: Expression | None
    """None for a function, a class, and what is bound in a way that nobody follows."""

    @property
    def function(self) -> ProjectFunction | None:
        """The method, where it is one."""
        return ProjectFunction(self.holder.module, self.binding.index) if self.is_method else None

    @property
    def is_method(self) -> bool:
        """Whether it is a function of the class body."""
        return self.binding.kind is Kind.FUNCTION


class ClassValues:
    """Answers for classes of the project, their bases included."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._hierarchy = project.view(ClassHierarchy)
        self._bodies = Memo(project.reads, _assigned)
        self._outside = Memo(project.reads, self._find_outside)

    @classmethod
    def build(cls, project: Project) -> ClassValues:
        """The view of a project."""
        return cls(project)

    def of(self, cls: ProjectClass, name: str) -> ClassValue | None:
        """What a class of the project gives to another or itself; None where none does."""
        for ancestor in self._hierarchy.order(cls):
            if isinstance(ancestor, ProjectClass) and not is_framework(ancestor.name):
                found = self.own(ancestor, name)
                if found is not None:
                    return found
        return None

    def asks_base(self, cls: ProjectClass, name: str) -> bool:
        """Whether the method of a base outside runs: by `super`, where the project puts one in its place."""
        found = self.of(cls, name)
        if found is None:
            return True
        return found.function is not None and found.holder.module.mentions(found.function.fact, "super")

    def own(self, cls: ProjectClass, name: str) -> ClassValue | None:
        """What a class body itself binds."""
        bindings = [m for m in cls.fact.members if m.name == name]
        if not bindings or bindings[-1].kind in (Kind.DELETED, Kind.DECLARED):
            return None
        kind = bindings[-1].kind
        value = self._bodies(cls).get(name) if kind is Kind.VALUE and len(bindings) == 1 else None
        return ClassValue(cls, bindings[-1], value)

    def values(self, cls: ProjectClass) -> Mapping[str, Expression]:
        """All that a class body assigns to plain names, outside of conditions."""
        return self._bodies(cls)

    def outside(self, cls: ProjectClass) -> tuple[str, ...] | None:
        """The dotted names of the bases that are not the project's own; None where a base is unknown."""
        return self._outside(cls)

    def _find_outside(self, cls: ProjectClass) -> tuple[str, ...] | None:
        order = self._hierarchy.order(cls)
        if any(isinstance(ancestor, Unresolved) for ancestor in order):
            return None
        return tuple(
            ancestor.name
            for ancestor in order
            if isinstance(ancestor, External)
            or (not isinstance(ancestor, Unresolved) and ancestor != cls and is_framework(ancestor.name))
        )


def _assigned(cls: ProjectClass) -> Mapping[str, Expression]:
    found: dict[str, Expression] = {}
    for statement in cls.module.statements(cls.fact):
        if isinstance(statement, Assign) and not statement.operator:
            found.update((t.id, statement.value) for t in statement.targets if isinstance(t, Name))
        elif isinstance(statement, Assign):
            for target in statement.targets:
                found.pop(getattr(target, "id", ""), None)
        elif isinstance(statement, Annotate) and statement.value and isinstance(statement.target, Name):
            found[statement.target.id] = statement.value
    return found
