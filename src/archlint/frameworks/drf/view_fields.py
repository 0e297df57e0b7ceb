"""The fields that views of REST framework name in their options."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Attribute, Collection, Literal, Mapping, Name
from archlint.frameworks.class_values import ClassValue, ClassValues
from archlint.frameworks.django.loads.only_sets import only_query_set
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.settings.modules import Settings
from archlint.frameworks.drf.view_classes import ON_ONE, ViewClasses
from archlint.frameworks.listed import Listed, ListedName
from archlint.project.classes import ProjectClass

if TYPE_CHECKING:
    from archlint.project.project import Project

_BACKENDS = {
    "search_fields": "SearchFilter",
    "ordering": "OrderingFilter",
    "ordering_fields": "OrderingFilter",
    "filterset_fields": "DjangoFilterBackend",
}
"""The options, and the filter that reads each."""

_SIGNS = {"search_fields": "^=@$", "ordering": "-"}
_SEARCHES = ("get_object", "filter_queryset", "get_search_fields")
"""Methods by which a view finds its objects in another way."""


class ViewField(msgspec.Struct, frozen=True):
    """One name in one option of one view."""

    cls: ProjectClass
    model: DjangoModel
    option: ClassValue
    name: ListedName
    path: str
    """The name without the sign in front of it."""

    is_open: bool
    """Whether it may be an annotation of the view's query set."""


def view_fields(project: Project) -> Iterator[ViewField]:
    """Every such name of the views whose model is known."""
    views, values = project.view(ViewClasses), project.view(ClassValues)
    for module in project.modules:
        for index, fact in enumerate(module.classes):
            cls = ProjectClass(module, index)
            kind = views.of(cls) if fact.bases else None
            if kind is None or not kind.is_generic:
                continue
            options = list(_options(project, cls, has_lookup=bool(kind.actions & ON_ONE)))
            if not options or any(values.of(cls, name) is not None for name in _SEARCHES):
                continue
            base = only_query_set(project, cls)
            model = project.view(DjangoModels).model(base.model) if base is not None else None
            if base is None or not isinstance(model, DjangoModel) or model.is_abstract:
                continue
            for option, name, path in options:
                is_open = base.is_open or path.partition("__")[0] in base.annotations
                yield ViewField(cls, model, option, name, path, is_open)


def _options(
    project: Project, cls: ProjectClass, *, has_lookup: bool
) -> Iterator[tuple[ClassValue, ListedName, str]]:
    values, listed = project.view(ClassValues), project.view(Listed)
    lookup = values.of(cls, "lookup_field") if has_lookup else None
    if lookup is not None and isinstance(lookup.value, Literal) and isinstance(lookup.value.value, str):
        name = ListedName(lookup.value.value, lookup.value, lookup.holder.module)
        yield lookup, name, name.name
    for option, backend in _BACKENDS.items():
        found = values.of(cls, option)
        if found is None or found.value is None or not _filters_by(project, cls, backend):
            continue
        if isinstance(found.value, Mapping):
            written = [key for key in found.value.keys if isinstance(key, Literal)]
            names = [ListedName(str(key.value), key, found.holder.module) for key in written]
        elif option == "ordering" and isinstance(found.value, Literal):
            names = [ListedName(str(found.value.value), found.value, found.holder.module)]
        else:
            names = list(listed.of(found).names)
        for name in names:
            path = name.name.lstrip(_SIGNS.get(option, ""))
            if path and path != "?":
                yield found, name, path


def _filters_by(project: Project, cls: ProjectClass, backend: str) -> bool:
    """Whether a view has a filter: its own, or that of the settings."""
    own = project.view(ClassValues).of(cls, "filter_backends")
    if own is None:
        modules = project.view(Settings).modules
        return any(f".{backend}" in project.text(one.module.path).text for one in modules)
    items = own.value.items if isinstance(own.value, Collection) else ()
    last = (
        one.attr if isinstance(one, Attribute) else one.id if isinstance(one, Name) else "" for one in items
    )
    return backend in last
