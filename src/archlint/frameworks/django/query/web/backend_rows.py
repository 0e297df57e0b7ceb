"""The rows that views of REST framework hand to their filters.

https://www.django-rest-framework.org/api-guide/filtering/#custom-generic-filtering
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.django.urls.making import items
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.values import Arguments, Object
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archlint.project.flow.behaviour import Site
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project


class BackendRows:
    """Which views name a class of the project among their `filter_backends`."""

    def __init__(self, project: Project) -> None:
        self._scopes, self._hierarchy = project.view(Scopes), project.view(ClassHierarchy)
        self._values = project.view(ClassValues)
        self._views: defaultdict[ProjectClass, list[ProjectClass]] = defaultdict(list)
        for module in project.modules:
            for index, fact in enumerate(module.classes):
                view = ProjectClass(module, index)
                for backend in self._backends(view) if fact.bases else ():
                    self._views[backend].append(view)

    @classmethod
    def build(cls, project: Project) -> BackendRows:
        """The view of a project."""
        return cls(project)

    def of(self, function: ProjectFunction, site: Site) -> QuerySet | None:
        """What `filter_queryset` is given, where all views list the rows of one model.

        Other filters of the project may have computed more for them.
        """
        views = self._views.get(ProjectClass(function.module, function.fact.owner), [])
        is_first = all(sum(1 for _ in self._backends(view)) == 1 for view in views)
        found = [site.call(site.attribute(Object(view), "get_queryset"), Arguments()) for view in views]
        sets = [one for one in found if isinstance(one, QuerySet)]
        if len(sets) != len(views) or len({one.model for one in sets}) != 1:
            return None
        rows = sets[0].refined(())
        if not isinstance(rows, QuerySet):
            return None
        return replace(rows, is_open=not is_first or any(one.is_open for one in sets))

    def _backends(self, view: ProjectClass) -> Iterator[ProjectClass]:
        listed = self._values.of(view, "filter_backends")
        if listed is None or listed.value is None:
            return
        module, scope = listed.holder.module, listed.holder.fact.qualname
        for one in items(listed.value) or ():
            backend = self._hierarchy.of(self._scopes.resolve(module, scope, one))
            if backend is not None:
                yield backend
