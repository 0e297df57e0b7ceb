"""The filter sets of `django-filter`: which fields of which model they ask for.

https://django-filter.readthedocs.io/en/stable/ref/filterset.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Call, Literal, Mapping, last_name
from archlint.frameworks.class_heads import ClassHeads, aliases
from archlint.frameworks.class_values import ClassValue, ClassValues
from archlint.frameworks.django.given_filter_sets import GivenFilterSets
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.listed import Listed
from archlint.project.answer import Answer, External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

_PACKAGE = "django_filters."
_STEERING = ("qs", "filter_queryset", "get_fields", "base_filters")
_LISTING = "get_filters"
"""Members by which a filter set decides itself what it asks for; the last may only add to that."""
_OWN_WAYS = ("filter", "__init__", "field_name", "method")
"""Members by which a class of filters decides that."""


class FilteredField(msgspec.Struct, frozen=True):
    """One path that a filter set follows."""

    model: DjangoModel
    path: str
    module: Module
    form: Literal | None
    """Where it is written; None where it is the name of the filter itself."""

    line: int
    column: int


def filtered_fields(project: Project) -> Iterator[FilteredField]:
    """Every one of a project, of the filter sets whose model and bases are known."""
    heads, values = project.view(ClassHeads), project.view(ClassValues)
    names = heads.going_by(frozenset({"FilterSet"}))
    for module, classes in heads:
        local = names | aliases(module, names)
        for index, head in enumerate(classes):
            cls = ProjectClass(module, index) if not local.isdisjoint(head.bases) else None
            outside = values.outside(cls) if cls is not None else None
            if cls is None or not outside or not all(name.startswith(_PACKAGE) for name in outside):
                continue
            is_usual = all(values.of(cls, name) is None for name in _STEERING)
            if is_usual and values.asks_base(cls, _LISTING):
                yield from _asked_for(project, cls)


def _asked_for(project: Project, cls: ProjectClass) -> Iterator[FilteredField]:
    """What one filter set declares, and what its `Meta` lists besides."""
    values = project.view(ClassValues)
    meta = values.of(cls, "Meta")
    if meta is None or meta.binding.kind is not Kind.CLASS:
        return
    options = ProjectClass(meta.holder.module, meta.binding.index)
    model = _model(project, values.of(options, "model"))
    if model is None or model.is_abstract:
        return
    if not project.view(GivenFilterSets).is_given_others(cls, model):
        yield from _declared(project, cls, model)
    for field in _listed(project, values.of(options, "fields"), model):
        if values.of(cls, field.path) is None:
            yield field


def _model(project: Project, option: ClassValue | None) -> DjangoModel | None:
    if option is None or option.value is None:
        return None
    models = project.view(DjangoModels)
    module, scope = option.holder.module, option.holder.fact.qualname
    target = models.references.expression(None, option.value, module, scope)
    model = models.model(target.key) if target.key else None
    return model if isinstance(model, DjangoModel) else None


def _declared(project: Project, cls: ProjectClass, model: DjangoModel) -> Iterator[FilteredField]:
    """`city = CharFilter(field_name="city__name")`."""
    scopes = project.view(Scopes)
    for name, value in project.view(ClassValues).values(cls).items():
        if not isinstance(value, Call) or not last_name(value.function).endswith("Filter"):
            continue
        is_plain = _is_plain(project, scopes.resolve(cls.module, cls.fact.qualname, value.function))
        given = {keyword.name: keyword.value for keyword in value.keywords}
        if (
            not is_plain
            or last_name(value.function) == "OrderingFilter"
            or not {"", "method", "name"}.isdisjoint(given)  # `name`: before version 2
        ):
            continue
        said = given.get("field_name") or (value.arguments[0] if value.arguments else None)
        if isinstance(said, Literal) and isinstance(said.value, str):
            yield FilteredField(model, said.value, cls.module, said, said.line, said.column)
        elif said is None:
            binding = next(member for member in cls.fact.members if member.name == name)
            yield FilteredField(model, name, cls.module, None, binding.line, binding.column)


def _is_plain(project: Project, found: Answer) -> bool:
    """Whether a class of filters is one of the package, or only adds to one: it asks for its field."""
    if isinstance(found, External):
        return found.name.startswith(_PACKAGE)
    values = project.view(ClassValues)
    cls = project.view(ClassHierarchy).of(found)
    outside = values.outside(cls) if cls is not None else None
    if cls is None or not outside or not all(name.startswith(_PACKAGE) for name in outside):
        return False
    return all(values.of(cls, name) is None for name in _OWN_WAYS)


def _listed(project: Project, option: ClassValue | None, model: DjangoModel) -> Iterator[FilteredField]:
    """`fields = ["rent"]`, `fields = {"rent": ["lte"]}`."""
    if option is None or option.value is None:
        return
    module = option.holder.module
    if isinstance(option.value, Mapping):
        forms = [key for key in option.value.keys if isinstance(key, Literal)]
        named = [(str(form.value), form, module) for form in forms]
    else:
        named = [(one.name, one.form, one.module) for one in project.view(Listed).of(option).names]
    for name, form, written_in in named:
        yield FilteredField(model, name, written_in, form, form.line, form.column)
