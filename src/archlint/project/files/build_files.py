"""What the files say that tell a build what to make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archlint.project.project import Project

_SCRIPTS = frozenset({"build.py", "hatch_build.py", "setup.py"})
_NESTED = frozenset({"CMakeLists.txt", "meson.build"})
"""Files that may go on in the folders below, and speak of what is made there by its bare name."""

_SINGLE = frozenset({"Cargo.toml", "setup.py"})
_NAMES = _SCRIPTS | _NESTED | _SINGLE
_NAMES |= {"BUILD", "BUILD.bazel", "Dockerfile", "Makefile", "justfile", "pyproject.toml", "setup.cfg"}

_SECTION = re.compile(r"^(?=\[)", re.MULTILINE)
_NO_BUILD = re.compile(
    r"\[+[^\]\n]*(?:black|coverage|entry|flake8|isort|linter|mypy|pyright|pylint|pytest|ruff|scripts|tox)"
)
"""Sections of configuration that name modules to check, to test, to leave out or to call."""

_PATH = re.compile(r"\b\w+(?:[./]+\w+)+")
_ENTRY = re.compile(r":[A-Za-z_]")
_LONE = re.compile(r"""["'](?:[\w.-]+/)*(\w+)(?:\.\w+)*["']""")
_FOLDER = re.compile(r"""["'](\w+(?:/\w+)+)["']""")
_MADE_IN_CMAKE = re.compile(r"\(\s*(\w+)")  # `pybind11_add_module(_core …)`: nothing is quoted


class BuildFiles:
    """Answers whether a build file speaks of a module. One inside a package is a module like any other."""

    def __init__(self, project: Project) -> None:
        packages = {module.folder for module in project.modules if module.is_package}
        self._pairs: set[tuple[str, str]] = set()
        self._nested: dict[str, set[str]] = {}
        self._single: dict[str, set[str]] = {}
        self._into: dict[str, set[str]] = {}
        for path in (*project.files, *(module.path for module in project.modules)):
            folder, _, name = path.rpartition("/")
            if name in _NAMES and not (name in _SCRIPTS and folder in packages):
                self._read(folder, name, project.text(path).text)

    @classmethod
    def build(cls, project: Project) -> BuildFiles:
        """The view of a project."""
        return cls(project)

    def speak_of(self, key: str) -> bool:
        """Whether one names the module at this path without ending, together with its folder.

        Its bare name in quotes counts in the nearest `setup.py` or `Cargo.toml` at or above its folder, in
        all of Meson's and CMake's there, and in one of those elsewhere that names the folder.
        """
        folder, _, name = key.rpartition("/")
        around = tuple(_upward(folder))
        if (folder.rpartition("/")[2], name) in self._pairs:
            return True
        nearest = next((above for above in around if above in self._single), None)
        if nearest is not None and name in self._single[nearest]:
            return True
        if any(name in self._nested.get(above, ()) for above in around):
            return True
        tails = (folder.removeprefix(f"{above}/" if above else "") for above in around)
        return any(name in self._into.get(tail, ()) for tail in tails)

    def _read(self, folder: str, name: str, text: str) -> None:
        sections = _SECTION.split(text) if name in ("pyproject.toml", "setup.cfg") else (text,)
        self._pairs.update(pair for part in sections if not _NO_BUILD.match(part) for pair in _paths(part))
        if name in _SINGLE:
            self._single.setdefault(folder, set()).update(_LONE.findall(text))
        if name in _NESTED:
            made = {*_LONE.findall(text), *(_MADE_IN_CMAKE.findall(text) if name == "CMakeLists.txt" else ())}
            self._nested.setdefault(folder, set()).update(made)
            for into in _FOLDER.findall(text):
                self._into.setdefault(into, set()).update(made)


def _paths(text: str) -> Iterator[tuple[str, str]]:
    """Neighbours in paths and dotted names. An entry point (`app.cli:main`) only says what is called."""
    for found in _PATH.finditer(text):
        if not _ENTRY.match(text, found.end()):
            yield from pairwise(re.split(r"[./]+", found[0]))


def _upward(folder: str) -> Iterator[str]:
    """A folder and those above it, up to the root."""
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]
    yield ""
