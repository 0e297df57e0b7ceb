"""Where models and their members are declared, for findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.finding import Related
from archlint.frameworks.orm import Member, Model

if TYPE_CHECKING:
    from archlint.project.project import Project


def defined_at(project: Project, model: Model | None) -> tuple[Related, ...]:
    """Where a model is defined; nothing for one that is known beforehand."""
    if model is None or model.place is None:
        return ()
    place = model.place
    return (
        Related(project.location(place.module, place.line, place.column), f"`{model.name}` is defined here"),
    )


def declared_at(project: Project, member: Member) -> tuple[Related, ...]:
    """Where a field or relation is declared."""
    if member.place is None:
        return ()
    place = member.place
    location = project.location(place.module, place.line, place.column)
    return (Related(location, f"`{member.name}` is declared here"),)
