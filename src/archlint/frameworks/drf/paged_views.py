"""Views that answer page by page: Django's lists, and those of REST framework.

https://docs.djangoproject.com/en/5.2/topics/pagination/#paginating-a-listview
https://www.django-rest-framework.org/api-guide/pagination/#setting-the-pagination-style
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import says
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.loads.made_sets import made_query_set
from archlint.frameworks.django.query.sets.asked import query_sets
from archlint.frameworks.django.settings.modules import Settings
from archlint.frameworks.django.settings.values import Scalar, Table, alternatives
from archlint.frameworks.drf.view_classes import ViewClasses
from archlint.project.answer import External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.values import Object
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.frameworks.django.query.sets.query_set import QuerySet
    from archlint.project.flow.trace import Trace
    from archlint.project.project import Project

_LIST = "django.views.generic."
_PAGING = (_LIST, "rest_framework.")
_OWN_WAY = (
    "get_paginator",
    "get_ordering",
    "paginate_queryset",
    "filter_queryset",
    "get",
    "get_context_data",
)


class PagedView(msgspec.Struct, frozen=True):
    """A class of which the framework shows a query set in pages."""

    cls: ProjectClass
    sets: tuple[QuerySet, ...]
    trace: Trace | None
    """The run in which the query set is made."""


def paged_views(project: Project) -> Iterator[PagedView]:
    """Every such class that leaves the order to its query set."""
    search = _Search(project)
    data_flow = project.view(DataFlow)
    for module in project.modules:
        for index, fact in enumerate(module.classes):
            cls = ProjectClass(module, index)
            if not fact.bases or not search.is_paged(cls):
                continue
            value, trace = made_query_set(project, Object(cls), data_flow.flow.site(module))
            sets = query_sets(value)
            if sets is not None:
                yield PagedView(cls, sets, trace)


class _Search:
    def __init__(self, project: Project) -> None:
        self._values = project.view(ClassValues)
        self._views = project.view(ViewClasses)
        self._hierarchy = project.view(ClassHierarchy)
        self._scopes = project.view(Scopes)
        self._by_default = _pages_by_default(project)

    def is_paged(self, cls: ProjectClass) -> bool:
        outside = self._values.outside(cls)
        if not outside or not any(name.startswith(_PAGING) for name in outside):
            return False
        if any(self._values.of(cls, name) is not None for name in ("ordering", *_OWN_WAY)):
            return False
        if any(name.startswith(_LIST) and name.endswith(".ListView") for name in outside):
            found = self._values.of(cls, "paginate_by")
            return found is not None and found.value is not None and not says(found.value, None)
        kind = self._views.of(cls)
        if kind is None or "list" not in kind.actions or self._values.of(cls, "list") is not None:
            return False
        return self._pages(cls)

    def _pages(self, cls: ProjectClass) -> bool:
        own = self._values.of(cls, "pagination_class")
        if own is None:
            return self._by_default
        if own.value is None or says(own.value, None):
            return False
        answer = self._scopes.resolve(own.holder.module, own.holder.fact.qualname, own.value)
        if isinstance(answer, External):
            return _keeps_order(answer.name)
        paginator = self._hierarchy.of(answer)
        if paginator is None:
            return False
        known = self._values.outside(paginator) or ()
        return any(map(_keeps_order, known)) and self._values.of(paginator, "paginate_queryset") is None


def _pages_by_default(project: Project) -> bool:
    """Whether all settings name a paginator, and it is one that takes the rows as they come."""
    found: list[bool] = []
    for module in project.view(Settings).modules:
        for table in alternatives(module.get("REST_FRAMEWORK")):
            name = table.get("DEFAULT_PAGINATION_CLASS") if isinstance(table, Table) else None
            size = table.get("PAGE_SIZE") if isinstance(table, Table) else None
            text = name.value if isinstance(name, Scalar) else None
            found.append(isinstance(text, str) and _keeps_order(text) and size is not None)
    return bool(found) and all(found)


def _keeps_order(name: str) -> bool:
    kind = name.rpartition(".")[2]
    return name.startswith("rest_framework.pagination.") and kind in (
        "PageNumberPagination",
        "LimitOffsetPagination",
    )
