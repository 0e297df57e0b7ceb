"""Every route of a project that can be seen, of whatever web framework."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.frameworks.handlers import serves_requests
from archlint.frameworks.inventory.words import DeclaredRoute
from archlint.frameworks.known import WEB
from archlint.frameworks.web import Route

if TYPE_CHECKING:
    from archlint.project.project import Project

_REGISTERING = WEB.keys() - {"django", "graphene", "rest_framework", "strawberry"}
"""Frameworks whose routes code registers, besides those that URLconfs list."""


def declared_routes(project: Project) -> tuple[DeclaredRoute, ...]:
    """The routes of a project, sorted. Those that only tests make are left out."""
    if not serves_requests(project):
        return ()
    from archlint.frameworks.inventory.registered import registered

    found = set(_of_urlconfs(project)) if "django" in project.imported else set()
    if not _REGISTERING.isdisjoint(project.imported):
        found.update(DeclaredRoute(*each) for each in registered(project))
    return tuple(sorted(found))


def _of_urlconfs(project: Project) -> Iterator[DeclaredRoute]:
    from archlint.frameworks.django.urls.routes import DjangoRoutes
    from archlint.project.files.test_code import is_test

    for route in project.view(DjangoRoutes):
        if route.place is not None and not is_test(route.place.module.path):
            yield _declared(route, route.place.module.path, route.place.line)


def _declared(route: Route, path: str, line: int) -> DeclaredRoute:
    handler = route.handler.name if route.handler is not None else ""
    return DeclaredRoute(
        f"/{route.path.lstrip('/')}", tuple(sorted(route.methods or ())), handler, path, line
    )
