"""The walk over a project's folders."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from archlint.discovery.defaults import ENVIRONMENT_MARKS, UNLESS_PACKAGE
from archlint.discovery.git import around
from archlint.discovery.ignored import Ignored, IgnoreFile
from archlint.discovery.model import SUFFIXES, Link, Unlisted
from archlint.discovery.nested import is_project
from archlint.discovery.patterns import Patterns, ignore_lines
from archlint.discovery.sparse import sparse
from archlint.source import Unreadable, read

_INITS = ("__init__.py", "__init__.pyi")
_Chain = tuple[IgnoreFile, ...]


@dataclass(slots=True)
class Walk:
    """What has been met so far. Paths are relative to the root, with `/`, in no order."""

    root: Path
    exclude: Patterns
    paths: set[str] = field(default_factory=set)
    packages: set[str] = field(default_factory=set)
    environments: set[str] = field(default_factory=set)
    projects: set[str] = field(default_factory=set)
    links: list[Link] = field(default_factory=list)
    unreadable: list[Unlisted] = field(default_factory=list)
    ignore_files: dict[str, _Chain] = field(default_factory=dict)
    ignored: Ignored = field(init=False)

    def __post_init__(self) -> None:
        self.ignore_files[""] = around(self.root)
        self.ignored = Ignored(
            self.exclude, self.ignore_files, self.packages, self.environments, sparse(self.root)
        )

    def everything(self) -> None:
        """Meet every file below the root that is not ignored."""
        self._below("", ())

    def named(self, paths: Iterable[str]) -> None:
        """Meet these files, and what is below these folders, whatever ignores them."""
        for path in paths:
            self._name(path)

    def _name(self, path: str) -> None:
        if os.path.isabs(path) or ".." in path.split("/"):
            self.unreadable.append(Unlisted(path, "outside the project"))
        elif os.path.isdir(os.path.join(self.root, path)):
            chain: _Chain = ()
            for folder in _above(path):
                chain = (*self.ignore_files.get(folder, ()), *chain)
            if not any(met.startswith(f"{path}/") for met in self.paths):
                self._below(path, chain, is_told=True)
        elif os.path.lexists(os.path.join(self.root, path)):
            self.paths.add(path)
        else:
            self.unreadable.append(Unlisted(path, "no such file or folder"))

    def _below(self, start: str, chain: _Chain, is_told: bool = False) -> None:
        # A list, not recursion: a tree may be deeper than Python's stack.
        waiting = [(start, chain)]
        while waiting:
            folder, chain = waiting.pop()
            try:
                with os.scandir(os.path.join(self.root, folder)) as listing:
                    entries = list(listing)
            except OSError as error:
                self.unreadable.append(Unlisted(folder or ".", error.strerror or str(error)))
                continue
            names = {entry.name for entry in entries}
            is_start = folder == start and (is_told or not folder)
            if not is_start and self._is_foreign(folder, names):
                continue
            if any(init in names for init in _INITS):
                self.packages.add(folder)
            if ".gitignore" in names:
                self._learn(folder)
            chain = (*self.ignore_files.get(folder, ()), *chain)
            waiting += [(child, chain) for child in self._sift(folder, entries, chain)]

    def _is_foreign(self, folder: str, names: set[str]) -> bool:
        if not ENVIRONMENT_MARKS.isdisjoint(names):
            self.environments.add(folder)
            return True
        if is_project(self.root, folder, names):
            self.projects.add(folder)
            return True
        return False

    def _learn(self, folder: str) -> None:
        """Read the folder's `.gitignore`."""
        path = f"{folder}/.gitignore" if folder else ".gitignore"
        try:
            data = read(self.root / path)
        except Unreadable as error:
            self.unreadable.append(Unlisted(path, error.reason))
            return
        patterns = Patterns(ignore_lines(data))
        if patterns:
            self.ignore_files[folder] = (IgnoreFile(patterns, folder), *self.ignore_files.get(folder, ()))

    def _sift(self, folder: str, entries: Iterable[os.DirEntry[str]], chain: _Chain) -> list[str]:
        """Keep the files of a folder; the folders below it that are to be walked."""
        below = []
        prefix = f"{folder}/" if folder else ""
        for entry in entries:
            name = entry.name
            path = prefix + name
            is_folder = entry.is_dir(follow_symlinks=False)
            if is_folder and name in UNLESS_PACKAGE and _is_package(entry.path):
                self.packages.add(path)
            if self.ignored.leaves_out(path, name, is_folder, chain):
                continue
            if _is_link(entry):
                self._link(path, entry)
            elif is_folder:
                below.append(path)
            else:
                self.paths.add(path)
        return below

    def _link(self, path: str, entry: os.DirEntry[str]) -> None:
        self.links.append(Link(path, _target(self.root, entry.path)))
        # Emacs marks a file that is being edited with a link to nowhere: `.#orders.py`.
        if not entry.name.endswith(SUFFIXES) or entry.name.startswith(".#"):
            return
        try:
            entry.stat()
        except OSError as error:
            self.unreadable.append(Unlisted(path, f"the link leads nowhere ({error.strerror})"))


def _above(path: str) -> list[str]:
    """The folders above a path, from the root down."""
    segments = path.split("/")
    return ["/".join(segments[:depth]) for depth in range(len(segments))]


def _is_package(folder: str) -> bool:
    return any(os.path.exists(os.path.join(folder, init)) for init in _INITS)


def _is_link(entry: os.DirEntry[str]) -> bool:
    # A junction is Windows' link to a folder; Python knows it from 3.12 on.
    return entry.is_symlink() or bool(getattr(entry, "is_junction", bool)())


def _target(root: Path, link: str) -> str:
    try:
        target = Path(os.path.realpath(link, strict=True)).relative_to(os.path.realpath(root))
    except (OSError, ValueError):
        return ""
    return target.as_posix()
