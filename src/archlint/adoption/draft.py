"""A configuration that is yet to be written, with what is to be told in comments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import msgspec

Value: TypeAlias = "bool | int | str | tuple[str, ...] | Mapping[str, Value]"
"""What an option of a draft can hold, as TOML spells it."""

Options: TypeAlias = Mapping[str, Value]
"""Options by their spelling in a configuration: `from-modules`."""


class Entry(msgspec.Struct, frozen=True):
    """One use of a rule."""

    rule: str
    options: Options = msgspec.field(default_factory=dict)
    because: str = ""
    comments: tuple[str, ...] = ()
    """What is told above it."""

    is_left_out: bool = False
    """Whether it is written as a comment only, since it cannot hold here."""


class Draft(msgspec.Struct, frozen=True):
    """All that a configuration says."""

    comments: tuple[str, ...] = ()
    """What is told at the top."""

    src: tuple[str, ...] | None = None
    exclude: tuple[str, ...] = ()
    layers: Mapping[str, Value] = msgspec.field(default_factory=dict)
    layers_comments: tuple[str, ...] = ()
    severities: Mapping[str, str] = msgspec.field(default_factory=dict)
    severities_comments: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    without_equal: tuple[str, ...] = ()
    """What the other tool was told that archlint has no equal for."""
