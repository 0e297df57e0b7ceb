"""What cannot be loaded beside what a query set has or loads already.

Taken from `prefetch_related_objects` and `prefetch_one_level` of Django 5.2, and shown true against it
in the tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models.field_kinds import FOREIGN_OBJECT, GENERIC_FOREIGN_KEY
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.expressions.expression import Prefetched
from archlint.frameworks.django.query.objects.kinship import stranger
from archlint.frameworks.django.query.sets.asked import query_sets, runs_own
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.django.refusals.refused import Refused, Wrong, refusal
from archlint.frameworks.places.expressions import place
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import Constant, Items, Value

if TYPE_CHECKING:
    from archlint.project.project import Project


def refused_prefetches(project: Project) -> Iterator[Refused | None]:
    """Every `prefetch_related`: what is wrong with it, None for nothing."""
    models = project.view(DjangoModels)
    for trace, event in project.view(DataFlow).events(Called):
        if event.name != "prefetch_related" or runs_own(event):
            continue
        sets = query_sets(event.receiver)
        if sets is not None and len(sets) == 1 and sets[0].shape == "objects":
            wrong = None if _joins_later(trace, event) else _wrong(sets[0], event)
            yield refusal(project, trace, event, wrong or _foreign(models, sets[0], event))


def _joins_later(trace: Trace, event: Called) -> bool:
    """Whether `select_related` comes behind: what a join brings is never loaded again."""
    return any(
        isinstance(other, Called) and other.name == "select_related" and place(other.form) > place(event.form)
        for other in trace.events
    )


def _wrong(base: QuerySet, event: Called) -> Wrong | None:
    renamed = {path for _, path in base.to_attrs}
    loaded = {part for path in base.prefetched if path not in renamed for part in _on_the_way(path)}
    for value in _spread(event.arguments.positional):
        if isinstance(value, Constant) and isinstance(value.value, str):
            loaded.update(_on_the_way(value.value))
        elif not isinstance(value, Prefetched) or value.reference is None or value.to_attr is None:
            return None
        elif value.to_attr:
            if value.to_attr == value.reference.path.rpartition("__")[2]:
                wrong = f"`to_attr` is called like the relation `{value.to_attr}` itself"
                return wrong, "give it another name, or leave it out"
        else:
            path = value.reference.path
            is_joined = base.selects_all or any(one.startswith(path) for one in base.selected)
            if path in loaded and isinstance(value.queryset, QuerySet) and not is_joined:
                wrong = f"`{path}` is loaded already when `Prefetch()` asks for other rows of it"
                return wrong, "put the `Prefetch()` first, or give it a `to_attr`"
            loaded.update(_on_the_way(path))
    return None


def _foreign(models: DjangoModels, base: QuerySet, event: Called) -> Wrong | None:
    """`Prefetch("lines", queryset=Order.objects.all())`: rows of another model than the relation leads to."""
    for value in _spread(event.arguments.positional):
        if not isinstance(value, Prefetched) or value.reference is None:
            continue
        path, given = value.reference.path, value.queryset
        target = _target(models, base.model, path) if isinstance(given, QuerySet) else None
        other = stranger(models, given.model, target) if isinstance(given, QuerySet) and target else None
        if target is not None and other is not None:
            wrong = f"`{path}` leads to `{target.name}`, and `Prefetch()` gives it rows of `{other.name}`"
            return wrong, f"give it a query set of `{target.name}`"
    return None


def _target(models: DjangoModels, key: str, path: str) -> DjangoModel | None:
    """The model that a path of relations leads to; None where that depends on the object, or is unknown."""
    for part in path.split("__"):
        model = models.model(key)
        relation = model.relations.get(part) if isinstance(model, DjangoModel) else None
        if relation is None or relation.kind in (GENERIC_FOREIGN_KEY, FOREIGN_OBJECT):
            return None
        key = relation.target
    found = models.model(key)
    return found if isinstance(found, DjangoModel) else None


def _on_the_way(path: str) -> Iterator[str]:
    """A path and what is loaded on the way: `lines`, `lines__item`."""
    parts = path.split("__")
    return ("__".join(parts[:end]) for end in range(1, len(parts) + 1))


def _spread(values: tuple[Value, ...]) -> Iterator[Value]:
    for value in values:
        yield from value.items if isinstance(value, Items) else (value,)
