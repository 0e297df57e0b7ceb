"""Query sets whose rows come in whatever order the database likes.

https://docs.djangoproject.com/en/5.2/ref/models/querysets/#order-by
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Collection, says
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels

if TYPE_CHECKING:
    from archlint.frameworks.django.query.sets.query_set import QuerySet
    from archlint.project.project import Project


def is_unordered(project: Project, one: QuerySet) -> bool:
    """Whether a query set surely has no order: none of its own, and none of its model."""
    if one.is_ordered or not one.has_known_bases or one.is_combined or one.is_empty or one.is_manager:
        return False
    model = project.view(DjangoModels).model(one.model)
    if not isinstance(model, DjangoModel) or model.is_open or model.cls is None:
        return False
    ordering = model.meta.get("ordering")
    is_none = ordering is None or (isinstance(ordering, Collection) and not ordering.items)
    is_none = is_none or says(ordering, None)
    return is_none and "order_with_respect_to" not in model.meta
