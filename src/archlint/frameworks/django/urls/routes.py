"""Every route of a Django project, put together from its URLconfs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from archlint.frameworks.django.urls.confs import UrlConfs
from archlint.frameworks.django.urls.patterns import ANY, Listing, Pattern
from archlint.frameworks.django.urls.roots import roots
from archlint.frameworks.django.urls.views import ViewAnswer, Views
from archlint.frameworks.web import Parameter, Route
from archlint.project.module import Module

if TYPE_CHECKING:
    from archlint.project.project import Project

_DEPTH = 12
_MOST = 20_000


class DjangoRoute(Route, frozen=True):
    """A route with what only Django knows of it."""

    pattern: Pattern | None = None
    view: ViewAnswer | None = None
    namespaces: tuple[frozenset[str], ...] | None = ()
    """The names that each namespace around goes by, the outermost first; None where one is unknown."""

    root: str = ""
    """The URLconf that it was found from."""

    has_known_path: bool = True
    has_known_parameters: bool = True
    has_regex: bool = False
    """Some part of its path is a regular expression."""


class Gap(msgspec.Struct, frozen=True):
    """Patterns that nobody can see, and the namespaces around them."""

    namespaces: tuple[frozenset[str], ...] | None
    names: frozenset[str] = ANY
    """What they may be called, as `Listing.unseen` has it."""


class _Way(msgspec.Struct, frozen=True):
    """What is above some patterns."""

    path: str = ""
    parameters: tuple[Parameter, ...] = ()
    namespaces: tuple[frozenset[str], ...] | None = ()
    given: frozenset[str] = frozenset()
    has_known_path: bool = True
    has_known_parameters: bool = True
    is_whole: bool = True
    is_certain: bool = True
    has_regex: bool = False
    root: str = ""


class DjangoRoutes:
    """The routes behind every ROOT_URLCONF, in the order in which Django tries them.

    A project that has no such setting is an app for others: its URLconfs that nobody includes are taken
    for roots, and nothing is said of what may stand above them.
    """

    def __init__(self, project: Project) -> None:
        self._views = project.view(Views)
        self._confs = project.view(UrlConfs)
        self.roots = tuple(roots(project))
        self.is_app = not self.roots
        self._gaps: list[Gap] = []
        found: list[DjangoRoute] = []
        for module in self.roots or tuple(self._tops(project)):
            listing = self._confs.of(module).patterns
            way = _Way(is_whole=not self.is_app, root=module.name)
            for route in self._below(listing, way, 0):
                found.append(route)
                if len(found) >= _MOST:
                    around = dict.fromkeys(((), *[each.namespaces for each in found]))
                    self._gaps += map(Gap, around)  # there may be more of any name
                    break
        self._routes = tuple(found)

    @classmethod
    def build(cls, project: Project) -> DjangoRoutes:
        """The routes of a project."""
        return cls(project)

    def __iter__(self) -> Iterator[DjangoRoute]:
        return iter(self._routes)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Where routes may be that nobody sees."""
        return tuple(self._gaps)

    def _tops(self, project: Project) -> Iterator[Module]:
        """The URLconfs that no other includes."""
        confs = [m for m in project.modules if "urlpatterns" in m.bindings and not m.is_stub]
        inside = {
            pattern.module
            for module in confs
            for pattern in _all(self._confs.of(module).patterns, 0)
            if pattern.module is not module
        }
        yield from (module for module in confs if module not in inside)

    def _below(self, listing: Listing, way: _Way, depth: int) -> Iterator[DjangoRoute]:
        if listing.is_open or depth > _DEPTH:
            self._gaps.append(Gap(way.namespaces, ANY if depth > _DEPTH else listing.unseen))
        for pattern in listing.patterns if depth <= _DEPTH else ():
            here = _extended(way, pattern)
            if pattern.inside is None:
                yield self._route(pattern, here)
            else:
                if not pattern.has_known_namespace:
                    self._gaps.append(Gap(way.namespaces))
                yield from self._below(pattern.inside, _entered(here, pattern), depth + 1)

    def _route(self, pattern: Pattern, way: _Way) -> DjangoRoute:
        answer = None
        if pattern.view is not None:
            answer = self._views.of(pattern.module, pattern.scope, pattern.view)
        handler = pattern.made or (answer.handler if answer is not None else None)
        if not pattern.has_known_name:
            self._gaps.append(Gap(way.namespaces))
        actions = handler.actions if handler is not None else None
        return DjangoRoute(
            path=way.path,
            methods=frozenset(method.upper() for method, _ in actions) if actions else None,
            parameters=way.parameters,
            handler=handler,
            name=pattern.name,
            place=pattern.place if pattern.module is not None else None,
            given=way.given,
            is_whole=way.is_whole and way.has_known_parameters,
            is_certain=way.is_certain,
            pattern=pattern,
            view=answer,
            namespaces=way.namespaces,
            root=way.root,
            has_known_path=way.has_known_path,
            has_known_parameters=way.has_known_parameters,
            has_regex=way.has_regex,
        )


def _extended(way: _Way, pattern: Pattern) -> _Way:
    route = pattern.route
    text = "…" if route is None else route.removeprefix("^") if pattern.is_regex else route
    return replace(
        way,
        path=way.path + (text if pattern.inside is not None else text.removesuffix("$")),
        parameters=(*way.parameters, *(pattern.parameters or ())),
        given=way.given | (pattern.given or frozenset()),
        has_known_path=way.has_known_path and route is not None,
        has_known_parameters=way.has_known_parameters and pattern.parameters is not None,
        is_whole=way.is_whole and pattern.given is not None,
        is_certain=way.is_certain and pattern.is_certain,
        has_regex=way.has_regex or pattern.is_regex,
    )


def _entered(way: _Way, pattern: Pattern) -> _Way:
    if not pattern.has_known_namespace or way.namespaces is None:
        return replace(way, namespaces=None)
    names = frozenset({pattern.namespace, pattern.app_name} - {""})
    return replace(way, namespaces=(*way.namespaces, names)) if names else way


def _all(listing: Listing, depth: int) -> Iterator[Pattern]:
    for pattern in listing.patterns:
        yield pattern
        if pattern.inside is not None and depth < _DEPTH:
            yield from _all(pattern.inside, depth + 1)
