"""What discovery finds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from archlint.discovery.ignored import Ignored


SUFFIXES = (".py", ".pyi")
"""What the files of Python code end with."""


class SourceFile(msgspec.Struct, frozen=True):
    """A file of Python code, and the one name it goes by."""

    path: str
    """Relative to the project's root, with `/`."""

    module: str
    """The canonical dotted name; for `__init__.py` the package's.

    A segment that is no identifier (`my-script`, `{{name}}`) is kept as it is.
    """

    is_package: bool
    root: str
    """The source root the name starts from; empty for the project's root."""

    @property
    def is_stub(self) -> bool:
        """Whether the file holds types only; its module may have a `.py` beside it."""
        return self.path.endswith(".pyi")


class Link(msgspec.Struct, frozen=True):
    """A symbolic link, which is not followed."""

    path: str
    target: str
    """Where it leads, relative to the project's root; empty outside the project or nowhere."""


class Unlisted(msgspec.Struct, frozen=True):
    """A folder, an ignore file, a link to a source or a named path that could not be read, and why."""

    path: str
    reason: str


class Survey(msgspec.Struct, frozen=True):
    """The files of a project before its modules have names; fields as in `Discovered`."""

    root: Path
    sources: tuple[str, ...]
    files: tuple[str, ...]
    projects: tuple[str, ...]
    links: tuple[Link, ...]
    unreadable: tuple[Unlisted, ...]
    ignored: Ignored


class Discovered(msgspec.Struct, frozen=True):
    """The files of a project. All paths are relative to its root, with `/`, and sorted."""

    sources: tuple[SourceFile, ...]
    """Every `.py` and `.pyi` file that is not ignored."""

    files: tuple[str, ...]
    """Every other file that is not ignored."""

    roots: tuple[str, ...]
    """Source roots, the most specific first; the project's root, the empty path, is the last."""

    projects: tuple[str, ...]
    """Folders with a configuration of their own: other projects, left out."""

    links: tuple[Link, ...]
    """Symbolic links, left out; what they lead to inside the project is found at its own place."""

    unreadable: tuple[Unlisted, ...]
    """What could not be read. Files below it are missing from the result."""

    ignored: Ignored
    """Answers whether a path would be ignored, even one that does not exist."""

    idle: tuple[str, ...] = ()
    """What was told of the source roots and matches no folder with source files."""
