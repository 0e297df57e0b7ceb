"""The query sets that Django's admin hands to its actions and hooks.

https://docs.djangoproject.com/en/5.2/ref/contrib/admin/actions/
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Kind
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.django.admins import Admin, Admins
from archlint.frameworks.django.query.objects import default_manager, manager_value
from archlint.frameworks.django.query.sets import QuerySet
from archlint.frameworks.django.urls.making import items
from archlint.project.answer import Definition
from archlint.project.classes import ProjectClass
from archlint.project.functions import ProjectFunction
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.flow.behaviour import Site
    from archlint.project.project import Project


class ActionRows:
    """Which admin hands its rows to a method or function."""

    def __init__(self, project: Project) -> None:
        self._scopes, self._values = project.view(Scopes), project.view(ClassValues)
        self._by_class: defaultdict[ProjectClass, list[Admin]] = defaultdict(list)
        self._by_action: defaultdict[ProjectFunction, list[Admin]] = defaultdict(list)
        for admin in project.view(Admins):
            self._by_class[admin.cls].append(admin)
            for function in self._actions(admin):
                self._by_action[function].append(admin)

    @classmethod
    def build(cls, project: Project) -> ActionRows:
        """The view of a project."""
        return cls(project)

    def of(self, function: ProjectFunction, site: Site) -> QuerySet | None:
        """What the parameter `queryset` is given; None where nobody knows, or several admins may give it."""
        owner = function.fact.owner
        if owner >= 0:
            admins = self._by_class.get(ProjectClass(function.module, owner), [])
        else:
            admins = self._by_action.get(function, [])
        if len({one.model.key for one in admins}) != 1:
            return None
        admin = admins[0]
        rows = manager_value(admin.model, default_manager(admin.model)).begun(site)
        if not isinstance(rows, QuerySet):
            return None
        is_own = all(one.is_closed and self._values.of(one.cls, "get_queryset") is None for one in admins)
        return msgspec.structs.replace(rows, loads_more=True, is_open=rows.is_open or not is_own)

    def _actions(self, admin: Admin) -> list[ProjectFunction]:
        """The functions in the `actions` of an admin."""
        listed = self._values.of(admin.cls, "actions")
        if listed is None or listed.value is None:
            return []
        module, scope = listed.holder.module, listed.holder.fact.qualname
        answers = [self._scopes.resolve(module, scope, one) for one in items(listed.value) or ()]
        found = [one for one in answers if isinstance(one, Definition) and not one.member]
        return [ProjectFunction(one.module, one.index) for one in found if one.kind is Kind.FUNCTION]
