"""A configuration file and all that it extends, before any of it is checked."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from archlint.config.document import read
from archlint.config.references import UnknownReferenceError, resolve
from archlint.errors import ConfigError


class Link(NamedTuple):
    """One of the files, and what it says."""

    file: Path
    table: Mapping[str, Any]


def chain(file: Path) -> Iterator[Link]:
    """The user's own files, those that are extended before those that extend them; each once.

    Presets are none of them. Mistakes are left to whoever loads the configuration.
    """
    return _links(file, set())


def _links(file: Path, seen: set[str]) -> Iterator[Link]:
    real = os.path.realpath(file)
    if real in seen:
        return
    seen.add(real)
    try:
        table = read(file, file.name).table
    except ConfigError:
        return
    for each in strings(table.get("extends")):
        try:
            target = resolve(each, file.parent)
        except UnknownReferenceError:
            continue
        if not target.preset:  # a preset has no folder of the user's to speak of
            yield from _links(target.file, seen)
    yield Link(file, table)


def strings(value: object) -> Iterator[str]:
    """The texts in an array; nothing of what is none."""
    yield from (each for each in (value if isinstance(value, list) else ()) if isinstance(each, str))
