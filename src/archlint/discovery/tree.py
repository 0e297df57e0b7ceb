"""The source files as imports see them: modules, packages and plain folders."""

from __future__ import annotations

import posixpath
from collections.abc import Collection

import msgspec

from archlint.discovery.naming import module_path


class Tree(msgspec.Struct, frozen=True):
    """What can be imported from the files of a project, by path without suffix."""

    modules: dict[str, str]
    """Modules and packages, each with its file; a package's is its `__init__`."""

    folders: frozenset[str]
    """Every folder with source files somewhere below it; the root is the empty path."""

    packages: frozenset[str]
    """The folders with an `__init__`."""

    def has(self, path: str) -> bool:
        """Whether an import could reach this path."""
        return path in self.modules or path in self.folders


def plant(sources: Collection[str]) -> Tree:
    """The tree of these source files."""
    folders = {""}
    packages = set()
    modules = {}
    for path in sources:
        folder, _, name = path.rpartition("/")
        modules[module_path(path)] = path
        if name.startswith("__init__."):
            packages.add(folder)
        while folder not in folders:
            folders.add(folder)
            folder = posixpath.dirname(folder)
    return Tree(modules, frozenset(folders), frozenset(packages))
