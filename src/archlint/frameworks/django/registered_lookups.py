"""The lookups and transforms that a project adds to Django's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Literal, Name
from archlint.facts.statements import Assign, Statement
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.query.named import Registration
from archlint.frameworks.orm import Field
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.trace import Called
from archlint.project.flow.values import Constant

if TYPE_CHECKING:
    from archlint.project.project import Project

_FINDERS = frozenset({"get_lookup", "get_transform"})


class RegisteredLookups:
    """The names that classes of the project give as `lookup_name`, whether or not they are registered."""

    def __init__(self, project: Project) -> None:
        self._hierarchy = project.view(ClassHierarchy)
        self._finders: set[ProjectClass] = set()
        names: set[str] = set()
        for module in project.modules:
            if module.name.startswith("django."):
                continue  # Django's own are known beforehand
            for index, fact in enumerate(module.classes):
                members = {member.name for member in fact.members if member.kind is not Kind.DECLARED}
                if not _FINDERS.isdisjoint(members):
                    self._finders.add(ProjectClass(module, index))
                if "lookup_name" in members:
                    names.update(_names(module.statements(fact)))
        names.update(_given(project))
        self.names = frozenset(names)

    @classmethod
    def build(cls, project: Project) -> RegisteredLookups:
        """The lookups of a project."""
        return cls(project)

    def finds_its_own(self, field: Field) -> bool:
        """Whether code of the project decides which lookups a field has."""
        if field.cls is None or not self._finders:
            return False
        return not self._finders.isdisjoint(self._hierarchy.order(field.cls))


def _given(project: Project) -> Iterator[str]:
    """The names that registrations give themselves: `register_lookup(ReverseStartsWith, "rstartswith")`."""
    for _, event in project.view(DataFlow).events(Called):
        if isinstance(event.callee, Registration):
            name = event.arguments.get("lookup_name", 1)
            if isinstance(name, Constant) and isinstance(name.value, str):
                yield name.value


def _names(body: tuple[Statement, ...]) -> Iterator[str]:
    """What a class body gives as `lookup_name`."""
    for statement in body:
        if isinstance(statement, Assign) and isinstance(statement.value, Literal):
            targets = [target.id for target in statement.targets if isinstance(target, Name)]
            if "lookup_name" in targets and isinstance(statement.value.value, str):
                yield statement.value.value
