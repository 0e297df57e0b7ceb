"""The lookups and transforms that a project adds to Django's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Literal, Name
from archlint.facts.statements import Assign, Statement
from archlint.project.answer import External, Unresolved
from archlint.project.classes import ClassHierarchy, ProjectClass

if TYPE_CHECKING:
    from archlint.project.project import Project

_BASES = ("django.db.models.", "django.contrib.")


class RegisteredLookups:
    """Names under which classes of the project that are lookups or transforms can be asked for."""

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names

    @classmethod
    def build(cls, project: Project) -> RegisteredLookups:
        """The names that the classes give as `lookup_name`; whether each is registered is not asked."""
        hierarchy = project.view(ClassHierarchy)
        names: set[str] = set()
        for module in project.modules:
            for index, fact in enumerate(module.classes):
                named = any(m.name == "lookup_name" and m.kind is Kind.VALUE for m in fact.members)
                if named and _is_lookup(hierarchy, ProjectClass(module, index)):
                    names.update(_names(module.statements(fact)))
        return cls(frozenset(names))


def _names(body: tuple[Statement, ...]) -> Iterator[str]:
    """What a class body gives as `lookup_name`."""
    for statement in body:
        if isinstance(statement, Assign) and isinstance(statement.value, Literal):
            targets = [target.id for target in statement.targets if isinstance(target, Name)]
            if "lookup_name" in targets and isinstance(statement.value.value, str):
                yield statement.value.value


def _is_lookup(hierarchy: ClassHierarchy, cls: ProjectClass) -> bool:
    """Whether a class inherits from something of Django's, or from what nobody can tell."""
    return any(
        isinstance(ancestor, Unresolved)
        or (isinstance(ancestor, External) and ancestor.name.startswith(_BASES))
        for ancestor in hierarchy.order(cls)
    )
