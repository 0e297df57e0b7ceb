"""One field of what a serializer or schema writes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from archlint.project.classes import ProjectClass
    from archlint.project.module import Module


class WrittenField(msgspec.Struct, frozen=True):
    """One field of what a serializer writes out."""

    name: str
    source: tuple[str, ...]
    """The attributes that it reads, one after the other."""

    module: Module
    line: int
    column: int
    nested: ProjectClass | None = None
    """The serializer of what is there."""

    method: str = ""
    """The method of the serializer that computes it."""

    keeps_to_keys: bool = False
    """Of a relation to one object it reads the key only."""

    is_text: bool = False
    """It writes what `str()` makes of the object."""
