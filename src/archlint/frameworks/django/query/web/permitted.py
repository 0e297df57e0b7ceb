"""The objects that views of REST framework ask their permission classes about.

https://www.django-rest-framework.org/api-guide/permissions/#object-level-permissions
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Name
from archlint.facts.forms import walked
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.django.query.objects.model_object import ModelObject
from archlint.project.answer import Definition
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.values import Arguments, Object, Value, any_of
from archlint.project.functions import ProjectFunction
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.facts.expressions import Form
    from archlint.project.flow.behaviour import Site
    from archlint.project.project import Project

_LIST, _METHOD = "permission_classes", "get_permissions"
_ASKING = "check_object_permissions"
HOOK = "has_object_permission"


class Permitted:
    """Which views ask a permission class."""

    def __init__(self, project: Project) -> None:
        self._scopes, self._values = project.view(Scopes), project.view(ClassValues)
        self._hierarchy = project.view(ClassHierarchy)
        self._views: defaultdict[ProjectClass, list[ProjectClass]] = defaultdict(list)
        for cls in self._hierarchy.classes():
            for permission in self._named(cls):
                self._views[permission].append(cls)

    @classmethod
    def build(cls, project: Project) -> Permitted:
        """The view of a project."""
        return cls(project)

    def of(self, permission: ProjectClass, site: Site) -> Value | None:
        """What `has_object_permission` may be asked about; None where nobody can tell."""
        heirs = (one for one in self._hierarchy.below(permission) if self._has_own(one, HOOK) is None)
        views = [view for one in (permission, *heirs) for view in self._views.get(one, ())]
        asked = [self._object(each, site) for view in views for each in (view, *self._heirs(view))]
        found = [one for one in asked if one is not None]
        return any_of(found) if found and len(found) == len(asked) else None

    def _heirs(self, view: ProjectClass) -> Iterator[ProjectClass]:
        """The views that take over which permissions they ask for."""
        for one in self._hierarchy.below(view):
            if self._has_own(one, _LIST) is None and self._has_own(one, _METHOD) is None:
                yield one

    def _has_own(self, cls: ProjectClass, name: str) -> object | None:
        return next((member for member in cls.fact.members if member.name == name), None)

    def _named(self, cls: ProjectClass) -> Iterator[ProjectClass]:
        """The classes of the project that a view names as its permissions."""
        for name in (_LIST, _METHOD):
            found = self._values.own(cls, name) if self._has_own(cls, name) is not None else None
            if found is None:
                continue
            forms: tuple[Form, ...] = () if found.value is None else (found.value,)
            if found.function is not None:
                forms = cls.module.statements(found.function.fact)
            yield from filter(None, (self._class(cls, form) for form in walked(forms)))

    def _class(self, view: ProjectClass, form: Form) -> ProjectClass | None:
        """The class of the project that a name in a view stands for."""
        if not isinstance(form, (Name, Attribute)):
            return None
        answer = self._scopes.resolve(view.module, view.fact.qualname, form)
        return self._hierarchy.of(answer) if isinstance(answer, Definition) else None

    def _object(self, view: ProjectClass, site: Site) -> ModelObject | None:
        """The object of a view, where its framework alone asks about it."""
        order = [one for one in self._hierarchy.order(view) if isinstance(one, ProjectClass)]
        methods = [
            ProjectFunction(one.module, m.index)
            for one in order
            for m in one.fact.members
            if m.kind is Kind.FUNCTION
        ]
        if any(each.module.mentions(each.fact, _ASKING) for each in methods):
            return None
        found = site.call(site.attribute(Object(view), "get_object"), Arguments())
        return ModelObject(found.model, how="handed") if isinstance(found, ModelObject) else None
