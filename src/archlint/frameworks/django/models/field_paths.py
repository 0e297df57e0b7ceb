"""Whether a path in an option leads to a field: `customer__name`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.django.annotated_names import AnnotatedNames
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.paths import Followed, Paths, Verdict
from archlint.frameworks.django.registered_lookups import RegisteredLookups

if TYPE_CHECKING:
    from archlint.frameworks.orm import Member
    from archlint.project.project import Project


class FieldPaths:
    """Follows paths that stand in options of classes."""

    def __init__(self, project: Project) -> None:
        self._paths = Paths(project.view(DjangoModels), project.view(RegisteredLookups))
        self._annotated = project.view(AnnotatedNames)

    @classmethod
    def build(cls, project: Project) -> FieldPaths:
        """The view of a project."""
        return cls(project)

    def missing(self, model: DjangoModel, path: str) -> Followed | None:
        """How far a path leads that ends at no field; None for all others, and where nobody can tell."""
        if path.partition("__")[0] in self._annotated.names:
            return None
        found = self._paths.follow(model, path)
        return found if found.verdict is Verdict.NO_FIELD else None

    def member(self, model: DjangoModel, path: str) -> Member | None:
        """The field or relation that a path ends at; None where it ends at none, or nobody can tell."""
        if path.partition("__")[0] in self._annotated.names:
            return None
        found = self._paths.follow(model, path, is_condition=False)
        member = found.member if found.verdict is Verdict.FOUND else None
        return member if member is not None and member.name == path.rpartition("__")[2] else None
