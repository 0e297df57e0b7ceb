"""Which related objects come with the rows of a query set, and which query the database when they are read.

https://docs.djangoproject.com/en/5.2/ref/models/querysets/#select-related
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import says
from archlint.frameworks.orm import Cardinality, Relation

if TYPE_CHECKING:
    from archlint.frameworks.django.models.registered import DjangoModels
    from archlint.frameworks.django.query.objects.model_object import ModelObject
    from archlint.frameworks.django.query.sets.query_set import QuerySet


def loads(source: QuerySet, path: tuple[str, ...]) -> bool:
    """Whether a query set loads a relation, seen from its rows, or the one that prefetched it does."""
    if _names(source, "__".join(path)):
        return True
    owner = source.of
    if not source.is_held or owner is None or owner.source is None:
        return False
    return loads(owner.source, (*owner.way, source.through, *path))


def is_loaded(of: ModelObject, relation: Relation, models: DjangoModels) -> bool | None:
    """Whether reading a relation of an object queries the database nothing; None where nobody can tell."""
    source = of.source
    if source is None or of.how not in ("row", "one"):
        return None
    if source.is_empty or loads(source, (*of.way, relation.name)) or _leads_back(of, relation, models):
        return True
    if _may_load_more(source):
        return None
    return _is_parent_link(relation, models)


def root(of: ModelObject, name: str) -> tuple[QuerySet | None, tuple[str, ...]]:
    """The query set that could load a relation of an object of many, and the path from its rows."""
    source, path = of.source, (*of.way, name)
    while source is not None and source.of is not None and source.of.how == "row":
        owner = source.of
        if owner.source is None or not source.is_held:
            break
        path = (*owner.way, source.through, *path)
        source = owner.source
    return source, path


def _names(source: QuerySet, path: str) -> bool:
    """Whether a path is among those that `select_related` and `prefetch_related` were given."""
    renamed = dict(source.to_attrs)
    for given in (*source.selected, *source.prefetched):
        first, _, rest = given.partition("__")
        if first in renamed:
            given = f"{renamed[first]}__{rest}"
        if given == path or given.startswith(f"{path}__"):
            return True
        if given.endswith("__*") and path.startswith(given[:-1]):
            return True
    return False


def _leads_back(of: ModelObject, relation: Relation, models: DjangoModels) -> bool:
    """Whether the relation leads to the very object that this one was reached from, which Django keeps."""
    back = relation.inverse
    if not back or relation.cardinality is Cardinality.MANY_TO_MANY:
        return False
    if of.way:
        return of.way[-1] == back and relation.cardinality is Cardinality.ONE_TO_ONE
    source = of.source
    if source is None or source.of is None or source.through != back:
        return False
    owner = models.model(source.of.model)
    return owner is not None and relation.target in (owner.key, *owner.parents)


def _is_parent_link(relation: Relation, models: DjangoModels) -> bool:
    """Whether a relation leads to the parent of its model, whose columns come with the child's."""
    owner = models.model(relation.owner)
    declared = (
        models.declaration(owner, relation.name) if owner is not None and not relation.is_reverse else None
    )
    given = declared.options.get("parent_link") if declared is not None else None
    return says(given, True)


def _may_load_more(source: QuerySet) -> bool:
    seen: QuerySet | None = source
    while seen is not None:
        if seen.loads_more or seen.selects_all or seen.is_combined:
            return True
        owner = seen.of if seen.is_whole else None
        if owner is not None and owner.source is None:
            return True  # whoever made the owner may have loaded these with all that is behind them
        seen = owner.source if owner is not None else None
    return False


def may_load_more(source: QuerySet) -> bool:
    """Whether `select_related` and `prefetch_related` can follow what it is made of."""
    return not (source.is_combined or source.is_locked or source.is_manager)
