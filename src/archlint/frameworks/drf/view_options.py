"""What the generic views of a project set and override, and which of it they need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Expression, Name, says
from archlint.frameworks.class_values import ClassValue, ClassValues
from archlint.frameworks.django.urls.answering import allowed_methods
from archlint.frameworks.django.urls.routes import DjangoRoute, DjangoRoutes
from archlint.frameworks.drf.view_classes import ViewClasses, ViewKind
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.project import Project

_ACTIONS_OF = {"create": ("create",), "update": ("update", "partial_update")}


class ViewOptions:
    """Answers for the views that URLs lead to."""

    def __init__(self, project: Project) -> None:
        self._scopes = project.view(Scopes)
        self._hierarchy = project.view(ClassHierarchy)
        self._values = project.view(ClassValues)
        self._kinds = project.view(ViewClasses)
        self._routes: dict[ProjectClass, list[DjangoRoute]] = {}
        for route in project.view(DjangoRoutes):
            if route.handler is not None and route.handler.cls is not None:
                self._routes.setdefault(route.handler.cls, []).append(route)

    @classmethod
    def build(cls, project: Project) -> ViewOptions:
        """The view of a project."""
        return cls(project)

    def routed(self) -> Iterator[ProjectClass]:
        """The views of REST framework that URLs lead to."""
        return (cls for cls in self._routes if self._kinds.of(cls) is not None)

    def routes(self, cls: ProjectClass) -> list[DjangoRoute]:
        """The routes to a view."""
        return self._routes.get(cls, [])

    def kind(self, cls: ProjectClass) -> ViewKind:
        """What REST framework makes of a view; only for those that are routed."""
        kind = self._kinds.of(cls)
        assert kind is not None
        return kind

    def value(self, cls: ProjectClass, name: str) -> ClassValue | None:
        """An attribute, a method; None where it is REST framework's own."""
        return self._values.of(cls, name)

    def is_unset(self, cls: ProjectClass, name: str) -> bool:
        """Whether an attribute has surely no value: nobody sets it, or somebody to None."""
        if any(route.view is not None and name in route.view.given for route in self.routes(cls)):
            return False
        if any(route.view is not None and "" in route.view.given for route in self.routes(cls)):
            return False
        order = [one for one in self._hierarchy.order(cls) if isinstance(one, ProjectClass)]
        if any(name in one.fact.attributes for one in order):
            return False
        found = self._values.of(cls, name)
        return found is None or says(found.value, None)

    def answering(self, cls: ProjectClass, *only: DjangoRoute) -> frozenset[str]:
        """The actions of REST framework's own that some URL leads to, none of them overridden.

        With routes, those that one of them leads to.
        """
        kind, allowed = self.kind(cls), allowed_methods(self._values, cls)
        reached: set[str] = set()
        for route in only or self.routes(cls):
            bound = route.handler.actions if route.handler is not None else None
            pairs = [pair for pair in kind.methods if self._values.of(cls, pair[0]) is None]
            for method, action in pairs if bound is None else bound:
                if allowed is None or method in allowed:
                    reached.add(action)
        own = {action for action in reached if self._values.of(cls, action) is not None}
        return frozenset(reached & kind.actions - own)

    def uses(self, cls: ProjectClass, action: str) -> bool:
        """Whether REST framework's own `create()` or `update()` of a view is reached."""
        return not self.answering(cls).isdisjoint(_ACTIONS_OF[action])

    def serializer_class(self, cls: ProjectClass) -> ProjectClass | None:
        """The one serializer of a view; None where it chooses one, or nobody can tell."""
        chooses = ("get_serializer_class", "get_serializer")
        if any(self._values.of(cls, name) is not None for name in chooses):
            return None
        found = self._values.of(cls, "serializer_class")
        if found is None or not isinstance(found.value, (Name, Attribute)):
            return None
        return self.class_of(found, found.value)

    def class_of(self, option: ClassValue, value: Expression) -> ProjectClass | None:
        """The class of the project that an attribute of a view names."""
        answer = self._scopes.resolve(option.holder.module, option.holder.fact.qualname, value)
        return self._hierarchy.of(answer)
