"""What heirs make of the methods of a class: the object at hand may be one of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.statements import Raise
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.project.project import Project


class Overrides:
    """Answers whether a method may be another one at run time."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._hierarchy = project.view(ClassHierarchy)

    @classmethod
    def build(cls, project: Project) -> Overrides:
        """The view of a project."""
        return cls(project)

    def may_be_plain(self, method: ProjectFunction) -> bool:
        """Whether what a call of a coroutine method runs may be none: a generator, or a plain function.

        So it may where an heir has such a one, and where the method is only there to be filled in.
        """
        owner = method.fact.owner
        if owner < 0:
            return False
        return _is_left_open(method) or any(
            self._is_plain(heir, method.fact.name)
            for heir in self._hierarchy.below(ProjectClass(method.module, owner))
        )

    def fillings(self, method: ProjectFunction) -> Iterator[ProjectFunction]:
        """What heirs put in the place of a method that only raises: a call of it runs one of these."""
        owner = method.fact.owner
        if owner < 0 or not _is_left_open(method):
            return
        for heir in self._hierarchy.below(ProjectClass(method.module, owner)):
            for member in heir.fact.members:
                if member.name == method.fact.name and member.kind is Kind.FUNCTION and member.index >= 0:
                    yield ProjectFunction(heir.module, member.index)

    def _is_plain(self, heir: ProjectClass, name: str) -> bool:
        """Whether a class itself has something else under a name than a coroutine function."""
        for member in heir.fact.members:
            if member.name == name:
                fact = heir.module.functions[member.index] if member.kind is Kind.FUNCTION else None
                return fact is None or not fact.is_async or fact.is_generator
        return False


def _is_left_open(method: ProjectFunction) -> bool:
    """Whether a method does nothing but raise."""
    statements = method.module.statements(method.fact)
    return bool(statements) and isinstance(statements[-1], Raise) and len(statements) <= 2
