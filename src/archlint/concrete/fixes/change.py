"""What the steps of remedies are turned into: pieces of one text and what stands there instead."""

from __future__ import annotations

import msgspec


class Unfit(Exception):  # noqa: N818 -- an adjective: it is said of a step, and nobody is to blame
    """A step that cannot be taken without guessing."""


class Change(msgspec.Struct, frozen=True, order=True):
    """The characters from `start` to `end` of one text become `text`."""

    start: int
    end: int
    text: str
