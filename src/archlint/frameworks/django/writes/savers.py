"""The forms and serializers that views make, and are handed by the framework.

https://docs.djangoproject.com/en/5.2/topics/class-based-views/generic-editing/ and
https://www.django-rest-framework.org/api-guide/generic-views/#methods
"""

from __future__ import annotations

from types import MappingProxyType

from archlint.facts.bindings import Kind
from archlint.facts.definitions import Parameter
from archlint.facts.expressions import Name
from archlint.frameworks.django.query.objects.model_object import ModelObject
from archlint.frameworks.django.query.web.validated import made_to_save
from archlint.project.answer import Definition, External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.behaviour import Site
from archlint.project.flow.values import NONE, Arguments, Closure, Object, Value, alternatives
from archlint.project.functions import ProjectFunction

_CHOOSING = {
    "form": ("get_form_class", "form_class", "get_form"),
    "serializer": ("get_serializer_class", "serializer_class", "get_serializer"),
}
"""What decides on the class, by method and by attribute, and what makes its object."""

_HANDED = {
    "form_valid": "form",
    "form_invalid": "form",
    "perform_create": "serializer",
    "perform_update": "serializer",
}
CHOSEN_BY = MappingProxyType({name: frozenset(_CHOOSING[what][:2]) for name, what in _HANDED.items()})
"""The attributes that decide what methods are handed."""


def handed_saver(function: ProjectFunction, parameter: Parameter, site: Site) -> Value | None:
    """The form or serializer that a method of a view is given; None where nobody can tell which."""
    what = _HANDED.get(function.fact.name)
    if what is None or function.fact.owner < 0 or len(function.fact.parameters) < 2:
        return None
    if parameter.name != function.fact.parameters[1].name:
        return None
    own = ProjectClass(function.module, function.fact.owner)
    receiver = site.of(Name(function.receiver, function.fact.line, function.fact.column))
    view = receiver if isinstance(receiver, Object) else Object(own)
    if not _is_asked(view, function.fact.name, site):
        return None
    cls = chosen_class(view, what, site)
    if cls is None or isinstance(site.attribute(view, _CHOOSING[what][2]), Closure):
        return None
    if what == "form":
        return Object(cls)
    if function.fact.name == "perform_create":
        return Object(cls, (("instance", NONE),))
    changed = site.call(site.attribute(view, "get_object"), Arguments())
    return Object(cls, (("instance", changed),)) if isinstance(changed, ModelObject) else Object(cls)


_ASKING = {
    "perform_create": ("create", "post", "CreateModelMixin CreateAPIView ListCreateAPIView ModelViewSet"),
    "perform_update": (
        "update",
        "put",
        "UpdateModelMixin UpdateAPIView RetrieveUpdateAPIView RetrieveUpdateDestroyAPIView ModelViewSet",
    ),
}
"""What calls a hook of REST framework's views: methods of the project, and classes of the framework."""


def _is_asked(view: Object, hook: str, site: Site) -> bool:
    """Whether a view may call a hook: one that only shows things does not call what it has from a mixin."""
    if hook not in _ASKING or not isinstance(view.of, ProjectClass):
        return True
    *own, framework = _ASKING[hook]
    order = site.project.view(ClassHierarchy).order(view.of)
    outside = {one.name.rpartition(".")[2] for one in order if isinstance(one, External)}
    if outside.isdisjoint(_GENERIC):
        return True
    members = {m.name for one in order if isinstance(one, ProjectClass) for m in one.fact.members}
    return not (outside.isdisjoint(framework.split()) and members.isdisjoint(own))


_GENERIC = frozenset(
    {"GenericAPIView", "GenericViewSet", "ReadOnlyModelViewSet", "RetrieveAPIView", "ListAPIView"}
)


def made_by_view(view: Object, what: str, arguments: Arguments, site: Site) -> Value | None:
    """What `self.get_serializer(…)` and `self.get_form()` give."""
    cls = chosen_class(view, what, site)
    if cls is None or arguments.get("many") is not None:
        return None
    made = made_to_save(site.project, cls, arguments)
    return Object(cls) if made is None else made


def chosen_class(view: Object, what: str, site: Site) -> ProjectClass | None:
    """The one class of forms or serializers that a view works with."""
    if not isinstance(view.of, ProjectClass):
        return None
    method, attribute, _ = _CHOOSING[what]
    own = site.attribute(view, method)
    chosen = (
        site.call(own, Arguments()) if isinstance(own, Closure) else site.own_of_class(view.of, attribute)
    )
    found = alternatives(chosen)
    first = found[0] if len(found) == 1 else None
    if not isinstance(first, Definition) or first.kind is not Kind.CLASS or first.member:
        return None
    return ProjectClass(first.module, first.index)
