"""Which files a project has, which of them are ignored, and what its modules are called."""

from __future__ import annotations

from pathlib import Path

from archlint.discovery.files import survey
from archlint.discovery.ignored import Ignored
from archlint.discovery.model import Discovered, Link, SourceFile, Survey, Unlisted

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


def name_modules(found: Survey, src: tuple[str, ...] | None = None) -> Discovered:
    """Give the sources of a survey their module names.

    `src` are the source roots, as paths from the root with `*` and `**`; None finds them out, for
    which the imports at the top of some files may be read.
    """
    # Not needed where a run has nothing to do but to repeat itself.
    from archlint.discovery.naming import name_sources
    from archlint.discovery.roots import find_roots, idle_roots, told_roots
    from archlint.discovery.tree import plant

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
        idle=idle_roots(src or (), tree),
    )
