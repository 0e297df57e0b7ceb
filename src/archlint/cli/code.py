"""The lines of linted files, for excerpts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from archlint.reporters.surroundings import Lines
from archlint.source import Text, Unreadable, read


def lines_of(root: Path, places: Mapping[Path, Path] = MappingProxyType({})) -> Lines:
    """Gives the lines of a file by its path from the root; none where it cannot be read any more.

    `places` are the folders in which the files of some projects are, where that is not the project itself.
    Findings come sorted by file, so that few files need be kept.
    """

    @lru_cache(maxsize=8)
    def lines(path: str) -> Sequence[str]:
        try:
            return Text.decode(read(_place(root / path, places))).lines
        except Unreadable:
            return ()

    return lines


def _place(file: Path, places: Mapping[Path, Path]) -> Path:
    around = [home for home in places if file.is_relative_to(home)]
    if not around:
        return file
    home = max(around, key=lambda each: len(each.parts))
    return places[home] / file.relative_to(home)
