"""The code at a finding, with a mark under the exact columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from archlint.finding import Location
from archlint.reporters.text import expanded, width

LONGEST: Final = 160
_BEFORE: Final = 40
_CUT: Final = "…"


class Excerpt(msgspec.Struct, frozen=True):
    """One line of code, where in it the mark starts, and how wide it is, in columns of a terminal."""

    code: str
    indent: int
    span: int
    last_line: int
    """The line on which the finding ends, 0 if it is this one."""


def excerpt(location: Location, lines: Sequence[str]) -> Excerpt | None:
    """The first line of a place, or None where the file has no such line."""
    if not 1 <= location.line <= len(lines):
        return None
    line = lines[location.line - 1]
    goes_on = location.end_line > location.line
    start = min(max(location.column, 1) - 1, len(line))
    end = len(line.rstrip()) if goes_on else min(location.end_column - 1, len(line))
    cells = expanded(line.rstrip())
    left, right = _window(cells, start)
    head = _CUT if left else ""
    tail = _CUT if right < len(cells) else ""
    return Excerpt(
        code=head + "".join(cells[left:right]) + tail,
        indent=width(head + "".join(cells[left:start])),
        span=max(1, width("".join(cells[start : max(start, min(end, right))]))),
        last_line=location.end_line if goes_on else 0,
    )


def _window(cells: list[str], start: int) -> tuple[int, int]:
    """Which part of a line to show: all of it, or, of a very long one, what is around the place."""
    if len(cells) <= LONGEST:
        return 0, len(cells)
    left = max(0, min(start - _BEFORE, len(cells) - LONGEST))
    return left, left + LONGEST
