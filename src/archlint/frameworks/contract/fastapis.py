"""The routes of FastAPI's applications."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archlint.frameworks.contract.served import UNSEEN, Served
from archlint.frameworks.django.test_code import is_test
from archlint.frameworks.fastapi.entries import ALL_METHODS, Entries
from archlint.frameworks.fastapi.listed_routes import listed_routes
from archlint.frameworks.fastapi.order import tried_routes
from archlint.frameworks.fastapi.paths import HIDDEN
from archlint.frameworks.fastapi.router_classes import routes_of_classes
from archlint.frameworks.places.expressions import spot

if TYPE_CHECKING:
    from archlint.frameworks.fastapi.order import Tried
    from archlint.project.project import Project

_HIDDEN = re.compile(f"{HIDDEN}[^{HIDDEN}]*{HIDDEN}")


def fastapi_routes(project: Project) -> list[Served] | None:
    """Every route that is seen; None where some router is included that is not."""
    entries = [entry for added in project.view(Entries).of.values() for entry in added]
    for entry in entries:
        is_unseen = entry.child is None and not entry.methods
        if not is_test(entry.module.path) and (is_unseen or entry.is_mount):
            return None
    found = (*tried_routes(project), *listed_routes(project), *routes_of_classes(project))
    return [
        _served(project, route)
        for routes in found
        for route in routes
        if not is_test(route.entry.module.path)
    ]


def _served(project: Project, route: Tried) -> Served:
    entry = route.entry
    path = _HIDDEN.sub(UNSEEN, route.path)
    methods = None if entry.methods == ALL_METHODS or not entry.methods else entry.methods
    place = spot(project, entry.module, entry.form)
    return Served(path, methods, entry.function, place, "fastapi", len(route.chain) < 2 or UNSEEN in path)
