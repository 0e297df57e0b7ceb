"""The source of a file: its bytes, its text, its tree."""

from __future__ import annotations

import ast
import os
import re
import stat
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TypeAlias

from archlint.depth import deeply
from archlint.finding import Location

LARGEST = 100_000_000
"""Bytes. Nobody writes a larger file; one, and be it sparse, would take all memory."""

_BOM = b"\xef\xbb\xbf"
_COOKIE = re.compile(rb"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_BLANK = re.compile(rb"[ \t\f]*(?:#|$)")

Tree: TypeAlias = ast.Module
"""What parsing gives. The rest of archlint, the walk apart, need not know whose tree it is."""


class Unreadable(Exception):  # noqa: N818 -- an adjective, as what is caught is said of a file
    """A file whose bytes cannot be had."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


class Unparsable(Exception):  # noqa: N818 -- as above
    """A file that is not Python, as far as the running Python can tell. The place starts at 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message, line, column)
        self.message = message
        self.line = line
        self.column = column

    def __str__(self) -> str:
        return f"{self.line}:{self.column}: {self.message}"


_held: Mapping[Path, bytes] = {}


@contextmanager
def holding(files: Mapping[Path, bytes]) -> Iterator[None]:
    """Let files hold something else for whoever reads them here; other processes do not see it.

    What is put into `files` in the meantime counts as well.
    """
    global _held
    before, _held = _held, files
    try:
        yield
    finally:
        _held = before


def read(path: Path) -> bytes:
    """The bytes of a regular file, however it is reached.

    Raises:
        Unreadable: if it is gone, forbidden, no regular file, or larger than any source; a pipe or device is
            never waited for.
    """
    if path in _held:
        return _held[path]
    # Opening a pipe would wait for its other end.
    flags = (
        os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    )
    try:
        with open(os.open(path, flags), "rb", buffering=0) as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise Unreadable(path, "Not a regular file")
            if found.st_size > LARGEST:
                raise Unreadable(path, f"Larger than {LARGEST // 1_000_000} MB")
            return file.readall()
    except OSError as error:
        raise Unreadable(path, error.strerror or str(error)) from error
    except ValueError as error:  # a name that no file can have: with a null byte
        raise Unreadable(path, str(error)) from error


def content_digest(data: bytes) -> bytes:
    """16 bytes that stand for the content of a file."""
    return blake2b(data, digest_size=16).digest()


def digest_of(path: Path) -> bytes:
    """The digest of a file's content; none where it cannot be read."""
    try:
        return content_digest(read(path))
    except Unreadable:
        return b""


def parse(data: bytes) -> ast.Module:
    """The tree of a file, without a word on standard error.

    Raises:
        Unparsable: whatever is wrong with it: syntax, encoding, null bytes, a nesting too deep.
    """
    try:
        return _parse(data)
    except (RecursionError, MemoryError):
        return _parse_deep(data)
    except Exception as error:
        raise _unparsable(data, error) from error


def _parse(data: bytes) -> ast.Module:
    # The parser warns of the linted code's invalid escapes; that is not archlint's to print.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(data)


def _parse_deep(data: bytes) -> ast.Module:
    """Parse on a larger stack what is nested deeper than the usual one allows."""
    try:
        return deeply(partial(_parse, data))
    except Exception as error:
        raise _unparsable(data, error) from error


def _unparsable(data: bytes, error: Exception) -> Unparsable:
    if isinstance(error, (RecursionError, MemoryError)):
        return Unparsable("nested too deeply to be parsed", 1, 1)
    problem = _null_byte(data) or _undecodable(data)
    if problem is not None:
        return problem
    if not isinstance(error, SyntaxError):
        return Unparsable(str(error) or type(error).__name__, 1, 1)
    error = _counted_in_characters(data, error)
    return Unparsable(error.msg or "invalid syntax", max(1, error.lineno or 1), max(1, error.offset or 1))


def _counted_in_characters(data: bytes, error: SyntaxError) -> SyntaxError:
    """The same error with its column in characters.

    Up to Python 3.12 the parser counts bytes where neither a cookie nor a BOM made it decode the file.
    """
    if data.isascii() or encoding_of(data) != "utf-8":
        return error
    try:
        _parse(_BOM + data)
    except SyntaxError as counted:
        return counted
    return error


def _null_byte(data: bytes) -> Unparsable | None:
    offset = data.find(b"\0")
    if offset < 0:
        return None
    return Unparsable("source code cannot contain null bytes", *_place(data[:offset]))


def _undecodable(data: bytes) -> Unparsable | None:
    encoding = encoding_of(data)
    try:
        _decode(data, encoding)
    except UnicodeDecodeError as error:
        start = error.start + len(data) - len(error.object)
        return Unparsable(f"not valid {encoding}: {error.reason}", *_place(data[:start]))
    except Exception as error:
        return Unparsable(str(error), 1, 1)
    return None


def _place(before: bytes) -> tuple[int, int]:
    """The line and column of the character after these bytes."""
    lines = _lines(before.removeprefix(_BOM).decode("utf-8", "replace"))
    return len(lines), len(lines[-1]) + 1


def _decode(data: bytes, encoding: str) -> str:
    if encoding.startswith("utf-8"):
        return data.decode(encoding)
    # `unicode_escape` warns of invalid escapes, as the parser does.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return data.decode(encoding)


def encoding_of(data: bytes) -> str:
    """The encoding a file declares (PEP 263), or UTF-8; the name need not be one Python knows."""
    if data.startswith(_BOM):
        return "utf-8-sig"
    for line in re.split(rb"\r\n?|\n", data[:1024], maxsplit=2)[:2]:
        cookie = _COOKIE.match(line)
        if cookie:
            return cookie[1].decode("ascii", "replace")
        if not _BLANK.match(line):
            break
    return "utf-8"


class Text:
    """The text of a file, and its lines as Python counts them.

    Not a dataclass: the lines are split only when somebody looks, for most files never.
    """

    __slots__ = ("_lines", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines: tuple[str, ...] | None = None

    @classmethod
    def decode(cls, data: bytes) -> Text:
        """The text of these bytes, in any case: what cannot be decoded becomes a replacement character."""
        for encoding in (encoding_of(data), "utf-8"):
            try:
                return cls(_decode(data, encoding))
            except Exception:  # A codec may raise what it likes, and some are no text codecs at all.
                continue
        declared = encoding_of(data)
        if declared in ("utf-8", "utf-8-sig"):
            return cls(data.decode(declared, "replace"))
        return cls(data.decode("latin-1"))

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines without their ends: `\\n`, `\\r\\n` and `\\r` end a line, nothing else does."""
        if self._lines is None:
            lines = _lines(self.text)
            self._lines = tuple(lines if lines[-1] else lines[:-1])
        return self._lines

    def line(self, number: int) -> str:
        """The line of this number, from 1; empty beyond the text."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def column(self, line: int, utf8_offset: int) -> int:
        """The column, from 1 and in characters, of the tree's offset, which is from 0 and in UTF-8 bytes."""
        if self.text.isascii():
            return utf8_offset + 1
        text = self.line(line)
        if text.isascii():
            return utf8_offset + 1
        return len(text.encode("utf-8", "surrogatepass")[:utf8_offset].decode("utf-8", "ignore")) + 1

    def slice(self, location: Location) -> str:
        """The text at a location, its lines joined by `\\n`."""
        if location.line == location.end_line:
            return self.line(location.line)[location.column - 1 : location.end_column - 1]
        first = self.line(location.line)[location.column - 1 :]
        between = self.lines[location.line : location.end_line - 1]
        last = self.line(location.end_line)[: location.end_column - 1]
        return "\n".join((first, *between, last))


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
