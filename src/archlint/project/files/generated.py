"""Modules that a build makes and no repository holds: a missing one may be one of these."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.project.files.build_files import BuildFiles
from archlint.project.files.tree import above

if TYPE_CHECKING:
    from archlint.project.project import Project


_PROTOCOL = re.compile(r"_pb2(?:_grpc)?$")
_OF_WHEEL = ".dist-info/RECORD"
_TESTS = frozenset({"test", "tests"})
_NO_SOURCE = re.compile(
    r"\.(?:css|csv|html?|ini|jpe?g|jsx?|md|png|po|rst|sh|sql|svg|tsx?|txt|vue)$", re.IGNORECASE
)
"""Endings of documents, data and pages: none is what a module is made from."""


_FOR_COPYING = ("dist", "example", "sample", "template")
"""Words in the name of a file that whoever installs a project copies: `settings_example.py`."""


class GeneratedModules:
    """Answers whether a module that is not there may come into being before the code runs."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._project = project
        self._build_files = project.view(BuildFiles)
        paths = (path for path in project.files if not _NO_SOURCE.search(path))
        self._stems = {_stem(path) for path in (*paths, *project.links)}
        self._folders = {folder for path in project.files for folder in above(path)}
        self._known: dict[str, bool] = {}
        self._is_wheel = any(path.endswith(_OF_WHEEL) for path in project.files)

    @classmethod
    def build(cls, project: Project) -> GeneratedModules:
        """The view of a project."""
        return cls(project)

    def may_make(self, key: str) -> bool:
        """Whether the module at this path without ending (`app/_version`) may be made by a build.

        It may if git ignores it, if something else of that name lies there (Cython, C, a protocol, a
        compiled library, a symbolic link, a folder of data, which can be imported as it is), or if a build
        file speaks of it. What lies there as an example is copied by hand. Of what was unpacked from a
        wheel, the tests may have been left out.
        """
        if key not in self._known:
            self._known[key] = self._may_make(key)
        return self._known[key]

    def _may_make(self, key: str) -> bool:
        ignored = self._project.ignores
        if ignored(f"{key}.py") or ignored(key) or ignored(f"{key}/__init__.py"):
            return True
        if self._is_wheel and not _TESTS.isdisjoint(key.split("/")):
            return True
        if _PROTOCOL.search(key) or key in self._stems or key in self._folders:
            return True
        if any(one in self._stems or self._project.module_at(f"{one}.py") for one in _examples(key)):
            return True
        return self._build_files.speak_of(key)


def _examples(key: str) -> Iterator[str]:
    """What the file is called that a module is copied from."""
    folder, slash, stem = key.rpartition("/")
    for word in _FOR_COPYING:
        for between in "_-":
            yield f"{key}{between}{word}"
            yield f"{folder}{slash}{word}{between}{stem}"


def _stem(path: str) -> str:
    folder, _, name = path.rpartition("/")
    stem = name.partition(".")[0]
    return f"{folder}/{stem}" if folder else stem
