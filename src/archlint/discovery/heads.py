"""The imports at the top of a file, read quickly and without parsing."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator

import msgspec

_HEAD = 8 * 1024
"""How much of a file is read: imports stand at its top, and all files together must stay cheap."""


class Imported(msgspec.Struct, frozen=True):
    """One absolute import: the module's segments, and the names taken from it."""

    segments: tuple[str, ...]
    names: tuple[str, ...] = ()


def imports_at_top(path: str, names: Container[bytes]) -> Iterator[Imported]:
    """The absolute imports of these first names that start a line within the first pages of a file.

    A hint, not the truth: it may miss some, and takes the lines of a docstring for code.
    """
    for line in _head(path).splitlines():
        if line.startswith(b"from "):
            yield from _from(line, names)
        elif line.startswith(b"import "):
            yield from _import(line, names)


def _from(line: bytes, names: Container[bytes]) -> Iterator[Imported]:
    words = line.split(None, 3)
    if len(words) == 4 and words[2] == b"import" and words[1].partition(b".")[0] in names:
        yield Imported(_segments(words[1]), _names(words[3]))


def _import(line: bytes, names: Container[bytes]) -> Iterator[Imported]:
    for part in line[len(b"import ") :].partition(b"#")[0].split(b","):
        words = part.split(None, 1)
        if words and words[0].partition(b".")[0] in names:
            yield Imported(_segments(words[0]))


def _segments(dotted: bytes) -> tuple[str, ...]:
    return tuple(dotted.decode("utf-8", "replace").split("."))


def _names(text: bytes) -> tuple[str, ...]:
    text = text.partition(b"#")[0].strip(b"() \t\\")
    parts = (part.split(None, 1) for part in text.split(b","))
    return tuple(part[0].decode("utf-8", "replace") for part in parts if part)


def _head(path: str) -> bytes:
    try:
        file = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return b""
    try:
        return os.read(file, _HEAD)
    except OSError:
        return b""
    finally:
        os.close(file)
