"""The routes of an application in the order in which it tries them, and those that it never comes to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.frameworks.fastapi.entries import ALL_METHODS, Entries, Entry
from archlint.frameworks.fastapi.paths import covers
from archlint.frameworks.fastapi.routers import Router, Routers

if TYPE_CHECKING:
    from archlint.project.project import Project

_DEPTH = 8


class Tried(msgspec.Struct, frozen=True, eq=False):
    """A route where the application tries it."""

    path: str
    """With all prefixes."""

    chain: tuple[Entry, ...]
    """What leads to it, the inclusion by the application first, itself last."""

    @property
    def entry(self) -> Entry:
        """The route itself."""
        return self.chain[-1]


class Shadow(msgspec.Struct, frozen=True):
    """A route that no request reaches, and the one that takes its requests."""

    route: Tried
    by: Tried
    routes: tuple[Tried, ...]
    """All that the application tries."""

    def turns(self) -> tuple[Entry, Entry]:
        """The entries of one router by which the two come in this order, that of the shadow first."""
        return next((a, b) for a, b in zip(self.route.chain, self.by.chain, strict=False) if a is not b)


def tried_routes(project: Project) -> Iterator[tuple[Tried, ...]]:
    """The routes of each application, or router that nobody surely includes, in their order."""
    entries = project.view(Entries)
    included = {entry.child for added in entries.of.values() for entry in added}
    for router in entries.of:
        if router not in included:
            yield tuple(_tried(project, router, "", (), (router,)))


def _tried(
    project: Project, router: Router, prefix: str, chain: tuple[Entry, ...], above: tuple[Router, ...]
) -> Iterator[Tried]:
    own = prefix + project.view(Routers).prefix(router)
    for entry in project.view(Entries).of.get(router, ()):
        path = own + entry.path
        if entry.methods:
            yield Tried(path, (*chain, entry))
        elif entry.child is not None and entry.child not in above and len(above) < _DEPTH:
            yield from _tried(project, entry.child, path, (*chain, entry), (*above, entry.child))


class Earlier:
    """The routes that are tried before another, found by how their paths begin rather than one by one."""

    def __init__(self) -> None:
        self._number = 0
        self._plain: dict[str, list[tuple[int, Tried]]] = {}
        self._open: dict[str, list[tuple[int, Tried]]] = {}
        """Those with parameters, and what is mounted, by what stands before the first of them."""

    def add(self, route: Tried) -> None:
        """A route that is tried after all that were added before."""
        is_open = route.entry.is_mount or "{" in route.path
        start = route.path.partition("{")[0].rstrip("/") if is_open else route.path
        self._number += 1
        (self._open if is_open else self._plain).setdefault(start, []).append((self._number, route))

    def taking(self, route: Tried) -> Tried | None:
        """The first of them that surely takes all requests of a route, if any does."""
        path = route.path
        starts = (path[:end] for end in range(len(path) + 1))
        found = [
            *self._plain.get(path, ()),
            *(each for start in starts for each in self._open.get(start, ())),
        ]
        found.sort(key=lambda each: each[0])
        return next((each for _, each in found if takes(each, route) and _comes_first(each, route)), None)


def takes(earlier: Tried, later: Tried) -> bool:
    """Whether one route matches all that the other matches."""
    one, other = earlier.entry, later.entry
    if one.is_mount:
        return covers(earlier.path + "/{below:path}", later.path)
    if other.methods == ALL_METHODS or not other.methods <= one.methods:
        return False
    return covers(earlier.path, later.path)


def _comes_first(earlier: Tried, later: Tried) -> bool:
    """Whether one route is surely there whenever the other is, and before it."""
    if earlier.entry.function is not None and earlier.entry.function is later.entry.function:
        return False
    for at, (one, other) in enumerate(zip(earlier.chain, later.chain, strict=False)):
        if one is other:
            continue
        if _run_by(one) != _run_by(other):
            return False
        return one.conditions <= other.conditions and not any(e.conditions for e in earlier.chain[at + 1 :])
    return False


def _run_by(entry: Entry) -> tuple[object, ...]:
    """The body that adds an entry, or the class all of whose bodies come in one order."""
    return (entry.made_by,) if entry.made_by else (entry.module, entry.scope)
