"""Requests, and what class-based views have of the framework."""

from __future__ import annotations

from archlint.frameworks.django.query.objects.model_object import ModelClass, ModelObject
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.project.answer import UNKNOWN
from archlint.project.classes import ProjectClass
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.values import (
    Arguments,
    Closure,
    Constant,
    Entries,
    Many,
    Object,
    Pending,
    Value,
    alternatives,
)

_VIEWS = ("django.views.", "rest_framework.")
_ADMIN = "django.contrib.admin."


_METHODS = frozenset(
    {
        "get_queryset",
        "get_object",
        "filter_queryset",
        "paginate_queryset",
        "get_serializer",
        "get_serializer_class",
        "get_form",
        "get_context_data",
    }
)


class HttpRequest(Behaviour, frozen=True):
    """A request; its user is an object of the user model."""

    is_noted = False

    user: str
    verb: str = ""
    """Its method, where it is known: `GET`."""

    def attribute(self, name: str, site: Site) -> Value:
        """`request.user`, `request.method`."""
        if name == "method" and self.verb:
            return Constant(self.verb)
        return ModelObject(self.user, how="one") if name == "user" and self.user else UNKNOWN

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """`request.auser()`; others are not followed."""
        return Pending(ModelObject(self.user, how="one")) if name == "auser" and self.user else UNKNOWN


class ViewMethod(Behaviour, frozen=True):
    """A method of a generic view: `get_queryset`, `get_object`."""

    is_noted = False

    view: Object
    name: str
    base: str = ""
    """The class that gives it."""

    def call(self, arguments: Arguments, site: Site) -> Value:
        """What the framework's own method gives."""
        if self.name == "get_queryset":
            return base_query_set(self.view, site)
        if self.name == "get_object":
            given = arguments.get("queryset", 0)
            return _object(self.view, site) if given is None else _one_of(given)
        if self.name == "get_serializer_class":
            of = self.view.of
            return site.own_of_class(of, "serializer_class") if isinstance(of, ProjectClass) else UNKNOWN
        if self.name in ("get_serializer", "get_form"):
            from archlint.frameworks.django.writes.savers import made_by_view

            return made_by_view(self.view, self.name.removeprefix("get_"), arguments, site) or UNKNOWN
        if self.name == "get_context_data":
            shown = context_of(self.view, self.base, site)
            return Entries((*shown.values, *arguments.named), is_open=True)
        if self.name == "paginate_queryset":
            return _page(self.base, arguments.get("queryset", 0))
        return arguments.get("queryset", 0) or UNKNOWN


class AdminRows(Behaviour, frozen=True):
    """`get_queryset` of a class of the admin."""

    is_noted = False

    admin: Object

    def call(self, arguments: Arguments, site: Site) -> Value:
        """Every row of the one model that it is registered for."""
        from archlint.frameworks.django.admin.registered import Admins

        models = {one.model.key for one in site.project.view(Admins) if one.cls == self.admin.of}
        if len(models) != 1:
            return UNKNOWN
        manager = ModelClass(models.pop()).attribute("_default_manager", site)
        return manager.begun(site) if isinstance(manager, QuerySet) else UNKNOWN


def context_of(view: Object, base: str, site: Site) -> Entries:
    """What a generic view of Django's hands to its template: the rows of a list, the object of a page."""
    last = base.rpartition(".")[2]
    if last in _LISTING:
        return Entries((("object_list", _rows(view, site)),), is_open=True)
    return Entries((("object", _object(view, site)),) if last in _ON_ONE else (), is_open=True)


_LISTING = frozenset({"ListView", "BaseListView", "MultipleObjectMixin"})
_ON_ONE = frozenset({"DetailView", "UpdateView", "DeleteView", "SingleObjectMixin", "BaseDetailView"})


def _rows(view: Object, site: Site) -> Value:
    own = site.attribute(view, "get_queryset")
    return site.call(own, Arguments()) if isinstance(own, Closure) else base_query_set(view, site)


def _object(view: Object, site: Site) -> Value:
    return _one_of(_rows(view, site))


def _page(base: str, given: Value | None) -> Value:
    """The rows of one page: REST framework's paginators make a list of them, Django's views a tuple."""
    if not isinstance(given, QuerySet) or base.startswith(_VIEWS[0]):
        return UNKNOWN
    return Many(given.row(), given)


def _one_of(given: Value) -> Value:
    return given.row("one") if isinstance(given, QuerySet) else UNKNOWN


def view_member(of: Object, base: str, name: str, site: Site, user: str) -> Value | None:
    """What a base class from outside gives to a view; None where it is no view or no such attribute."""
    if base.startswith(_ADMIN) and name == "get_queryset":
        return AdminRows(of)
    if not base.startswith(_VIEWS):
        return None
    if name == "request":
        return HttpRequest(user)
    if name in _METHODS:
        return ViewMethod(of, name, base)
    if name in ("object_list", "object"):
        shown = context_of(of, base, site).get(name)
        return None if shown is UNKNOWN else shown
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
