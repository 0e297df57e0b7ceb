"""Requests, and what class-based views have of the framework."""

from __future__ import annotations

from archlint.frameworks.django.query.objects import ModelClass, ModelObject
from archlint.frameworks.django.query.sets import QuerySet
from archlint.project.answer import UNKNOWN
from archlint.project.classes import ProjectClass
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.values import Arguments, Closure, Object, Value, alternatives

_VIEWS = ("django.views.", "rest_framework.")


class HttpRequest(Behaviour, frozen=True):
    """A request; its user is an object of the user model."""

    is_noted = False

    user: str

    def attribute(self, name: str, site: Site) -> Value:
        """`request.user`."""
        return ModelObject(self.user, how="one") if name == "user" and self.user else UNKNOWN

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """`request.auser()` and the like are not followed."""
        return UNKNOWN


class ViewMethod(Behaviour, frozen=True):
    """A method of a generic view: `get_queryset`, `get_object`."""

    is_noted = False

    view: Object
    name: str

    def call(self, arguments: Arguments, site: Site) -> Value:
        """What the framework's own method gives."""
        found = base_query_set(self.view, site)
        if self.name == "get_queryset":
            return found
        if self.name == "get_object":
            own = site.attribute(self.view, "get_queryset")
            given = site.call(own, Arguments()) if isinstance(own, Closure) else found
            return given.row("one") if isinstance(given, QuerySet) else UNKNOWN
        return arguments.get("queryset", 0) or UNKNOWN


def view_member(of: Object, base: str, name: str, site: Site, user: str) -> Value | None:
    """What a base class from outside gives to a view; None where it is no view or no such attribute."""
    if not base.startswith(_VIEWS):
        return None
    if name == "request":
        return HttpRequest(user)
    if name in ("get_queryset", "get_object", "filter_queryset", "paginate_queryset"):
        return ViewMethod(of, name)
    return None


def base_query_set(view: Object, site: Site) -> Value:
    """The query set of a view's class: `queryset = …` or `model = …`."""
    if not isinstance(view.of, ProjectClass):
        return UNKNOWN
    for value in alternatives(site.own_of_class(view.of, "queryset")):
        if isinstance(value, QuerySet):
            return value.begun(site) if value.is_manager else value
    model = site.own_of_class(view.of, "model")
    if isinstance(model, ModelClass):
        manager = model.attribute("_default_manager", site)
        return manager.begun(site) if isinstance(manager, QuerySet) else UNKNOWN
    return UNKNOWN
