"""Places of values, as findings show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.finding import Related
from archlint.frameworks.orm import Place

if TYPE_CHECKING:
    from archlint.project.project import Project


def related(project: Project, place: Place | None, what: str) -> tuple[Related, ...]:
    """A related location, if there is one; places of values are where these end."""
    if place is None:
        return ()
    return (Related(project.location(place.module, place.line, 0), what),)
