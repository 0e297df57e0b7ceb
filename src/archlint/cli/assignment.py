"""Which project each path on the command line belongs to."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Sequence
from pathlib import Path

import msgspec

from archlint.cli.project_root import project_root
from archlint.config.lookup import find
from archlint.errors import UsageError


class Assignment(msgspec.Struct, frozen=True):
    """One project to lint, or the part of it that was asked for."""

    root: Path
    config: Path | None
    targets: tuple[str, ...] = ()
    """Paths relative to the root; empty for the whole project."""


def assign(paths: Sequence[Path], config: Path | None = None) -> tuple[Assignment, ...]:
    """Sort paths, or the current folder where there are none, into projects.

    A path belongs to the project of the nearest configuration upward. A configuration given by the
    user stands for that. Without any, what lies in another of the paths belongs to the same project.
    Raises UsageError for a path that does not exist.
    """
    here = Path.cwd()
    places = [_existing(path) for path in paths] or [here]
    far = {place for path, place in zip(paths, places, strict=False) if path.is_absolute()}
    targets: dict[tuple[Path, Path | None], list[str]] = {}
    for place in places:
        file = config.resolve() if config else find(place)
        root = _root(place, file, here) if file else _unconfigured(_outermost(place, places), far, here)
        targets.setdefault((root, file), []).append(place.relative_to(root).as_posix())
    return tuple(
        Assignment(root, file, () if "." in found else tuple(dict.fromkeys(found)))
        for (root, file), found in targets.items()
    )


def _unconfigured(place: Path, far: Container[Path], here: Path) -> Path:
    """A path from the root of the file system says nothing of where the user stands."""
    return project_root(place, None if place in far else here)


def nested(assignment: Assignment, project: str) -> Assignment:
    """The project in a folder of another one, which left it out."""
    root = assignment.root / project
    return Assignment(root, find(root))


def _existing(path: Path) -> Path:
    try:
        return Path(os.path.realpath(path, strict=True))
    except OSError as problem:
        if isinstance(problem, FileNotFoundError):
            raise UsageError(f"no such file or folder: `{path}`") from problem
        raise UsageError(f"`{path}` cannot be read: {problem.strerror}") from problem


def _root(place: Path, file: Path, here: Path) -> Path:
    """The folder of the configuration, if the path lies in it."""
    around = place if place.is_dir() else place.parent
    return next(folder for folder in (file.parent, here, around) if place.is_relative_to(folder))


def _outermost(place: Path, places: Iterable[Path]) -> Path:
    return min((each for each in places if place.is_relative_to(each)), key=lambda each: len(each.parts))
