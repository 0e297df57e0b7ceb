"""The files and folders of the project, whatever is in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import TYPE_CHECKING

from archlint.finding import Location
from archlint.project.patterns import matches_path

if TYPE_CHECKING:
    from archlint.project.project import Project

_ALTERNATIVES = re.compile(r"\{([^{}]*,[^{}]*)\}")
_WILD = re.compile(r"[*?]")


class Tree:
    """Every file that is not ignored, and the folders they lie in. An empty folder is not there."""

    transparent = True

    def __init__(self, files: Iterable[str]) -> None:
        self.files = tuple(sorted(files))
        """Paths from the root, in order."""

        self.folders = tuple(sorted({folder for path in self.files for folder in above(path)}))
        self._files = frozenset(self.files)
        self._folders = frozenset(self.folders)
        self._named: dict[str, list[str]] = {}
        for path in sorted((*self.folders, *self.files)):
            self._named.setdefault(path.rpartition("/")[2], []).append(path)

    @classmethod
    def build(cls, project: Project) -> Tree:
        """The tree of a project."""
        return cls((*project.files, *(module.path for module in project.modules)))

    def is_folder(self, path: str) -> bool:
        """Whether a path is a folder of the project."""
        return path in self._folders

    def shown(self, path: str) -> str:
        """A path as messages and options write it: with `/` behind a folder."""
        return f"{path}/" if path in self._folders else path

    def matching(self, pattern: str) -> tuple[str, ...]:
        """The files and folders that a path pattern names; with `/` at its end folders only.

        Besides `*` and `**`, `{a,b}` is either.
        """
        return tuple(dict.fromkeys(path for one in alternatives(pattern) for path in self._matching(one)))

    def files_of(self, pattern: str) -> tuple[str, ...]:
        """The files that a path pattern names; with `/` at its end those below the folders it names."""
        if pattern.endswith("/"):
            return tuple(dict.fromkeys(file for path in self.matching(pattern) for file in self.below(path)))
        return tuple(path for path in self.matching(pattern) if path in self._files)

    def named(self, name: str) -> tuple[str, ...]:
        """The files and folders of this name, wherever they lie."""
        return tuple(self._named.get(name, ()))

    def below(self, folder: str) -> tuple[str, ...]:
        """The files below a folder, at any depth; all for the empty path."""
        if not folder:
            return self.files
        start = bisect_left(self.files, f"{folder}/")
        return self.files[start : bisect_left(self.files, f"{folder}0")]  # `0` comes after `/`

    def place(self, path: str) -> Location:
        """Where to report a file or a folder: a folder at its `__init__.py`, or at its first file."""
        if path in self._folders:
            init = f"{path}/__init__.py"
            path = init if init in self._files else self.below(path)[0]
        return Location(path, 1, 1, 1, 1)

    def _matching(self, pattern: str) -> list[str]:
        bare = pattern.removeprefix("./").strip("/")
        kinds = (self._folders,) if pattern.endswith("/") else (self._folders, self._files)
        if not _WILD.search(bare):
            return [bare] if any(bare in kind for kind in kinds) else []
        name = bare.rpartition("/")[2]
        everything = kinds if _WILD.search(name) else (self.named(name),)
        candidates = (path for paths in everything for path in paths if matches_path(path, bare))
        return sorted(path for path in candidates if len(kinds) == 2 or path in self._folders)


def above(path: str) -> list[str]:
    """The folders above a path, the nearest first; the root is left out."""
    folders = []
    while path := path.rpartition("/")[0]:
        folders.append(path)
    return folders


def lies_within(path: str, pattern: str) -> bool:
    """Whether a path matches a pattern, or lies below a folder that does."""
    names = above(path) if pattern.endswith("/") else [path, *above(path)]
    bare = [one.strip("/") for one in alternatives(pattern)]
    return any(matches_path(name, one) for one in bare for name in names)


def alternatives(pattern: str) -> tuple[str, ...]:
    """The patterns that `{a,b}` stands for, in the order they are written."""
    found = _ALTERNATIVES.search(pattern)
    if found is None:
        return (pattern,)
    head, tail = pattern[: found.start()], pattern[found.end() :]
    return tuple(each for part in found[1].split(",") for each in alternatives(f"{head}{part.strip()}{tail}"))


def literal_head(pattern: str) -> str:
    """The path that a pattern starts with, up to its first segment with a wildcard."""
    segments = pattern.removeprefix("./").strip("/").split("/")
    wild = next((at for at, segment in enumerate(segments) if _WILD.search(segment)), len(segments))
    return "/".join(segments[:wild])
