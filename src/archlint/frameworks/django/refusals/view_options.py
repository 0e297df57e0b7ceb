"""The fields that generic views of Django name in their options.

https://docs.djangoproject.com/en/5.2/ref/class-based-views/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Literal
from archlint.frameworks.class_values import ClassValue, ClassValues
from archlint.frameworks.django.loads.only_sets import only_query_set
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.urls.single_objects import single_objects
from archlint.frameworks.listed import Listed, ListedName
from archlint.project.classes import ClassHierarchy, ProjectClass

if TYPE_CHECKING:
    from archlint.frameworks.django.urls.routes import DjangoRoute
    from archlint.project.project import Project

_VIEWS = "django.views.generic."
_LISTS = ("ListView", "BaseListView", "ArchiveIndexView")
_SINGLE = ("DetailView", "BaseDetailView", "UpdateView", "BaseUpdateView", "DeleteView", "BaseDeleteView")
_DATED = ("ArchiveIndexView", "YearArchiveView", "MonthArchiveView", "WeekArchiveView", "DayArchiveView")
_EDITING = ("CreateView", "BaseCreateView", "UpdateView", "BaseUpdateView")
_OPTIONS = {
    "ordering": (frozenset(_LISTS), ("get_ordering",)),
    "slug_field": (frozenset(_SINGLE), ("get_slug_field", "get_object")),
    "date_field": (frozenset({*_DATED, "TodayArchiveView", "DateDetailView"}), ("get_date_field",)),
    "fields": (frozenset(_EDITING), ("form_class", "get_form_class", "get_form")),
}
"""Each option with the views that read it, and what a view may have that takes its place."""


SLUG = "slug"
"""What `slug_field` is where a view does not say it."""


class ViewField(msgspec.Struct, frozen=True):
    """One name in one option of one view."""

    cls: ProjectClass
    model: DjangoModel
    option: ClassValue
    name: ListedName
    path: str
    """The name without the sign in front of it."""

    is_annotated: bool
    """Whether it is, or may be, an annotation of the view's query set."""


class ViewSlug(msgspec.Struct, frozen=True):
    """A route by which a view finds its object in the field `slug`."""

    cls: ProjectClass
    model: DjangoModel
    route: DjangoRoute
    is_annotated: bool
    """Whether `slug` is, or may be, an annotation of the view's query set."""


def view_fields(project: Project) -> Iterator[ViewField]:
    """Every such name of the views whose model is known. Views that others inherit from are left out."""
    for module in project.modules:
        if any(fact.module.startswith("django.") or fact.level for fact in module.facts.imports):
            for index in range(len(module.classes)):
                yield from _of_view(project, ProjectClass(module, index))


def usual_slugs(project: Project) -> Iterator[ViewSlug]:
    """Every route that tells an object by its slug, to a view that does not say which field that is."""
    values, models = project.view(ClassValues), project.view(DjangoModels)
    for one in single_objects(project):
        if not one.is_told_by_slug or values.of(one.cls, "slug_field") is not None:
            continue
        base = only_query_set(project, one.cls)
        model = models.model(base.model) if base is not None else None
        if base is not None and isinstance(model, DjangoModel) and not model.is_abstract:
            yield ViewSlug(one.cls, model, one.route, base.is_open or SLUG in base.annotations)


def _of_view(project: Project, cls: ProjectClass) -> Iterator[ViewField]:
    """The names in the options of one class; none where it is no view whose model is known."""
    values, hierarchy = project.view(ClassValues), project.view(ClassHierarchy)
    outside = (values.outside(cls) or ()) if cls.fact.bases else ()
    kinds = {name.rpartition(".")[2] for name in outside if name.startswith(_VIEWS)}
    found = list(_options(values, cls, kinds)) if kinds and not hierarchy.below(cls) else []
    base = only_query_set(project, cls) if found else None
    model = project.view(DjangoModels).model(base.model) if base is not None else None
    if base is None or not isinstance(model, DjangoModel) or model.is_abstract:
        return
    for option in found:
        for name in _names(project, option):
            path = name.name.removeprefix("-") if option.binding.name == "ordering" else name.name
            is_annotated = base.is_open or path.partition("__")[0] in base.annotations
            if path and path != "?":
                yield ViewField(cls, model, option, name, path, is_annotated)


def _options(values: ClassValues, cls: ProjectClass, kinds: set[str]) -> Iterator[ClassValue]:
    for name, (readers, instead) in _OPTIONS.items():
        option = values.of(cls, name) if not readers.isdisjoint(kinds) else None
        if (
            option is None
            or option.value is None
            or any(values.of(cls, each) is not None for each in instead)
        ):
            continue
        if name != "ordering" or values.asks_base(cls, "get_queryset"):
            yield option


def _names(project: Project, option: ClassValue) -> tuple[ListedName, ...]:
    value = option.value
    if isinstance(value, Literal):
        is_text = isinstance(value.value, str) and value.value != "__all__"
        return (ListedName(str(value.value), value, option.holder.module),) if is_text else ()
    return project.view(Listed).of(option).names
