"""Writes files of the linted project: wholly or not at all, and never over what somebody else wrote."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from archlint.source import Unreadable, read


class Unwritable(Exception):  # noqa: N818 -- an adjective, as what is caught is said of a file
    """A file that cannot be written, or had better not be."""


def rewrite(path: Path, old: bytes, new: bytes) -> None:
    """Let a regular file that holds `old` hold `new`; its mode stays. One that is not there holds nothing.

    Raises Unwritable: if it is not a regular file, is read-only, or holds something else by now.
    """
    if not old and not os.path.lexists(path):
        return write(path, new)
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode):
            raise Unwritable("it is not a regular file")
        if not found.st_mode & 0o222:
            raise Unwritable("it is read-only")
        if read(path) != old:
            raise Unwritable("it was changed in the meantime")
        _replace(path, new, found)
    except Unreadable as problem:
        raise Unwritable(problem.reason) from problem
    except OSError as problem:
        raise Unwritable(problem.strerror or str(problem)) from problem


def _replace(path: Path, data: bytes, found: os.stat_result) -> None:
    handle, partial = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with open(handle, "wb") as file:
            file.write(data)
        if hasattr(os, "chown"):
            with suppress(OSError):  # only root may give files away
                os.chown(partial, found.st_uid, found.st_gid)
        os.chmod(partial, stat.S_IMODE(found.st_mode))
        os.replace(partial, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(partial)
        raise


def write(path: Path, data: bytes) -> None:
    """Let a file hold something, be it there already or not; what a link leads to is written, not the link.

    Raises Unwritable: if it is not a regular file, is read-only, or its folder cannot be written to.
    """
    target = Path(os.path.realpath(path))
    if os.path.lexists(target):
        try:
            return rewrite(target, read(target), data)
        except Unreadable as problem:
            raise Unwritable(problem.reason) from problem
    try:
        handle, partial = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        try:
            with open(handle, "wb") as file:
                file.write(data)
            os.chmod(partial, 0o666 & ~_mask())
            os.replace(partial, target)
        except BaseException:
            with suppress(OSError):
                os.unlink(partial)
            raise
    except OSError as problem:
        raise Unwritable(problem.strerror or str(problem)) from problem


def _mask() -> int:
    """The bits that this process takes from the mode of new files; asking for them means setting them."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
