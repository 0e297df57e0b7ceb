"""Where views get their query sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.class_values import ClassValues
from archlint.project.classes import ProjectClass
from archlint.project.flow.values import Arguments, Closure, Object, Value

if TYPE_CHECKING:
    from archlint.project.flow.place import Place
    from archlint.project.flow.trace import Trace
    from archlint.project.project import Project


def made_query_set(project: Project, view: Object, site: Place) -> tuple[Value, Trace | None]:
    """The query set of a view, and the run in which it is made."""
    from archlint.frameworks.django.query.views import base_query_set

    own = site.attribute(view, "get_queryset")
    if isinstance(own, Closure):
        result, trace = site.flow.called(site, own, Arguments())
        return result, trace
    held = project.view(ClassValues).of(view.of, "queryset") if isinstance(view.of, ProjectClass) else None
    trace = site.flow.class_trace(held.holder) if held is not None else None
    return base_query_set(view, site), trace
