"""The routes of an application in the order in which it tries them, and those that it never comes to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archlint.frameworks.fastapi.entries import ALL_METHODS, Entries, Entry
from archlint.frameworks.fastapi.paths import covers
from archlint.frameworks.fastapi.routers import Router, Routers

if TYPE_CHECKING:
    from archlint.project.project import Project

_DEPTH = 8


@dataclass(frozen=True, slots=True, eq=False)
class Tried:
    """A route where the application tries it."""

    path: str
    """With all prefixes."""

    chain: tuple[Entry, ...]
    """What leads to it, the inclusion by the application first, itself last."""

    @property
    def entry(self) -> Entry:
        """The route itself."""
        return self.chain[-1]


@dataclass(frozen=True, slots=True)
class Shadow:
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


def shadow_of(route: Tried, before: list[Tried], routes: tuple[Tried, ...]) -> Shadow | None:
    """The first of the earlier routes that surely takes all requests of one, if any does."""
    for earlier in before:
        if takes(earlier, route) and _comes_first(earlier, route):
            return Shadow(route, earlier, routes)
    return None


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
        if (one.module, one.scope) != (other.module, other.scope):
            return False
        return one.conditions <= other.conditions and not any(e.conditions for e in earlier.chain[at + 1 :])
    return False
