"""What the steps of remedies are turned into: pieces of one text and what stands there instead."""

from __future__ import annotations

from dataclasses import dataclass


class Unfit(Exception):  # noqa: N818 -- an adjective: it is said of a step, and nobody is to blame
    """A step that cannot be taken without guessing."""


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """The characters from `start` to `end` of one text become `text`."""

    start: int
    end: int
    text: str
