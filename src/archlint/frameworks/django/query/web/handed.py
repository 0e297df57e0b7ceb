"""The objects of models that the framework hands to methods and functions of the project."""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.definitions import Parameter
from archlint.facts.expressions import Call, Literal, Name, last_name, written_text
from archlint.facts.forms import parts, passed_values
from archlint.facts.statements import Assign
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.objects.model_object import ModelClass, ModelObject
from archlint.frameworks.django.query.web.admin_objects import shown_object
from archlint.frameworks.django.query.web.admin_rows import ActionRows
from archlint.frameworks.django.query.web.backend_rows import BackendRows
from archlint.frameworks.django.query.web.filtered import filtered_rows
from archlint.frameworks.django.query.web.permitted import HOOK, Permitted
from archlint.frameworks.django.query.web.validated_fields import given_to_create
from archlint.frameworks.django.query.web.views import context_of
from archlint.frameworks.django.signals import Receiver, Signals
from archlint.project.answer import External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.behaviour import Site
from archlint.project.flow.values import Object, Value, any_of
from archlint.project.functions import ProjectFunction
from archlint.project.scopes import nested

_SERIALIZERS = "rest_framework.serializers."
_TAKES_OBJECT = frozenset({"to_representation", "update"})
_ASKING_METHOD = "Method"
"""What the names of fields have that call a method: `SerializerMethodField`."""

_FILTERING = ("self", "queryset", "name", "value")
"""What a method takes that a filter of a filter set names."""

_SIGNALS = frozenset({"post_save", "pre_save", "post_delete", "pre_delete", "post_init"})


def handed(function: ProjectFunction, parameter: Parameter, site: Site) -> Value | None:
    """The object that a parameter without an annotation is given; None where nothing is known."""
    if parameter.annotation is not None or parameter.name == function.receiver:
        return None
    names = [one.name for one in function.fact.parameters]
    if len(names) == len(_FILTERING) and parameter.name == names[1] and function.fact.owner >= 0:
        filtered = filtered_rows(ProjectClass(function.module, function.fact.owner), site)
        if filtered is not None:
            return filtered
    if function.fact.name == "filter_queryset" and len(names) == 4 and function.fact.owner >= 0:
        return site.project.view(BackendRows).of(function, site) if parameter.name == names[2] else None
    if parameter.name == "queryset" and len(names) > 2:
        return site.project.view(ActionRows).of(function, site)
    if function.fact.owner < 0:
        return _of_signal(function, parameter, site)
    is_second = len(names) > 1 and parameter.name == names[1]
    cls = _own_class(function, site)
    if function.fact.name == HOOK:
        return site.project.view(Permitted).of(cls, site) if parameter.name == names[-1] else None
    if is_second and function.fact.name == "render_to_response":
        return _of_view(cls, site)
    if (given := given_to_create(function, parameter, site)) is not None:
        return given
    if is_second and (function.fact.name.startswith("get_") or function.fact.name in _TAKES_OBJECT):
        return _of_serializer(cls, function.fact.name, site)
    return shown_object(function, parameter, site)


def _own_class(function: ProjectFunction, site: Site) -> ProjectClass:
    """The class of the object whose method it is: that of an heir, where it is run for one."""
    own = site.of(Name(function.receiver, function.fact.line, 0)) if function.receiver else None
    if isinstance(own, Object) and isinstance(own.of, ProjectClass):
        return own.of
    return ProjectClass(function.module, function.fact.owner)


def methods_with_objects(hierarchy: ClassHierarchy, cls: ProjectClass) -> frozenset[str]:
    """The names of methods that a serializer of REST framework calls with objects of its model."""
    order = hierarchy.order(cls)
    if not any(isinstance(one, External) and one.name.startswith(_SERIALIZERS) for one in order):
        return frozenset()
    meta = nested(cls.module, f"{cls.fact.qualname}.Meta")
    if meta is None:
        return frozenset(f"get_{member.name}" for member in cls.fact.members)
    return _TAKES_OBJECT | {f"get_{name}" for name in _listed(ProjectClass(meta.module, meta.index))}


def _listed(meta: ProjectClass) -> Iterator[str]:
    """The fields that a serializer writes out; what it inherits besides is never asked for."""
    for statement in meta.module.statements(meta.fact):
        if isinstance(statement, Assign) and any(last_name(each) == "fields" for each in statement.targets):
            yield from filter(None, map(written_text, parts(statement.value)))


def _of_serializer(cls: ProjectClass, method: str, site: Site) -> Value | None:
    """`Meta.model` of a serializer of REST framework, for a method that is called with an object."""
    hierarchy = site.project.view(ClassHierarchy)
    order = hierarchy.order(cls)
    if not any(isinstance(one, External) and one.name.startswith(_SERIALIZERS) for one in order):
        return None
    own = [one for one in order if isinstance(one, ProjectClass)]
    if method not in _TAKES_OBJECT and not any(_has_field_of(one, method) for one in own):
        return None
    for ancestor in own:
        meta = nested(ancestor.module, f"{ancestor.fact.qualname}.Meta")
        if meta is not None:
            return _object(site.own_of_class(ProjectClass(meta.module, meta.index), "model"))
    return None


def _has_field_of(cls: ProjectClass, method: str) -> bool:
    """Whether a class declares the field that is read by a method."""
    name = method.removeprefix("get_")
    for statement in cls.module.statements(cls.fact):
        if not isinstance(statement, Assign) or not isinstance(statement.value, Call):
            continue
        is_named_so = any(isinstance(target, Name) and target.id == name for target in statement.targets)
        if is_named_so and _ASKING_METHOD in last_name(statement.value.function):
            return True
        if method in _texts(statement.value):
            return True
    return False


def _texts(field: Call) -> Iterator[object]:
    """What a field is given as texts: the name of its method is among them."""
    for given in passed_values(field):
        if isinstance(given, Literal):
            yield given.value


def _of_view(cls: ProjectClass, site: Site) -> Value | None:
    """The context of a generic view."""
    for base in site.project.view(ClassHierarchy).order(cls):
        if isinstance(base, External) and base.name.startswith("django.views.generic."):
            return context_of(Object(cls), base.name, site)
    return None


def _of_signal(function: ProjectFunction, parameter: Parameter, site: Site) -> Value | None:
    """`@receiver(post_save, sender=Order)`, perhaps several of them, and what is connected by a call."""
    if parameter.name != "instance":
        return None
    receivers = site.project.view(Signals).of(function)
    senders = [_sender(receiver, site) for receiver in receivers if receiver.signal in _SIGNALS]
    known = [one for one in senders if one is not None]
    return any_of(known) if known and len(known) == len(receivers) else None


def _sender(receiver: Receiver, site: Site) -> Value | None:
    """An object of the model that a receiver listens to, also where a text or a setting names it."""
    if receiver.sender is None:
        return None
    models = site.project.view(DjangoModels)
    target = models.references.expression(None, receiver.sender, receiver.module, receiver.scope)
    model = models.model(target.key) if target.key else None
    return ModelObject(model.key, how="handed") if isinstance(model, DjangoModel) else None


def _object(model: Value) -> Value | None:
    return ModelObject(model.model, how="handed") if isinstance(model, ModelClass) else None
