"""Modules that a build makes and no repository holds: a missing one may be one of these."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archlint.project.project import Project


_BUILD_FILES = frozenset(
    {
        "BUILD",
        "BUILD.bazel",
        "CMakeLists.txt",
        "Cargo.toml",
        "Dockerfile",
        "Makefile",
        "build.py",
        "hatch_build.py",
        "justfile",
        "meson.build",
        "pyproject.toml",
        "setup.cfg",
        "setup.py",
    }
)
_PROTOCOL = re.compile(r"_pb2(?:_grpc)?$")


class GeneratedModules:
    """Answers whether a module that is not there may come into being before the code runs."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._project = project
        self._stems = {_stem(path) for path in (*project.files, *project.links)}
        paths = (*project.files, *(module.path for module in project.modules))
        self._build_files = tuple(path for path in paths if path.rpartition("/")[2] in _BUILD_FILES)

    @classmethod
    def build(cls, project: Project) -> GeneratedModules:
        """The view of a project."""
        return cls(project)

    def may_make(self, key: str) -> bool:
        """Whether the module at this path without ending (`app/_version`) may be made by a build.

        It may if git ignores it, if something else of that name lies there (Cython, C, a protocol, a
        compiled library, a symbolic link), or if a build file speaks of it.
        """
        ignored = self._project.ignores
        if ignored(f"{key}.py") or ignored(key) or ignored(f"{key}/__init__.py"):
            return True
        return key in self._stems or _PROTOCOL.sub("", key) in self._stems or self._is_named(key)

    def _is_named(self, key: str) -> bool:
        name = key.rpartition("/")[2]
        if _PROTOCOL.search(name):
            return True
        mention = re.compile(rf"(?<![\w]){re.escape(name)}(?:\.\w+)?[\"'\s,\])]|[/.]{re.escape(name)}\b")
        return any(mention.search(self._project.text(path).text) for path in self._build_files)


def _stem(path: str) -> str:
    folder, _, name = path.rpartition("/")
    stem = name.partition(".")[0]
    return f"{folder}/{stem}" if folder else stem
