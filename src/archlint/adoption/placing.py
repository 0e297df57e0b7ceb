"""Where a configuration is written, and what the file then holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import tomli

from archlint.adoption.draft import Draft
from archlint.adoption.rendering import rendered
from archlint.adoption.sections import without_section
from archlint.config.document import PYPROJECT, SECTION
from archlint.config.lookup import OWN_FILE
from archlint.errors import UsageError
from archlint.source import Unreadable, read


class Place(msgspec.Struct, frozen=True):
    """A file, and whether it already speaks to archlint."""

    file: Path
    old: bytes = b""
    is_taken: bool = False

    @property
    def prefix(self) -> str:
        """The table that the configuration is; empty where it has the file for itself."""
        return ".".join(SECTION) if self.file.name == PYPROJECT else ""


def named(folder: Path, name: str | None) -> Place:
    """The file of a name, else the one that would count: `pyproject.toml` if there is no `archlint.toml`."""
    own, shared = folder / OWN_FILE, folder / PYPROJECT
    return Place(folder / name if name else own if own.exists() or not shared.exists() else shared)


def place(folder: Path, name: str | None = None, *, is_forced: bool = False) -> Place:
    """The file for a folder's configuration, with what it holds.

    Raises UsageError where something is configured already and it may not be overwritten, and where
    another file would count instead.
    """
    file = named(folder, name).file
    if file.name == PYPROJECT and (folder / OWN_FILE).exists():
        raise UsageError(f"`{OWN_FILE}` exists and would be read instead of `{PYPROJECT}`")
    old = _read(file)
    is_taken = file.exists() and (file.name == OWN_FILE or _has_section(file, old))
    if is_taken and not is_forced:
        raise UsageError(f"`{file.name}` already configures archlint; --force overwrites it")
    return Place(file, old, is_taken)


def filled(place: Place, draft: Draft) -> bytes:
    """What the file will hold: all that it held beside archlint's own table, byte for byte, and the draft.

    Raises UsageError where the table cannot be added without touching the rest.
    """
    if not place.prefix:
        return rendered(draft).encode()
    rest = without_section(place.old, SECTION) if place.is_taken else place.old
    newline = b"\r\n" if b"\r\n" in rest else b"\n"
    text = rendered(draft, place.prefix).encode().replace(b"\n", newline)
    gap = newline * (0 if not rest else 1 if rest.endswith(b"\n") else 2)
    whole = rest + gap + text
    if _others(place.file, whole) != _others(place.file, place.old):
        hint = f"write it to `{OWN_FILE}` with --to {OWN_FILE}"
        raise UsageError(f"`{PYPROJECT}` cannot take the table without changes to the rest; {hint}")
    return whole


def write(place: Place, data: bytes) -> None:
    """Write the file. Raises UsageError where that is not possible."""
    try:
        place.file.write_bytes(data)
    except OSError as problem:
        raise UsageError(f"`{place.file}` cannot be written: {problem.strerror}") from problem


def _read(file: Path) -> bytes:
    if not file.exists():
        return b""
    try:
        return read(file)
    except Unreadable as problem:
        raise UsageError(str(problem)) from problem


def _has_section(file: Path, data: bytes) -> bool:
    return SECTION[1] in _table(file, data).get(SECTION[0], {})


def _others(file: Path, data: bytes) -> dict[str, Any] | None:
    """All that a file says to others; None where the table makes no TOML of it."""
    try:
        table = _table(file, data)
    except UsageError:
        return None
    tools = {name: value for name, value in table.get(SECTION[0], {}).items() if name != SECTION[1]}
    return {**table, SECTION[0]: tools}


def _table(file: Path, data: bytes) -> dict[str, Any]:
    try:
        return tomli.loads(data.decode())
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise UsageError(f"`{file.name}` cannot be read: {problem}") from problem
