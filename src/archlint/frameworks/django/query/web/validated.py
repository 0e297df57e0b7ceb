"""Forms and serializers: what they give once what a client sent is validated.

https://docs.djangoproject.com/en/5.2/ref/forms/api/ and
https://www.django-rest-framework.org/api-guide/serializers/#saving-instances
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Call, Name, last_name
from archlint.frameworks.django.query.objects.model_object import ModelClass, ModelObject
from archlint.frameworks.django.query.web.validated_fields import MODEL_SERIALIZERS, validated
from archlint.frameworks.django.writes.saving import Saving, Writing
from archlint.project.answer import UNKNOWN, External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.behaviour import Site
from archlint.project.flow.values import NONE, Arguments, Constant, Object, Value, only
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.scopes import nested

if TYPE_CHECKING:
    from archlint.project.project import Project

SERIALIZERS = "rest_framework.serializers."
_FORMS = ("django.forms.", "django.contrib.auth.forms.", "django.contrib.admin.forms.")
_OPTIONS = External("django.forms.models.ModelFormOptions")
_RELATED_FIELDS = frozenset({"rest_framework.relations.RelatedField", f"{SERIALIZERS}RelatedField"})
_SAVING = frozenset({"save", "update"})
_STEERING = frozenset({"create", "save", "validate", "run_validation", "to_internal_value", "validated_data"})
"""What a serializer may have of its own that decides what is saved, and how."""


def validated_member(of: Object, base: str, name: str, site: Site) -> Value | None:
    """What the framework gives to a form or a serializer by a name; None where it is neither."""
    is_serializer = base.startswith(SERIALIZERS)
    if not is_serializer and not base.startswith(_FORMS):
        return None
    if name == "save":
        model = saved_model(of, site)
        return Saving(of, model, is_serializer and bool(model) and _makes_plainly(of, site.project))
    if name in ("create", "update") and base in MODEL_SERIALIZERS:
        return Writing(saved_model(of, site), name)
    if name == ("validated_data" if is_serializer else "cleaned_data"):
        return validated(of, site)
    if name in ("instance", "_meta") and not is_serializer:
        model = saved_model(of, site)
        if model and name == "_meta":
            return Object(_OPTIONS, (("model", ModelClass(model)),))
        return ModelObject(model, how="given") if model else None
    return None


def made_to_save(project: Project, cls: ProjectClass, arguments: Arguments) -> Value | None:
    """A form or serializer as it is made: with the object that it changes; None for other classes."""
    order = project.view(ClassHierarchy).order(cls)
    names = [one.name for one in order if isinstance(one, External)]
    if arguments.get("many") not in (None, Constant(False)):
        goes_through_list = not _RELATED_FIELDS.isdisjoint(names)
        is_serializer = any(name.startswith(SERIALIZERS) for name in names)
        saves_list = is_serializer and arguments.get("data", 1) is not None
        return UNKNOWN if goes_through_list or saves_list else None
    if not any(name.startswith(SERIALIZERS) for name in names) or arguments.is_open:
        return None
    if _gives_others(project, cls):
        return None
    instance = arguments.get("instance", 0) or NONE
    return Object(cls, (("instance", instance),)) if instance == NONE or only(instance, ModelObject) else None


def _gives_others(project: Project, cls: ProjectClass) -> bool:
    """Whether saving may leave a serializer with something else than the object that it was given."""
    own = (one for one in project.view(ClassHierarchy).order(cls) if isinstance(one, ProjectClass))
    methods = (
        ProjectFunction(one.module, member.index)
        for one in own
        for member in one.fact.members
        if member.name == "update" and member.kind is Kind.FUNCTION
    )
    functions = project.view(Functions)
    return any(not _gives_its_own(functions, method) for method in methods)


def _gives_its_own(functions: Functions, update: ProjectFunction) -> bool:
    """Whether `update` gives the object that it takes, or what the one above makes of that."""
    summary = functions.summary(update)
    taken = {parameter.name for parameter in update.fact.parameters[1:2]}
    for form in summary.returns:
        if isinstance(form, Name) and form.id in taken:
            continue
        bound = summary.bound.get(form.id, ()) if isinstance(form, Name) else ()
        made = [each.value for each in bound] or [form]
        if any(not isinstance(each, Call) or last_name(each.function) not in _SAVING for each in made):
            return False
    return True


def saved_model(of: Object, site: Site) -> str:
    """The key of the model that a form or serializer saves, which its `Meta` names."""
    if not isinstance(of.of, ProjectClass):
        return ""
    for ancestor in site.project.view(ClassHierarchy).order(of.of):
        if not isinstance(ancestor, ProjectClass):
            continue
        meta = nested(ancestor.module, f"{ancestor.fact.qualname}.Meta")
        if meta is not None and meta.kind is Kind.CLASS:
            model = site.own_of_class(ProjectClass(meta.module, meta.index), "model")
            return model.model if isinstance(model, ModelClass) else ""
    return ""


def _makes_plainly(of: Object, project: Project) -> bool:
    """Whether a serializer surely makes a new object of all that it is told to save."""
    if dict(of.fields).get("instance") != NONE or not isinstance(of.of, ProjectClass):
        return False
    is_model = False
    for ancestor in project.view(ClassHierarchy).order(of.of):
        if isinstance(ancestor, ProjectClass):
            if any(member.name in _STEERING for member in ancestor.fact.members):
                return False
        elif isinstance(ancestor, External) and ancestor.name.startswith(SERIALIZERS):
            is_model = is_model or ancestor.name in MODEL_SERIALIZERS
        else:
            return False
    return is_model
