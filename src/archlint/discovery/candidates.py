"""The folders that may be source roots, by what stands in them."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from enum import Enum
from pathlib import Path

from archlint.discovery.packaging import declared_roots
from archlint.discovery.tree import Tree

_MARKERS = frozenset({"pyproject.toml", "setup.py", "setup.cfg", "manage.py"})


class Claim(Enum):
    """Why a folder may be a source root, and so how much speaks for it before any import is read."""

    CERTAIN = "the project's root, or declared"
    MARKED = "a project's folder, or its src or lib"
    HOLDER = "holds a topmost package"
    PLAIN = "no package itself"


def find_candidates(root: Path, tree: Tree, files: Collection[str]) -> dict[str, Claim]:
    """Every folder with source files that may be a source root, with its strongest claim."""
    claims = dict.fromkeys(_plain(tree), Claim.PLAIN)
    claims |= dict.fromkeys(_holders(tree), Claim.HOLDER)
    certain = {""}
    for folder, names in _marked(files):
        # A project's file inside a package says little: the imports have to say the rest.
        claim = Claim.PLAIN if folder in tree.packages else Claim.MARKED
        inner = {posixpath.join(folder, name) for name in ("src", "lib")} - tree.packages
        claims |= dict.fromkeys({folder, *inner} & tree.folders, claim)
        certain |= declared_roots(root, folder, names) & tree.folders
    return claims | dict.fromkeys(certain, Claim.CERTAIN)


def _plain(tree: Tree) -> Iterator[str]:
    return (folder for folder in tree.folders if folder not in tree.packages)


def _holders(tree: Tree) -> Iterator[str]:
    """The parents of topmost packages, unless they are themselves somewhere inside a package."""
    for package in tree.packages:
        parent = posixpath.dirname(package)
        if package and not any(folder in tree.packages for folder in _upward(parent) if folder):
            yield parent


def _marked(files: Iterable[str]) -> Iterator[tuple[str, frozenset[str]]]:
    marked: defaultdict[str, set[str]] = defaultdict(set)
    marked[""] = set()
    for path in files:
        folder, _, name = path.rpartition("/")
        if name in _MARKERS:
            marked[folder].add(name)
    # From the root down, so that an inner folder's own claim comes last and stands.
    return ((folder, frozenset(marked[folder])) for folder in sorted(marked))


def _upward(folder: str) -> Iterator[str]:
    """A folder and those above it, up to the root."""
    yield folder
    while folder:
        folder = posixpath.dirname(folder)
        yield folder
