"""Which files a project has, which of them are ignored, and what its modules are called."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path

from archlint.discovery.ignored import Ignored
from archlint.discovery.model import Discovered, Link, SourceFile, Survey, Unlisted
from archlint.discovery.naming import SUFFIXES, name_sources
from archlint.discovery.patterns import Patterns
from archlint.discovery.roots import find_roots, told_roots
from archlint.discovery.tree import plant
from archlint.discovery.walk import Walk

__all__ = [
    "Discovered",
    "Ignored",
    "Link",
    "SourceFile",
    "Survey",
    "Unlisted",
    "discover",
    "name_modules",
    "survey",
]


def discover(
    root: Path,
    *,
    exclude: tuple[str, ...] = (),
    src: tuple[str, ...] | None = None,
    named: tuple[str, ...] = (),
) -> Discovered:
    """Find the files of the project at `root` and name its modules: `survey`, then `name_modules`."""
    return name_modules(survey(root, exclude=exclude, named=named), src)


def survey(root: Path, *, exclude: tuple[str, ...] = (), named: tuple[str, ...] = ()) -> Survey:
    """Find the files of the project at `root`.

    Left out are what git ignores, virtual environments, caches and build folders, what `exclude`
    matches (patterns as in `.gitignore`, from the root), folders with a configuration of their own,
    and symbolic links: what they lead to inside the project is met at its own place, what is outside
    is not the project's. Files `named` by a path from the root, and what is below folders so named,
    are in whatever leaves them out.

    Nothing is raised: what cannot be read is listed as unreadable.
    """
    walk = Walk(Path(os.path.realpath(root)), Patterns(exclude))
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


def name_modules(found: Survey, src: tuple[str, ...] | None = None) -> Discovered:
    """Give the sources of a survey their module names.

    `src` are the source roots, as paths from the root with `*` and `**`; None finds them out, for
    which the imports at the top of some files may be read.
    """
    tree = plant(found.sources)
    paths = {*found.sources, *found.files}
    roots = find_roots(found.root, tree, paths) if src is None else told_roots(src, tree)
    return Discovered(
        sources=tuple(name_sources(found.sources, roots)),
        files=found.files,
        roots=roots,
        projects=found.projects,
        links=found.links,
        unreadable=found.unreadable,
        ignored=found.ignored,
    )


def _normal(path: str) -> str:
    return posixpath.normpath(path.replace(os.sep, "/"))
