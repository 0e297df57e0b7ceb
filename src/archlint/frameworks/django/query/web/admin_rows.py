"""The query sets that Django's admin hands to its actions, filters and hooks.

https://docs.djangoproject.com/en/5.2/ref/contrib/admin/actions/
https://docs.djangoproject.com/en/5.2/ref/contrib/admin/filters/#using-a-simplelistfilter
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Name
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.django.admin.registered import Admin, Admins
from archlint.frameworks.django.query.objects.model_object import default_manager, manager_value
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.django.urls.making import items
from archlint.frameworks.listed import Listed
from archlint.project.answer import UNKNOWN, Definition
from archlint.project.classes import ProjectClass
from archlint.project.flow.values import Arguments, Object
from archlint.project.functions import ProjectFunction
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.flow.behaviour import Site
    from archlint.project.project import Project


_STEERING = ("list_select_related", "get_list_select_related", "get_list_display", "get_changelist")


class ActionRows:
    """Which admin hands its rows to a method or function."""

    def __init__(self, project: Project) -> None:
        self._scopes, self._values = project.view(Scopes), project.view(ClassValues)
        self._listed = project.view(Listed)
        self._admins = project.view(Admins)
        self._by_action: defaultdict[ProjectFunction, list[Admin]] = defaultdict(list)
        self._by_filter: defaultdict[ProjectClass, list[Admin]] = defaultdict(list)
        for admin in self._admins:
            for one in self._named(admin, "actions"):
                if one.kind is Kind.FUNCTION:
                    self._by_action[ProjectFunction(one.module, one.index)].append(admin)
            for one in self._named(admin, "list_filter"):
                if one.kind is Kind.CLASS:
                    self._by_filter[ProjectClass(one.module, one.index)].append(admin)

    @classmethod
    def build(cls, project: Project) -> ActionRows:
        """The view of a project."""
        return cls(project)

    def of(self, function: ProjectFunction, site: Site) -> QuerySet | None:
        """What the parameter `queryset` is given; None where nobody knows, or several admins may give it."""
        owner = function.fact.owner
        if owner >= 0:
            own = site.of(Name(function.receiver, function.fact.line, 0)) if function.receiver else None
            cls = own.of if isinstance(own, Object) else None
            shown = self._admins.showing(cls) if isinstance(cls, ProjectClass) else ()
            admins = shown or (tuple(self._by_filter.get(cls, ())) if isinstance(cls, ProjectClass) else ())
        else:
            admins = tuple(self._by_action.get(function, ()))
        if len({one.model.key for one in admins}) != 1:
            return None
        admin = admins[0]
        if len(admins) == 1 and admin.is_closed and not self._loads_more(admin):
            own_rows = site.call(site.attribute(Object(admin.cls), "get_queryset"), Arguments((UNKNOWN,)))
            if isinstance(own_rows, QuerySet):
                return own_rows
        rows = manager_value(admin.model, default_manager(admin.model)).begun(site)
        if not isinstance(rows, QuerySet):
            return None
        is_own = all(one.is_closed and self._values.of(one.cls, "get_queryset") is None for one in admins)
        return msgspec.structs.replace(rows, loads_more=True, is_open=rows.is_open or not is_own)

    def named(self, cls: ProjectClass) -> frozenset[str]:
        """The methods of a class of the admin that its `actions` name."""
        if not self._admins.showing(cls):
            return frozenset()
        listed = self._values.of(cls, "actions")
        return frozenset() if listed is None else frozenset(one.name for one in self._listed.of(listed).names)

    def _loads_more(self, admin: Admin) -> bool:
        """Whether the list of an admin may add `select_related` to its rows: for a key that it shows."""
        if any(self._values.of(admin.cls, name) is not None for name in _STEERING):
            return True
        columns = self._values.of(admin.cls, "list_display")
        if columns is None:
            return False
        listed = self._listed.of(columns)
        return listed.is_open or any(one.name in admin.model.relations for one in listed.names)

    def _named(self, admin: Admin, option: str) -> list[Definition]:
        """The functions and classes that an option of an admin lists by their names."""
        listed = self._values.of(admin.cls, option)
        if listed is None or listed.value is None:
            return []
        module, scope = listed.holder.module, listed.holder.fact.qualname
        answers = [self._scopes.resolve(module, scope, one) for one in items(listed.value) or ()]
        return [one for one in answers if isinstance(one, Definition) and not one.member]
