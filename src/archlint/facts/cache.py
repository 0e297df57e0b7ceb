"""The cache of facts: one MessagePack file, keyed by the content of the files it speaks of.

It is data, so that reading it runs nothing. A cache inside the project may have come with the project,
and could hold facts that hide findings: it is believed only while it is the very file that archlint
wrote, which its own inode and time of writing inside it tell. A folder elsewhere, named by the user, is
the user's own.
"""

from __future__ import annotations

import os
import stat
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from archlint import __version__
from archlint.facts.module import FACTS_VERSION

_NAME = "facts.msgpack"
_PARTIAL = "facts-"
_LARGEST = 2 * 1024**3
_ABANDONED = 3600.0
"""Seconds after which the partial file of a killed run is removed."""

VERSION = f"{__version__}/{FACTS_VERSION}/{sys.version_info.major}.{sys.version_info.minor}"


class Entry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The facts of one file as they were extracted under this module name from this content."""

    module: str
    digest: bytes
    facts: msgspec.Raw


class _Header(msgspec.Struct, frozen=True, array_like=True):
    version: str
    inode: int
    written: int


class _Content(msgspec.Struct, frozen=True, array_like=True):
    header: _Header
    entries: dict[str, Entry]


class Cache:
    """A cache folder. Whatever is wrong with it costs one notice, never the run."""

    def __init__(self, folder: Path, inside_project: bool) -> None:
        self.folder = folder
        self.notices: list[str] = []
        self._inside_project = inside_project

    def load(self) -> Mapping[str, Entry]:
        """The entries by path; none where there is no cache, or none to be believed."""
        path = self.folder / _NAME
        try:
            content = self._read(path)
        except FileNotFoundError:
            return {}
        except (OSError, msgspec.MsgspecError, RecursionError, ValueError) as problem:
            return self._ignore(f"it cannot be read ({problem})")
        if content is None:
            return {}
        header = content.header
        if header.version != VERSION:
            return {}  # another archlint's or Python's: replaced without a word
        found = path.stat()
        if self._inside_project and (header.inode, header.written) != (found.st_ino, found.st_mtime_ns):
            return self._ignore("it was not written here")
        return content.entries

    def save(self, entries: Mapping[str, Entry]) -> None:
        """Replace the cache by these entries, at once."""
        try:
            self._prepare()
            self._write(entries)
        except OSError as problem:
            self.notices.append(f"the cache {self.folder} cannot be written ({problem.strerror or problem})")

    def _read(self, path: Path) -> _Content | None:
        if self._inside_project and self.folder.is_symlink():
            raise ValueError("the folder is a symbolic link")
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode):
            raise ValueError("it is not a regular file")
        if found.st_size > _LARGEST:
            raise ValueError("it is larger than any that archlint writes")
        return msgspec.msgpack.decode(path.read_bytes(), type=_Content)

    def _ignore(self, why: str) -> Mapping[str, Entry]:
        self.notices.append(f"the cache {self.folder} is ignored: {why}")
        return {}

    def _prepare(self) -> None:
        if self._inside_project and self.folder.is_symlink():
            raise OSError("the folder is a symbolic link")
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, text in _MARKERS.items():
            if not os.path.lexists(self.folder / name):
                (self.folder / name).write_text(text, encoding="utf-8")
        for partial in self.folder.glob(f"{_PARTIAL}*"):
            with suppress(OSError):
                if time.time() - partial.lstat().st_mtime > _ABANDONED:
                    partial.unlink()

    def _write(self, entries: Mapping[str, Entry]) -> None:
        handle, partial = tempfile.mkstemp(prefix=_PARTIAL, dir=self.folder)
        try:
            with open(handle, "wb") as file:
                written = time.time_ns() // 1000 * 1000  # not every file system keeps nanoseconds
                header = _Header(VERSION, os.fstat(file.fileno()).st_ino, written)
                file.write(msgspec.msgpack.encode(_Content(header, dict(entries))))
            os.utime(partial, ns=(written, written))
            os.replace(partial, self.folder / _NAME)
        except BaseException:
            with suppress(OSError):
                os.unlink(partial)
            raise


_MARKERS = {
    ".gitignore": "# Made by archlint.\n*\n",
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n# A cache made by archlint.\n",
}
