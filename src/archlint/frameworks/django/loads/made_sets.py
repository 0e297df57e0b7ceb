"""Where views get their query sets, and what becomes of those before they are listed.

https://www.django-rest-framework.org/api-guide/filtering/#custom-generic-filtering
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.class_values import ClassValues
from archlint.project.answer import UNKNOWN
from archlint.project.classes import ProjectClass
from archlint.project.flow.values import Arguments, Closure, Items, Object, Value

if TYPE_CHECKING:
    from archlint.project.flow.place import Place
    from archlint.project.flow.trace import Trace
    from archlint.project.project import Project


def made_query_set(project: Project, view: Object, site: Place) -> tuple[Value, Trace | None]:
    """The query set of a view, and the run in which it is made."""
    from archlint.frameworks.django.query.web.views import base_query_set

    own = site.attribute(view, "get_queryset")
    if isinstance(own, Closure):
        result, trace = site.flow.called(site, own, Arguments())
        return result, trace
    held = project.view(ClassValues).of(view.of, "queryset") if isinstance(view.of, ProjectClass) else None
    trace = site.flow.class_trace(held.holder) if held is not None else None
    return base_query_set(view, site), trace


def filtered_query_set(project: Project, view: Object, site: Place) -> tuple[Value, Trace | None]:
    """The query set that a view lists or looks in, and the run in which it is made."""
    made, trace = made_query_set(project, view, site)
    own = site.attribute(view, "filter_queryset")
    if isinstance(own, Closure):
        found, inside = site.flow.called(site, own, Arguments((made,)))
        return found, (trace if found == made else inside)
    return _by_backends(view, made, site), trace


def _by_backends(view: Object, rows: Value, site: Place) -> Value:
    """What the project's own backends make of it; those of packages leave what is loaded as it is."""
    listed = site.own_of_class(view.of, "filter_backends") if isinstance(view.of, ProjectClass) else UNKNOWN
    for backend in listed.items if isinstance(listed, Items) else ():
        made = site.call(backend, Arguments())
        method = site.attribute(made, "filter_queryset") if isinstance(made, Object) else UNKNOWN
        if isinstance(method, Closure):
            rows = site.call(method, Arguments((UNKNOWN, rows, view)))
    return rows
