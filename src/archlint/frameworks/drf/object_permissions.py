"""Views that find an object on their own, and never ask their permission classes about it.

https://www.django-rest-framework.org/api-guide/permissions/#object-level-permissions
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.bindings import Kind
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.drf.permissions import Permissions
from archlint.frameworks.drf.view_classes import ViewClasses
from archlint.project.answer import External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import ProjectFunction
from archlint.project.project import Project

_HOOK = "has_object_permission"
_ASKING = ("check_object_permissions", _HOOK, "permission_denied", "PermissionDenied")
"""What code speaks of that asks its permissions, or refuses on its own."""

_SCOPING = ("request", "user")
"""What code speaks of that looks itself for whom an object is."""


def unasked_about_objects(project: Project) -> Iterator[tuple[ProjectClass, ProjectFunction | None]]:
    """Every view whose permissions are about objects, with the method that finds one without asking."""
    values, views = project.view(ClassValues), project.view(ViewClasses)
    hierarchy = project.view(ClassHierarchy)
    about_objects = frozenset(cls.name for cls in hierarchy.classes() if values.own(cls, _HOOK) is not None)
    if not about_objects:
        return
    for guarded in project.view(Permissions).guarded(about_objects.__contains__):
        view = guarded.view
        if guarded.by is not True or not isinstance(view, ProjectClass):
            continue
        kind = views.of(view)
        own = values.of(view, "get_object") if kind is not None and kind.is_generic else None
        finder = own.function if own is not None else None
        is_silent = finder is None or not _is_known(hierarchy, view) or _asks(hierarchy, view)
        is_silent = is_silent or finder is None or _looks_itself(values, view, finder)
        yield view, None if is_silent else finder


def _is_known(hierarchy: ClassHierarchy, view: ProjectClass) -> bool:
    """Whether all of a view is the project's own or REST framework's."""
    return all(
        isinstance(one, ProjectClass)
        or (isinstance(one, External) and one.name.startswith("rest_framework."))
        for one in hierarchy.order(view)
    )


def _asks(hierarchy: ClassHierarchy, view: ProjectClass) -> bool:
    """Whether any method of a view asks its permissions about an object, or refuses on its own."""
    return any(
        one.module.mentions(one.module.functions[member.index], name)
        for one in hierarchy.order(view)
        if isinstance(one, ProjectClass)
        for member in one.fact.members
        if member.kind is Kind.FUNCTION
        for name in _ASKING
    )


def _looks_itself(values: ClassValues, view: ProjectClass, finder: ProjectFunction) -> bool:
    """Whether who asks plays a role in what is found, or REST framework's own method finds it."""
    rows = values.of(view, "get_queryset")
    about = [finder, *([rows.function] if rows is not None and rows.function is not None else [])]
    if finder.module.mentions(finder.fact, "super"):
        return True
    return any(one.module.mentions(one.fact, name) for one in about for name in _SCOPING)
