"""One configuration file as it stands: its table of archlint and the place of every key in it."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
import tomli

from archlint.config.positions import KeyPath, Place, positions
from archlint.config.wording import described
from archlint.errors import ConfigError, ConfigProblem

LARGEST: Final = 2_000_000
"""Bytes. No configuration is larger; what is larger would only cost memory and time."""

PYPROJECT: Final = "pyproject.toml"
SECTION: Final = ("tool", "archlint")


class Document(msgspec.Struct, frozen=True):
    """A file that could be read and parsed, not yet checked."""

    name: str
    """As it is called in problems and origins."""

    file: Path
    table: Mapping[str, Any]
    prefix: KeyPath = ()
    """The path of the table in the file: `tool.archlint` in `pyproject.toml`."""

    places: Mapping[KeyPath, Place] | None = None
    is_preset: bool = False
    """Paths in a preset are relative to the root, not to the file."""

    def place(self, path: KeyPath) -> Place:
        """Line and column of a key, or of the nearest table around it that stands in the text."""
        whole = self.prefix + path
        places = self.places or {}
        return next(
            (places[whole[:end]] for end in range(len(whole), 0, -1) if whole[:end] in places), (1, 1)
        )


def read(file: Path, name: str, *, is_preset: bool = False) -> Document:
    """Read and parse a file.

    Raises `ConfigError` where it cannot be read, is no TOML, or has no table of archlint.
    """
    text = _text(file, name)
    try:
        table = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise _syntax_error(name, text, error) from None
    except RecursionError:
        raise _error(name, "is nested too deeply to be a configuration") from None
    except ValueError:  # Python makes no integer of thousands of digits
        raise _error(name, "holds a number that is too long") from None
    places = positions(text)
    prefix = SECTION if file.name == PYPROJECT else ()
    return Document(name, file, _section(name, table, prefix, places), prefix, places, is_preset)


def _section(
    name: str, table: dict[str, Any], prefix: tuple[str, ...], places: Mapping[KeyPath, Place]
) -> dict[str, Any]:
    for end, part in enumerate(prefix, 1):
        if part not in table:
            raise _error(name, f"has no table `{'.'.join(SECTION)}`")
        table = table[part]
        if not isinstance(table, dict):
            message = f"`{'.'.join(prefix[:end])}` must be a table, not {described(table)}"
            raise ConfigError((ConfigProblem(name, *places[prefix[:end]], message),))
    if not prefix and "tool" in table:
        message, hint = "`tool` is a table of `pyproject.toml`", "here the keys stand without `tool.archlint`"
        raise ConfigError((ConfigProblem(name, *places[("tool",)], message, hint),))
    return table


def has_section(file: Path) -> bool:
    """Whether a `pyproject.toml` speaks to archlint, or may do so but cannot be read or parsed."""
    try:
        text = _text(file, file.name)
    except ConfigError:
        return True
    if "archlint" not in text:
        return False
    try:
        tool = tomli.loads(text).get("tool", {})
    except (ValueError, RecursionError):
        return True
    return not isinstance(tool, dict) or "archlint" in tool


def _text(file: Path, name: str) -> str:
    try:
        content = _content(file, name)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise _error(name, f"cannot be read: {reason}") from None
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        message = f"is not UTF-8: {error.reason}"
        raise ConfigError((ConfigProblem(name, line, column, message, "save the file as UTF-8"),)) from None


def _content(file: Path, name: str) -> bytes:
    status = os.stat(file)
    if stat.S_ISDIR(status.st_mode):
        raise _error(name, "is a folder, not a file")
    if not stat.S_ISREG(status.st_mode):
        raise _error(name, "is not a regular file")
    if status.st_size > LARGEST:
        raise _error(name, f"is larger than {LARGEST // 1_000_000} MB")
    return file.read_bytes()


def _syntax_error(name: str, text: str, error: tomli.TOMLDecodeError) -> ConfigError:
    # Older versions of tomli tell the place only in the text of the error.
    message, _, place = str(error).rpartition(" (at ")
    numbers = [int(number) for number in re.findall(r"\d+", place)]
    line, column = numbers if len(numbers) == 2 else _end(text)
    message = f"is not valid TOML: {message[:1].lower()}{message[1:]}"
    return ConfigError((ConfigProblem(name, line, column, message),))


def _end(text: str) -> Place:
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def _error(name: str, message: str) -> ConfigError:
    return ConfigError((ConfigProblem(name, 0, 0, message),))
