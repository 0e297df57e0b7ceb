"""Which project each path on the command line belongs to."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from archlint.config.lookup import find
from archlint.errors import UsageError


@dataclass(frozen=True, slots=True)
class Assignment:
    """One project to lint, or the part of it that was asked for."""

    root: Path
    config: Path | None
    targets: tuple[str, ...] = ()
    """Paths relative to the root; empty for the whole project."""


def assign(paths: Sequence[Path], config: Path | None = None) -> tuple[Assignment, ...]:
    """Sort paths, or the current folder where there are none, into projects.

    A path belongs to the project of the nearest configuration upward. A configuration given by the
    user stands for that. Raises UsageError for a path that does not exist.
    """
    here = Path.cwd()
    targets: dict[tuple[Path, Path | None], list[str]] = {}
    for path in paths or (here,):
        place = _existing(path)
        file = config.resolve() if config else find(place)
        root = _root(place, file, here)
        targets.setdefault((root, file), []).append(place.relative_to(root).as_posix())
    return tuple(
        Assignment(root, file, () if "." in found else tuple(dict.fromkeys(found)))
        for (root, file), found in targets.items()
    )


def nested(assignment: Assignment, project: str) -> Assignment:
    """The project in a folder of another one, which left it out."""
    root = assignment.root / project
    return Assignment(root, find(root))


def _existing(path: Path) -> Path:
    try:
        return Path(os.path.realpath(path, strict=True))
    except OSError as problem:
        if isinstance(problem, FileNotFoundError):
            raise UsageError(f"there is no file or folder `{path}`") from problem
        raise UsageError(f"`{path}` cannot be read: {problem.strerror}") from problem


def _root(place: Path, file: Path | None, here: Path) -> Path:
    """The folder of the configuration; without one, the project that the path seems to lie in."""
    around = place if place.is_dir() else place.parent
    if file is not None:
        candidates = (file.parent, here, around)
        return next(folder for folder in candidates if place.is_relative_to(folder))
    if not around.is_relative_to(here):
        return around
    # Not the current folder at once: it may hold a hundred projects, and all would be read.
    above = (folder for folder in (around, *around.parents) if folder.is_relative_to(here))
    return next((folder for folder in above if any((folder / mark).exists() for mark in _MARKS)), here)


_MARKS = (".git", "pyproject.toml", "setup.py", "setup.cfg", "manage.py", "requirements.txt")
"""What lies at the root of a project."""
