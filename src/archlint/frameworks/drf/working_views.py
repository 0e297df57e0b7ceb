"""Views of REST framework as they are while they answer one kind of request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.frameworks.drf.view_classes import DETAIL_ROUTE, LIST_ROUTE
from archlint.project.flow.values import Constant, Object

if TYPE_CHECKING:
    from archlint.project.classes import ProjectClass
    from archlint.project.flow.place import Place

_VERBS = {action: verb.upper() for verb, action in (*LIST_ROUTE.items(), *DETAIL_ROUTE.items())}


def at_work(view: ProjectClass, action: str, site: Place, *, is_set: bool) -> Object:
    """A view that does one thing: its `action`, if it is a set of views, and the method of its request."""
    from archlint.frameworks.django.query.web.views import HttpRequest

    fields = (("action", Constant(action)),) if is_set else ()
    request = site.attribute(Object(view), "request")
    if not isinstance(request, HttpRequest):
        return Object(view, fields)
    return Object(view, (*fields, ("request", replace(request, verb=_VERBS[action]))))
