"""The routes of FastAPI's applications."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from archlint.frameworks.contract.served import UNSEEN, Around, Served
from archlint.frameworks.fastapi.entries import ALL_METHODS, Entries
from archlint.frameworks.fastapi.listed_routes import listed_routes
from archlint.frameworks.fastapi.names import is_one_of
from archlint.frameworks.fastapi.order import tried_routes
from archlint.frameworks.fastapi.paths import HIDDEN
from archlint.frameworks.fastapi.router_classes import routes_of_classes
from archlint.frameworks.fastapi.routers import Routers
from archlint.frameworks.inventory.idle_routers import IdleRouters
from archlint.frameworks.places.expressions import spot
from archlint.project.files.test_code import is_test
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.frameworks.fastapi.entries import Entry
    from archlint.frameworks.fastapi.order import Tried
    from archlint.frameworks.fastapi.routers import Router
    from archlint.project.project import Project

_APPLICATIONS = frozenset({"FastAPI"})
_HIDDEN = re.compile(f"{HIDDEN}[^{HIDDEN}]*{HIDDEN}")


def fastapi_routes(project: Project) -> list[Served] | None:
    """Every route that is seen; None where some router is included that is not."""
    entries = [entry for added in project.view(Entries).of.values() for entry in added]
    for entry in entries:
        is_unseen = entry.child is None and not entry.methods
        if not is_test(entry.module.path) and (is_unseen or entry.is_mount):
            return None
    homes = {entry: router for router, added in project.view(Entries).of.items() for entry in added}
    found = (*tried_routes(project), *listed_routes(project), *routes_of_classes(project))
    return [
        _served(project, route, homes)
        for routes in found
        for route in routes
        if not is_test(route.entry.module.path)
    ]


def _served(project: Project, route: Tried, homes: Mapping[Entry, Router]) -> Served:
    entry = route.entry
    path = _HIDDEN.sub(UNSEEN, route.path)
    methods = None if entry.methods == ALL_METHODS or not entry.methods else entry.methods
    place = spot(project, entry.module, entry.form)
    outermost = homes.get(route.chain[0])
    has_open_head = UNSEEN in path or (len(route.chain) < 2 and not _is_application(project, outermost))
    around = tuple(_around(project, route, homes))
    return Served(
        path,
        methods,
        entry.function,
        place,
        "fastapi",
        has_open_head,
        around=around,
        is_idle=_is_idle(project, outermost),
    )


def _is_application(project: Project, router: Router | None) -> bool:
    made = project.view(Routers).made(router) if router is not None else None
    module = project.module_at(router[0]) if router is not None else None
    if router is None or made is None or module is None:
        return False
    return is_one_of(project.view(Scopes).resolve(module, router[1], made.function), _APPLICATIONS)


def _is_idle(project: Project, router: Router | None) -> bool:
    """Whether nobody includes the outermost router of a route."""
    if router is None or router[1]:
        return False  # made in a function, which may return it
    return project.view(IdleRouters).has((router[0], router[2]))


def _around(project: Project, route: Tried, homes: Mapping[Entry, Router]) -> Iterator[Around]:
    for entry in route.chain:
        yield Around(entry.module, entry.scope, entry.form)
        router = homes.get(entry)
        made = project.view(Routers).made(router) if router is not None else None
        module = project.module_at(router[0]) if router is not None else None
        if router is not None and made is not None and module is not None:
            yield Around(module, router[1], made)
