"""The root of a project that nobody has configured: where its tools, too, would find it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

_ROOTS: Final = (".git", "pyproject.toml")
_DISTRIBUTIONS: Final = ("setup.py", "setup.cfg")
"""At the root of a project; in older ones, inside a package, the parts of a build."""

_APPLICATIONS: Final = ("manage.py", "requirements.txt")
"""At the root of many an application, but beside its tests and documents as well."""

_INIT: Final = "__init__.py"


def project_root(place: Path, here: Path | None) -> Path:
    """The folder that a file or folder without configuration is linted from.

    That is the nearest one upward which looks like the root of a project, wherever the user stands;
    else the current folder, if the path was written from there; else the folder itself. A package is
    never a root: imports start outside it.
    """
    around = place if place.is_dir() else place.parent
    folders = tuple(_upward(around))
    found = _nearest(folders, _ROOTS, _DISTRIBUTIONS) or _nearest(
        folders, (*_ROOTS, *_DISTRIBUTIONS, *_APPLICATIONS)
    )
    if found is not None:
        return found
    outside = next((folder for folder in (around, *around.parents) if not _has(folder, (_INIT,))), around)
    if here is None or _is_anybodys(here) or not outside.is_relative_to(here):
        return outside
    return here


def _is_anybodys(folder: Path) -> bool:
    """Whether a folder holds much that has nothing to do with each other: a home, what is above, `/tmp`."""
    # `tempfile.gettempdir` would write a file there to see whether it can.
    temporary = [os.environ.get(name, "") for name in ("TMPDIR", "TEMP", "TMP")]
    shared = (os.path.expanduser("~"), "/tmp", *filter(None, temporary))
    return any(Path(os.path.realpath(each)).is_relative_to(folder) for each in shared)


def _upward(folder: Path) -> Iterable[Path]:
    """A folder and those above it, up to the user's home, which may be a repository and is no project."""
    home = Path(os.path.realpath(os.path.expanduser("~")))
    for each in (folder, *folder.parents):
        if each == home or each == each.parent:
            return
        yield each


def _nearest(
    folders: Sequence[Path], marks: Sequence[str], unless_package: Sequence[str] = ()
) -> Path | None:
    for folder in folders:
        if _has(folder, marks) or (_has(folder, unless_package) and not _has(folder, (_INIT,))):
            return folder
    return None


def _has(folder: Path, names: Iterable[str]) -> bool:
    return any(os.path.lexists(folder / name) for name in names)
