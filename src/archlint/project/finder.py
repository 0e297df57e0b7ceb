"""Where the modules of the project are found, as Python's import would with the source roots on its path."""

from __future__ import annotations

import sys
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from archlint.project.answer import MISSING, UNKNOWN, External, Folder, Unresolved

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project


class Gap(msgspec.Struct, frozen=True):
    """The place where a dotted name leads no further."""

    package: Module | Folder | None
    """The last that is there; None where the first segment is already missing."""

    name: str
    """How that is called in the import, without the dots of a relative one."""

    segment: str
    """What it lacks."""

    path: str
    """Where that would lie, without ending: `app/database`."""

    below: tuple[str, ...] = ()
    """What is asked for in it: `session`, `engine` of `app.database.session.engine`."""

    @property
    def paths(self) -> tuple[str, ...]:
        """Where each of the modules would lie that are not there, the outermost first."""
        return tuple("/".join((self.path, *self.below[:end])) for end in range(len(self.below) + 1))


class Finder:
    """Finds modules by dotted name, seen from a file: its own source root first, its own folder last."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._at: dict[str, Module] = {}
        self._folders: set[str] = set()
        for module in project.modules:
            key = _key(module.path)
            if _precedes(module, self._at.get(key)):
                self._at[key] = module
            folder = module.folder
            while folder and folder not in self._folders:
                self._folders.add(folder)
                folder = folder.rpartition("/")[0]
        self._roots = project.roots
        self._cache: dict[tuple[str, str], Module | Folder | External | Unresolved] = {}
        keys = (*self._at, *self._folders)
        roots = set(project.roots)
        self._tops = {key.rpartition("/")[2] for key in keys if key.rpartition("/")[0] in roots}
        # A script finds the modules in its own folder, whatever the roots are; but for those that are called
        # as one of the standard library, nobody knows who comes first.
        self._beside = {
            key
            for key in keys
            if key.rpartition("/")[2] not in sys.stdlib_module_names
            and _is_loose(key.rpartition("/")[0], roots, self._at)
        }

    @classmethod
    def build(cls, project: Project) -> Finder:
        """The finder of a project."""
        return cls(project)

    def at(self, key: str) -> Module | None:
        """The module or package at a path without its ending: `app/api/routes`, `app/api`."""
        return self._at.get(key)

    def module(self, name: str, seen_from: Module) -> Module | Folder | External | Unresolved:
        """The module of an absolute dotted name.

        External where its first segment is not of the project, MISSING where it is and the rest is not
        there, UNKNOWN where the rest may be somewhere else (a changed `__path__`, a namespace package
        that other distributions may share).
        """
        top = name.partition(".")[0]
        if top in self._tops:
            key = (seen_from.root, name)
            found = self._cache.get(key)
            if found is None:
                found = self._cache[key] = self._from_roots(name, seen_from.root)
        else:
            found = External(name)
        if isinstance(found, (External, Unresolved)) and _join(seen_from.folder, top) in self._beside:
            beside = self._walk(seen_from.folder, name.split("."), name)
            return found if isinstance(beside, Unresolved) else beside
        return found

    def relative(self, seen_from: Module, level: int, name: str) -> Module | Folder | Unresolved:
        """The module of a relative import, by folders: `level` dots up from the file, then `name`."""
        if level - 1 > len(seen_from.folder.split("/")) or (level > 1 and not seen_from.folder):
            return UNKNOWN  # above the project
        folder = _up(seen_from.folder, level - 1)
        segments = name.split(".") if name else []
        found = self._walk(folder, segments, "", shared=False)
        return Folder(found.path, _dotted(found.path, seen_from.root)) if isinstance(found, Folder) else found

    def child(self, parent: Module | Folder, name: str) -> Module | Folder | Unresolved:
        """A submodule of a package."""
        if not isinstance(parent, Folder) and not _is_package(parent):
            return MISSING
        folder = parent.path if isinstance(parent, Folder) else parent.folder
        shared = isinstance(parent, Folder) and not self.is_owned(parent)
        whole = f"{parent.name}.{name}"
        found = self._walk(folder, [name], whole, shared=shared)
        if isinstance(found, Unresolved) and shared and parent.name:
            # The distributions of one repository may share a package, each with a source root of its own.
            elsewhere = self._from_roots(whole, _up(folder, parent.name.count(".") + 1))
            return found if isinstance(elsewhere, (External, Unresolved)) else elsewhere
        return found

    def is_owned(self, folder: Folder) -> bool:
        """Whether a folder without `__init__.py` lies in a package with one, and so is nobody else's."""
        path, depth = folder.path, folder.name.count(".")
        for _ in range(depth):
            path = path.rpartition("/")[0]
            around = self._at.get(path)
            if around is not None and _is_package(around):
                return not around.facts.dynamic_path
        return False

    def holders(self, top: str) -> tuple[str, ...]:
        """The source roots in which a first segment is found."""
        return (
            tuple(root for root in self._roots if self._exists(_join(root, top))) if top in self._tops else ()
        )

    def gap(self, name: str, seen_from: Module, level: int = 0) -> Gap:
        """Where the way to a missing module ends. `name` stands behind the dots of a relative import.

        Where nothing above the file has the first segment, it ends in the root that has.
        """
        segments = name.split(".")
        starts = [seen_from.root, *(root for root in self._roots if _contains(root, seen_from.root))]
        if level:
            starts = [_up(seen_from.folder, level - 1)]
        elif not any(self._exists(_join(start, segments[0])) for start in starts):
            starts += self.holders(segments[0])
        key, place = max((self._end(start, segments) for start in starts), key=lambda end: end[1])
        name = ".".join(segments[:place])
        called = _dotted(key, seen_from.root) if level else name
        parent = self._at.get(key) or (Folder(key, called) if key in self._folders else None)
        below = tuple(segments[place + 1 :])
        return Gap(parent, name, segments[place], _join(key, segments[place]), below)

    def children(self, parent: Module | Folder) -> tuple[str, ...]:
        """The names of the submodules of a package."""
        return self._children.get(parent.path if isinstance(parent, Folder) else parent.folder, ())

    @cached_property
    def _children(self) -> dict[str, tuple[str, ...]]:
        table: defaultdict[str, set[str]] = defaultdict(set)
        for key in (*self._at, *self._folders):
            folder, _, name = key.rpartition("/")
            table[folder].add(name)
        return {folder: tuple(sorted(names - {""})) for folder, names in table.items()}

    def _end(self, folder: str, segments: list[str]) -> tuple[str, int]:
        """How far down from a folder the segments lead: the last path that is there, and how many were."""
        key = folder
        for place, segment in enumerate(segments):
            parent = self._at.get(key)
            step = _join(key, segment)
            if not self._exists(step) or (parent is not None and not _is_package(parent)):
                return key, place
            key = step
        return key, len(segments) - 1

    def _from_roots(self, name: str, own: str) -> Module | Folder | External | Unresolved:
        """Ask the file's own source root first, then the others.

        But a folder without `__init__.py` counts for less than a package, wherever that is on the path.
        """
        segments = name.split(".")
        best: External | Unresolved = External(name)
        whole = [
            root for root in self._roots if _contains(root, own) and _join(root, segments[0]) in self._at
        ]
        first = [] if _join(own, segments[0]) in self._at else whole
        for root in (*first, own, *self._roots):
            if not self._exists(_join(root, segments[0])):
                continue
            found = self._walk(root, segments, name)
            if not isinstance(found, Unresolved):
                return found
            if _contains(root, own):  # what another root lacks says nothing: it may not be on the path
                best = _less_sure(best, found)
        return best

    def _walk(
        self, folder: str, segments: list[str], name: str, *, shared: bool = True
    ) -> Module | Folder | Unresolved:
        """Go down from a folder. `shared`: folders without `__init__.py` may go on in other distributions.

        They may not inside a package that has one: Python looks for them in its folder alone.
        """
        key = folder
        for segment in segments:
            parent = self._at.get(key)
            if parent is not None:
                if not _is_package(parent):
                    return MISSING
                shared = shared if key == folder else parent.facts.dynamic_path
            if segment == "__init__" and parent is not None:
                continue  # a package's own file is found under that name, too
            step = _join(key, segment)
            if not self._exists(step):
                elsewhere = shared if parent is None else parent.facts.dynamic_path
                return UNKNOWN if elsewhere else MISSING
            key = step
        return self._at.get(key) or Folder(key, name)

    def _exists(self, key: str) -> bool:
        return key in self._at or key in self._folders


