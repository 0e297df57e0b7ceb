"""Where an answer goes: to standard output, or into a file that the user names."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from archlint.cli import streams
from archlint.errors import ArchlintError


def deliver(text: str, file: Path | None) -> None:
    """Write what was asked for: into the file all or nothing. Raises ArchlintError if that fails."""
    if file is None:
        streams.answer(text)
        return
    try:
        _replace(file, text.encode("utf-8", "backslashreplace"))
    except OSError as problem:
        raise ArchlintError(f"`{file}` cannot be written: {problem.strerror or problem}") from problem


def append(text: str, file: Path) -> None:
    """Add text at the end of a file. Raises ArchlintError if that fails."""
    try:
        with open(file, "ab") as stream:
            stream.write(text.encode("utf-8", "backslashreplace"))
    except OSError as problem:
        raise ArchlintError(f"`{file}` cannot be written: {problem.strerror or problem}") from problem


def _replace(file: Path, data: bytes) -> None:
    if file.exists() and not file.is_file():  # a pipe, a device: nothing to put in its place
        with open(file, "wb") as stream:
            stream.write(data)
        return
    target = Path(os.path.realpath(file))
    handle, partial = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    try:
        with open(handle, "wb") as stream:
            stream.write(data)
        os.chmod(partial, _mode(target))
        os.replace(partial, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(partial)
        raise


def _mode(target: Path) -> int:
    """The rights that the file has, or that a new one would get."""
    with suppress(OSError):
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
