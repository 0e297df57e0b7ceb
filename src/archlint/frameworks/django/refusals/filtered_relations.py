"""What `FilteredRelation` does not do: conditions of other relations, and being loaded.

Taken from `Query.add_filtered_relation` of Django 5.2, and shown true against it in the tests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.django.models.registered import DjangoModel
from archlint.frameworks.django.query.expressions.expression import Expr, Reference
from archlint.frameworks.django.query.paths import Paths
from archlint.frameworks.django.query.sets.asked import query_sets
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.orm import Relation
from archlint.project.flow.trace import Called
from archlint.project.flow.values import Constant

if TYPE_CHECKING:
    from archlint.frameworks.django.refusals.refused import Wrong

LOADING = frozenset({"only", "prefetch_related"})


def wrong_condition(paths: Paths, model: DjangoModel, event: Called) -> Wrong | None:
    """What is wrong with the condition of such a relation that `annotate()` names."""
    for _, value in event.arguments.named:
        if not isinstance(value, Expr) or value.default_alias != "FilteredRelation" or not value.references:
            continue
        relation, *conditions = value.references
        way = _fields(paths, model, relation.path)
        for one in conditions:
            wrong = _wrong(paths, model, relation.path, way, one) if way else None
            if wrong is not None:
                return wrong
    return None


def loaded(one: QuerySet, event: Called) -> Wrong | None:
    """`prefetch_related("recent")`, `only("recent__title")`."""
    names = dict(one.filtered)
    for value in event.arguments.positional:
        path = value.value if isinstance(value, Constant) else None
        first = path.partition("__")[0] if isinstance(path, str) else ""
        if first in names:
            message = f"`{event.name}()` does not take `{first}`, which a `FilteredRelation` names"
            return message, f"name the relation itself: `{names[first]}`"
    return None


def _wrong(
    paths: Paths, model: DjangoModel, relation: str, way: list[str], condition: Reference
) -> Wrong | None:
    if query_sets(condition.value):
        return "a `FilteredRelation` takes no query set in its condition", "filter by it afterwards"
    asked = _fields(paths, model, condition.path)
    has_lookup = len(asked) < len(condition.path.split("__"))
    behind = asked[: len(asked) - (1 if has_lookup else 2)] if len(asked) > 1 else []
    if any(mine != theirs for mine, theirs in zip(way, behind, strict=False)):
        return f"`{condition.path}` is not behind `{relation}`", "ask for it in `filter()`"
    if len(asked) > len(way) + 1:
        return f"`{condition.path}` leads further than `{relation}`", "ask for it in `filter()`"
    return None


def _fields(paths: Paths, model: DjangoModel, path: str) -> list[str]:
    """The parts of a path that are fields and relations; what follows are lookups."""
    found: list[str] = []
    here: DjangoModel | None = model
    for part in path.split("__"):
        member = paths.member(here, part) if here is not None else None
        if member is None:
            break
        found.append(part)
        here = paths.target(member) if isinstance(member, Relation) else None
    return found
