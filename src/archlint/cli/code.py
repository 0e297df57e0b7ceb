"""The lines of linted files, for excerpts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from archlint.reporters.surroundings import Lines
from archlint.source import Text, Unreadable, read


def lines_of(root: Path) -> Lines:
    """Gives the lines of a file by its path from the root; none where it cannot be read any more.

    Findings come sorted by file, so that few files need be kept.
    """

    @lru_cache(maxsize=8)
    def lines(path: str) -> Sequence[str]:
        try:
            return Text.decode(read(root / path)).lines
        except Unreadable:
            return ()

    return lines
