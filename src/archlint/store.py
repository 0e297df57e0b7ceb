"""A folder of data that archlint may find again: one MessagePack file a kind.

It is data, so that reading it runs nothing. A folder inside the project may have come with the project,
and could hold what hides findings: a file in it is believed only while it is the very file that archlint
wrote, which its own inode and time of writing inside it tell. A folder elsewhere, named by the user, is
the user's own. A short header says so, and what does not belong here is not read beyond it.
"""

from __future__ import annotations

import os
import stat
import sys
import tempfile
import time
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

import msgspec

from archlint import __version__

T = TypeVar("T")

_PARTIAL = "partial-"
_LARGEST = 2 * 1024**3
_ABANDONED = 3600.0
"""Seconds after which the partial file of a killed run is removed."""

VERSION = f"{__version__}/{sys.version_info.major}.{sys.version_info.minor}"


class _Header(msgspec.Struct, frozen=True, array_like=True):
    """What a file begins with, after one byte that holds its length."""

    version: str
    inode: int
    written: int
    digest: bytes
    """Of the data: what a disk or a copy has damaged may still be sound MessagePack."""


class Store:
    """A cache folder. Whatever is wrong with it costs one notice, never the run."""

    def __init__(self, folder: Path, inside_project: bool, *, is_kept: bool = True) -> None:
        """`is_kept` tells whether anything is saved, or only what was saved before is loaded."""
        self.folder = folder
        self.notices: list[str] = []
        self._inside_project = inside_project
        self._is_kept = is_kept

    def below(self, name: str) -> Store:
        """A cache of its own in a folder of this one."""
        return Store(self.folder / name, self._inside_project, is_kept=self._is_kept)

    def load(self, name: str, kind: type[T]) -> T | None:
        """What was saved under a name, if it is there, sound, of this version and to be believed."""
        path = self.folder / name
        try:
            data = self._read(path)
            if data is None:
                return None
            try:
                return msgspec.msgpack.decode(data, type=kind)
            except msgspec.ValidationError:
                return None  # an archlint under development wrote it, of the same version and another mind
        except (FileNotFoundError, NotADirectoryError):
            return None  # what lies in the place of the folder is told of when it is to be written
        except (OSError, msgspec.MsgspecError, RecursionError, ValueError) as problem:
            self._ignore(f"it cannot be read ({problem})")
            return None

    def save(self, name: str, data: object) -> None:
        """Replace what lies under a name, at once."""
        if not self._is_kept:
            return
        try:
            self._prepare()
            self._write(name, data)
        except OSError as problem:
            self._note(f"the cache {self.folder} cannot be written ({problem.strerror or problem})")
        except UnicodeEncodeError:
            return  # names of files that are no text; such a project does without

    def drop(self, name: str) -> None:
        """Remove what lies under a name."""
        if not self._is_kept:
            return
        with suppress(OSError):
            (self.folder / name).unlink()

    def _read(self, path: Path) -> bytes | None:
        """The data of a file; None where it is not for this archlint or not to be believed."""
        found = self._stat(path)
        with path.open("rb") as file:
            header = msgspec.msgpack.decode(file.read(int.from_bytes(file.read(1), "big")), type=_Header)
            if header.version != VERSION:
                return None  # another archlint's or Python's: replaced without a word
            if self._inside_project and (header.inode, header.written) != found:
                self._ignore("it was not written here")
                return None
            data = file.read()
        if _digest(data) != header.digest:
            raise ValueError("it is damaged")
        return data

    def _stat(self, path: Path) -> tuple[int, int]:
        if self._inside_project and self.folder.is_symlink():
            raise ValueError("the folder is a symbolic link")
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode):
            raise ValueError("it is not a regular file")
        if found.st_size > _LARGEST:
            raise ValueError("it is larger than any that archlint writes")
        return found.st_ino, found.st_mtime_ns

    def _ignore(self, why: str) -> None:
        self._note(f"the cache {self.folder} is ignored: {why}")

    def _note(self, notice: str) -> None:
        if notice not in self.notices:
            self.notices.append(notice)

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

    def _write(self, name: str, data: object) -> None:
        content = msgspec.msgpack.encode(data)
        handle, partial = tempfile.mkstemp(prefix=_PARTIAL, dir=self.folder)
        try:
            with open(handle, "wb") as file:
                written = time.time_ns() // 1000 * 1000  # not every file system keeps nanoseconds
                inode = os.fstat(file.fileno()).st_ino
                header = msgspec.msgpack.encode(_Header(VERSION, inode, written, _digest(content)))
                file.write(bytes([len(header)]) + header)
                file.write(content)
            os.utime(partial, ns=(written, written))
            os.replace(partial, self.folder / name)
        except BaseException:
            with suppress(OSError):
                os.unlink(partial)
            raise


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()


_MARKERS = {
    ".gitignore": "# Made by archlint.\n*\n",
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n# A cache made by archlint.\n",
}