def _contains(root: str, other: str) -> bool:
    return not root or root == other or other.startswith(f"{root}/")


def _is_package(module: Module) -> bool:
    """Whether submodules lie in its folder. A source root's own `__init__.py` counts, whatever its name."""
    return module.is_package or module.name == "__init__"


def _precedes(module: Module, other: Module | None) -> bool:
    """Whether Python would take this one of two files at one place: packages first, stubs never."""
    if other is None or other.is_stub:
        return True
    return _is_package(module) and not module.is_stub


def _less_sure(one: External | Unresolved, other: External | Unresolved) -> External | Unresolved:
    """MISSING only where some root has the package and no root may have the rest."""
    if isinstance(one, External):
        return other
    return one if isinstance(other, External) or one is UNKNOWN else other


def _is_loose(folder: str, roots: set[str], packages: dict[str, Module]) -> bool:
    """Whether a folder holds scripts: it is neither a source root nor a package."""
    return folder not in roots and folder not in packages


def _dotted(folder: str, root: str) -> str:
    """What a folder is called from a source root."""
    return folder.removeprefix(f"{root}/" if root else "").replace("/", ".")


def _up(folder: str, levels: int) -> str:
    for _ in range(levels):
        folder = folder.rpartition("/")[0]
    return folder


def _key(path: str) -> str:
    key = path.rpartition(".")[0]
    return key.removesuffix("/__init__") if key.endswith("/__init__") else "" if key == "__init__" else key


def _join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name
