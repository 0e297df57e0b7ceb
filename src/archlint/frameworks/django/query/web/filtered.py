"""The rows that filter sets of `django-filter` hand to their methods.

https://django-filter.readthedocs.io/en/stable/ref/filters.html#method
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.frameworks.django.query.objects.model_object import ModelClass
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.project.answer import External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.scopes import nested

if TYPE_CHECKING:
    from archlint.project.flow.behaviour import Site
    from archlint.project.flow.values import Value

_PACKAGE = "django_filters."


def filtered_rows(cls: ProjectClass, site: Site) -> Value | None:
    """The rows of `Meta.model`, which the view may have computed more for; None for other classes."""
    hierarchy = site.project.view(ClassHierarchy)
    order = hierarchy.order(cls)
    if not any(isinstance(one, External) and one.name.startswith(_PACKAGE) for one in order):
        return None
    models = {model for one in (cls, *hierarchy.below(cls)) if (model := _model(one, site)) is not None}
    if len(models) != 1:
        return None
    manager = models.pop().attribute("_default_manager", site)
    rows = manager.begun(site) if isinstance(manager, QuerySet) else None
    return rows.refined(()) if isinstance(rows, QuerySet) else None


def _model(cls: ProjectClass, site: Site) -> ModelClass | None:
    """What the nearest `Meta` of a filter set names."""
    for ancestor in site.project.view(ClassHierarchy).order(cls):
        meta = (
            nested(ancestor.module, f"{ancestor.fact.qualname}.Meta")
            if isinstance(ancestor, ProjectClass)
            else None
        )
        if meta is not None and meta.kind is Kind.CLASS:
            model = site.own_of_class(ProjectClass(meta.module, meta.index), "model")
            return model if isinstance(model, ModelClass) else None
    return None
