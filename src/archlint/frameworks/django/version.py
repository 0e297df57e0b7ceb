"""The version of Django that a project is written for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.project.files.requirements import Requirements
from archlint.project.files.versions import are_below, are_from

if TYPE_CHECKING:
    from archlint.project.project import Project

_GONE_IN_TWO = ("django.core.urlresolvers", "django.core.context_processors")
"""Modules that Django has had before its second version only."""


class Version:
    """What tells that it is an old one, or a new one."""

    def __init__(self, *, is_before_two: bool, wanted: tuple[str, ...] = ()) -> None:
        self._wanted = wanted
        self.is_before_two = is_before_two
        """Whether it is older than Django 2: relations need no `on_delete`, and sets of them are assigned."""

    @classmethod
    def build(cls, project: Project) -> Version:
        """The view of a project."""
        wanted = project.view(Requirements).versions("django")
        return cls(
            is_before_two=are_below(wanted, "2") or (not wanted and _imports_old(project)), wanted=wanted
        )

    def is_before(self, version: str) -> bool:
        """Whether it is surely older than another, `3.2`."""
        return self.is_before_two or are_below(self._wanted, version)

    def is_from(self, version: str) -> bool:
        """Whether it is surely another, `6.1`, or a newer one."""
        return are_from(self._wanted, version)


def _imports_old(project: Project) -> bool:
    """Whether a file imports what Django 2 has no more, and has no other way."""
    imported = (fact for module in project.modules for fact in module.facts.imports)
    return any(fact.module in _GONE_IN_TWO and not (fact.guarded or fact.conditional) for fact in imported)
