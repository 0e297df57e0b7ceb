"""Comments, or names in comments, that are taken out. No tree is needed."""

from __future__ import annotations

import re

from archlint.finding import Location
from archlint.source import Text

_AFTER = re.compile(r"\s*,\s*")
_BEFORE = re.compile(r"\s*,\s*$")
_LAST = re.compile(r"#[^#]*\[\s*$")


def without(text: Text, at: Location) -> tuple[Location, str]:
    """A place in a comment taken out: the location to replace, and by what.

    One name goes with its comma, the last one with the whole comment, and a line that is empty then with
    its end.
    """
    line = text.line(at.line)
    start, end = at.column - 1, at.end_column - 1
    is_name = not line[start:].startswith("#")
    if is_name:
        after, before = _AFTER.match(line, end), _BEFORE.search(line[:start])
        if after is not None:
            return Location(at.path, at.line, start + 1, at.line, after.end() + 1), ""
        if before is not None:
            return Location(at.path, at.line, before.start() + 1, at.line, end + 1), ""
    return _whole(text, at, start, end, is_name)


def _whole(text: Text, at: Location, start: int, end: int, is_name: bool) -> tuple[Location, str]:
    line = text.line(at.line)
    if is_name:
        opening = _LAST.search(line[:start])
        start = opening.start() if opening else start
    other = re.search(r"\s#", line[end:])
    end = end + other.start() + 1 if other else len(line)
    kept = line[:start].rstrip()
    if other:
        return Location(at.path, at.line, start + 1, at.line, end + 1), ""
    if not kept and at.line < len(text.lines):
        return Location(at.path, at.line, 1, at.line + 1, 1), ""
    return Location(at.path, at.line, len(kept) + 1, at.line, len(line) + 1), ""
