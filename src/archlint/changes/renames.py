"""Which files have only moved: the modules that are gone, matched with those that are new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from posixpath import basename
from typing import Final

from archlint.changes.state import Sketch

_ALIKE: Final = 0.6
"""Part of the names that two modules have in common from which one may be the other."""

_FEWEST: Final = 3
"""Names below which a likeness says nothing."""

_MOST: Final = 100_000
"""Pairs of which all are compared; of more only those of the same file name."""


def renamed(before: Mapping[str, Sketch], after: Mapping[str, Sketch]) -> dict[str, str]:
    """Where each module that is gone is now, by path, as far as it can be told. No two come to one place."""
    gone = {path: before[path] for path in sorted(before.keys() - after.keys())}
    new = {path: after[path] for path in sorted(after.keys() - before.keys())}
    found: dict[str, str] = {}
    for _, old, now in sorted(_pairs(gone, new)):
        if old not in found and now in new:
            found[old] = now
            del new[now]
    return found


def _pairs(gone: Mapping[str, Sketch], new: Mapping[str, Sketch]) -> Iterator[tuple[float, str, str]]:
    """Likely pairs, the likeliest with the smallest number."""
    only_same_name = len(gone) * len(new) > _MOST
    by_name: dict[str, list[str]] = {}
    for path in new:
        by_name.setdefault(basename(path), []).append(path)
    for old, sketch in gone.items():
        candidates: Iterable[str] = by_name.get(basename(old), ()) if only_same_name else new
        for now in candidates:
            likeness = _likeness(sketch, new[now])
            if likeness >= _ALIKE:
                yield -likeness - (0.01 if basename(old) == basename(now) else 0), old, now


def _likeness(one: Sketch, other: Sketch) -> float:
    if one.digest == other.digest and one.names:
        return 1.0
    if min(len(one.names), len(other.names)) < _FEWEST:
        return 0.0
    return len(one.names & other.names) / len(one.names | other.names)
