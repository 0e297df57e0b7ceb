"""Steps of a query set that cannot follow each other.

Taken from what the methods of `QuerySet` raise in Django 5.2, and shown true against it in the tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Operation
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.loads.execution import Execution
from archlint.frameworks.django.models.field_kinds import COMPOSITE, WITH_COLUMN
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.django.refusals.filtered_relations import LOADING, loaded
from archlint.frameworks.django.refusals.refused import Refused, Wrong, refusal, refused_calls
from archlint.frameworks.django.refusals.united_columns import UNITING, unselected, ununited
from archlint.frameworks.orm import Field, Relation
from archlint.frameworks.places.expressions import spot
from archlint.project.files.requirements import Requirements
from archlint.project.files.versions import are_below
from archlint.project.flow.trace import Called, Operated
from archlint.project.flow.values import only

if TYPE_CHECKING:
    from archlint.project.project import Project

_OF_ROWS = frozenset({"dicts", "tuples", "named", "flat", "dates"})
_OF_OBJECTS = frozenset({"only", "defer", "select_related", "delete", "contains", "in_bulk"})
_OF_ONE_QUERY = frozenset(
    ["filter", "exclude", "annotate", "alias", "update", "delete", "distinct", "select_related"]
) | frozenset({"prefetch_related", "defer", "only", "extra", "contains"})
_ENDS = frozenset({"first", "last"})
_NAMES = _OF_OBJECTS | _OF_ONE_QUERY | _ENDS | LOADING | UNITING | {"get", "iterator", "order_by"}
_ASYNC = frozenset({"adelete", "acontains", "ain_bulk", "aupdate", "aget", "afirst", "alast"})
_FETCHES = frozenset({"iteration", "truth", "index", "length", "get", "first", "last", "earliest", "latest"})


def refused_steps(project: Project) -> Iterator[Refused | None]:
    """Every step that may be refused: what is wrong, None for nothing."""
    versions, models = project.view(Requirements).versions("django"), project.view(DjangoModels)
    wants_size, wants_order = not are_below(versions, "5"), not are_below(versions, "4.2")

    def ask(event: Called, one: QuerySet) -> Wrong | None:
        name = event.name.removeprefix("a") if event.name in _ASYNC else event.name
        if one.is_combined and not one.is_empty and _asks_one_query(name, event):
            return (
                f"`{name}()` cannot follow `union()` and the like",
                f"call `{name}()` on each query set first",
            )
        if name == "order_by":
            return unselected(models, one, event)
        if one.shape in _OF_ROWS and name in _OF_OBJECTS:
            return (
                f"`{name}()` needs objects, and `values()` returns rows",
                f"call `{name}()` without `values()`",
            )
        if name in _ENDS and wants_order and _is_unordered_group(models, one):
            message = f"`{name}()` of groups needs an order: Django takes none from the model for them"
            return message, f'order them: `.order_by("{one.groups[0]}")`'
        if name == "iterator" and one.prefetched and wants_size and _is_whole(event):
            return "`iterator()` after `prefetch_related()` needs a `chunk_size`", "pass `chunk_size=…`"
        if name in LOADING and one.filtered:
            return loaded(one, event)
        return ununited(models, one, event) if name in UNITING else None

    yield from refused_calls(project, _NAMES | _ASYNC, ask)
    yield from _merged(project)
    yield from _deferred_and_selected(project)


def _asks_one_query(name: str, event: Called) -> bool:
    if name == "get":
        return bool(event.arguments.positional or event.arguments.named)
    return name in _OF_ONE_QUERY


def _is_unordered_group(models: DjangoModels, one: QuerySet) -> bool:
    """Whether it gives groups of rows in no order, where it has not the key of a row to go by."""
    model = models.model(one.model)
    if not one.groups or one.is_ordered or not one.has_known_bases or not isinstance(model, DjangoModel):
        return False
    key = model.primary_key
    if key is None or "pk" in one.groups:
        return False
    return any(names.isdisjoint(one.groups) for names in _columns_of_key(model, key))


def _columns_of_key(model: DjangoModel, key: Field | Relation) -> Iterator[set[str]]:
    """What groups may call each column of a key that is one column, or made of several."""
    if key.kind != COMPOSITE:
        yield {key.name, key.attribute}
        return
    for part in key.arguments:
        name = getattr(part, "value", None)
        members: tuple[Field | Relation, ...] = (*model.fields.values(), *model.relations.values())
        yield from ({one.name, one.attribute} for one in members if name in (one.name, one.attribute))


def _is_whole(event: Called) -> bool:
    """Whether all that is passed can be seen, and it is nothing."""
    return not (event.arguments.positional or event.arguments.named or event.arguments.is_open)


def _merged(project: Project) -> Iterator[Refused | None]:
    """`a & b` and `a | b` of different models, `&` after a slice, either after `union()`."""
    for trace, event in project.view(DataFlow).events(Operated):
        if not isinstance(event.form, Operation) or event.form.operator not in ("&", "|", "^"):
            continue
        sides = [only(operand, QuerySet) for operand in event.operands]
        if len(sides) != 2 or any(len(side) != 1 or side[0].is_manager or side[0].is_empty for side in sides):
            continue
        yield refusal(project, trace, event, _unmergeable(event.form.operator, sides[0][0], sides[1][0]))


def _unmergeable(operator: str, left: QuerySet, right: QuerySet) -> Wrong | None:
    if left.model != right.model:
        first, second = (one.model.rpartition(".")[2] for one in (left, right))
        hint = "use `union()` of the same columns, or `itertools.chain`"
        return f"`{operator}` of query sets of two models, `{first}` and `{second}`", hint
    if left.is_combined or right.is_combined:
        return f"`{operator}` of a query set after `union()` and the like", "combine them by `union()` again"
    if left.is_sliced and operator == "&":
        return "`&` of a query set that was sliced", "slice last"
    return None


def _deferred_and_selected(project: Project) -> Iterator[Refused | None]:
    """`select_related("customer").only("number")`: the relation is left out and asked for."""
    models = project.view(DjangoModels)
    for asked in project.view(Execution).all:
        if asked.how not in _FETCHES or not asked.sets or not all(one.deferring for one in asked.sets):
            continue
        left_out = [_left_out(models, one) for one in asked.sets]
        if not all(left_out) or asked.sets[0].shape != "objects":
            yield None
            continue
        message = f"`{left_out[0]}` is loaded by `select_related`, but left out by `only` or `defer`"
        hint = f'name it: `.only(…, "{left_out[0]}")`, or leave it out of `select_related`'
        yield Refused(spot(project, asked.trace.module, asked.form), message, hint)


def _left_out(models: DjangoModels, one: QuerySet) -> str:
    """The first relation that is selected and deferred at once; empty for none."""
    if one.deferring is None or one.is_combined:
        return ""
    for path in one.selected:
        key, way = one.model, tuple(path.split("__"))
        for depth, name in enumerate(way):
            model = models.model(key)
            relation = model.relations.get(name) if isinstance(model, DjangoModel) else None
            if relation is None or relation.is_reverse or relation.kind not in WITH_COLUMN:
                break
            if one.deferring.leaves_out(way[:depth], frozenset({name, relation.attribute})):
                return "__".join(way[: depth + 1])
            key = relation.target
    return ""
