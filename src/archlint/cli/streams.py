"""The two streams of the process: findings on standard output, everything else on standard error."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from typing import TextIO

from archlint.errors import ArchlintError
from archlint.reporters.text import plain


def prepare() -> None:
    """Let no character stop the output, whatever the encoding of the terminal or the pipe."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def answer(text: str) -> None:
    """Write what was asked for to standard output. Raises ArchlintError if it cannot be written."""
    _write(sys.stdout, text)


def tell(text: str) -> None:
    """Write one message, which may have several lines, to standard error."""
    shown = "\n".join(map(plain, text.split("\n")))
    _write(sys.stderr, f"archlint: {shown}\n")


def note(text: str) -> None:
    """Write text that needs no introduction, such as a table, to standard error."""
    _write(sys.stderr, text)


def finish() -> bool:
    """Write what others have left in the streams, at the end; False where that is not possible."""
    try:
        answer("")
        note("")
    except ArchlintError:
        return False
    return True


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:
        return  # the process was started with the stream closed
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        _silence(stream)  # the reader has seen enough
    except OSError as problem:
        _silence(stream)
        raise ArchlintError(f"the output cannot be written: {problem.strerror or problem}") from problem


def _silence(stream: TextIO) -> None:
    """Lead the rest nowhere, what is still in the stream's buffer and is flushed at exit included."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
