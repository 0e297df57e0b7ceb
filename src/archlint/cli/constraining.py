"""Reads a project for `archlint constraints`: which rules are in force, and what they ask for."""

from __future__ import annotations

import os
from pathlib import Path

from archlint.cli.assignment import Assignment, assign
from archlint.cli.lint import CACHE
from archlint.cli.told import notices
from archlint.engine import Request, open_project, store_for
from archlint.errors import UsageError
from archlint.guidance.asked import asked
from archlint.guidance.page import of_place, whole
from archlint.guidance.place import place_at
from archlint.registry import installed


def constraints(path: Path, place: Path | None, file: Path | None) -> tuple[str, tuple[str, ...]]:
    """The page of the project around a path, or of a place in it, and the notices that came up.

    The place may be a file or a folder that is not there yet. Raises UsageError for one outside.
    """
    from archlint.registry.opening import opened

    (assignment,) = assign([_there(place) if place else path], file)
    config, registry = opened(assignment.config, assignment.root, installed())
    request = Request(store=store_for(assignment.root / CACHE, assignment.root))
    project = open_project(config, request)
    told = tuple(asked(project, registry.select(config, project)))
    if place is None:
        return whole(config, told), notices(project)
    return of_place(config, told, place_at(project, _inside(place, assignment))), notices(project)


def _there(place: Path) -> Path:
    """The nearest folder above a place that is there, or the place itself."""
    return next(each for each in (place, *place.absolute().parents) if each.exists())


def _inside(place: Path, assignment: Assignment) -> str:
    try:
        path = Path(os.path.realpath(place)).relative_to(assignment.root).as_posix()
    except ValueError:
        raise UsageError(f"`{place}` is not in the project {assignment.root}") from None
    return "" if path == "." else path
