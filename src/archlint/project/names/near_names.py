"""The name that was perhaps meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from heapq import nlargest
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from archlint.nearness import nearest
from archlint.project.module import Module

if TYPE_CHECKING:
    from archlint.project.answer import Folder
    from archlint.project.project import Project

_MANY = 1000
"""From so many names on nobody looks for a near one."""

_Pairs: TypeAlias = frozenset[tuple[str, str]]


class NearNames:
    """Answers with a similar name of the same place.

    Comparing two names well is dear, and a project may lack thousands: only the three that share the most
    pairs of letters with a missing one are compared.
    """

    def __init__(self) -> None:
        self._names: dict[Module | Folder, tuple[tuple[str, _Pairs], ...]] = {}

    @classmethod
    def build(cls, project: Project) -> NearNames:
        """The view of a project."""
        return cls()

    def nearest(self, name: str, place: Module | Folder, names: Callable[[], Iterable[str]]) -> str:
        """The most similar of the names that a place has; empty where none is near."""
        if place not in self._names:
            found = sorted(names())
            self._names[place] = tuple((each, _pairs(each)) for each in found) if len(found) < _MANY else ()
        own = _pairs(name)
        best = nlargest(3, self._names[place], key=lambda other: _shared(own, other[1]))
        return nearest(name, [other for other, _ in best])


def _pairs(name: str) -> _Pairs:
    return frozenset(pairwise(f" {name.lower()} "))


def _shared(one: _Pairs, other: _Pairs) -> float:
    return len(one & other) / (len(one) + len(other))
