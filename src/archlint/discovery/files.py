"""Which files a project has, before its modules have names."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path

from archlint.discovery.model import SUFFIXES, Survey
from archlint.discovery.patterns import Patterns
from archlint.discovery.walk import Walk


def survey(root: Path, *, exclude: tuple[str, ...] = (), named: tuple[str, ...] = ()) -> Survey:
    """Find the files of the project at `root`.

    Left out are what git ignores, virtual environments, caches and build folders, what `exclude`
    matches (patterns as in `.gitignore`, from the root), folders with a configuration of their own,
    and symbolic links: what they lead to inside the project is met at its own place, what is outside
    is not the project's. Files `named` by a path from the root, and what is below folders so named,
    are in whatever leaves them out.

    Nothing is raised: what cannot be read is listed as unreadable.
    """
    walk = Walk(Path(os.path.realpath(root)), Patterns(_whole_folders(exclude)))
    walk.everything()
    walk.named(path for path in map(_normal, named) if path != ".")
    return Survey(
        root=root,
        sources=tuple(sorted(path for path in walk.paths if path.endswith(SUFFIXES))),
        files=tuple(sorted(path for path in walk.paths if not path.endswith(SUFFIXES))),
        projects=tuple(sorted(walk.projects)),
        links=tuple(sorted(walk.links, key=lambda link: link.path)),
        unreadable=tuple(sorted(walk.unreadable, key=lambda unlisted: unlisted.path)),
        ignored=walk.ignored,
    )


def _whole_folders(exclude: tuple[str, ...]) -> tuple[str, ...]:
    """`legacy/**` as `legacy/`, so that what is below the folder is there when the folder is named.

    Where something is taken back from below (`!legacy/kept/`), the two do not mean the same.
    """
    if any(pattern.startswith("!") for pattern in exclude):
        return exclude
    return tuple(p.removesuffix("**") if p.endswith("/**") and p != "/**" else p for p in exclude)


def _normal(path: str) -> str:
    return posixpath.normpath(path.replace(os.sep, "/"))
