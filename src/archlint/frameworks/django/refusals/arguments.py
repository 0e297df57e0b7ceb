"""Arguments that Django refuses, whatever is in the database.

Taken from what `QuerySet`, `Model.save` and the query expressions raise in Django 5.2, and shown true against
it in the tests. A function gives what is wrong and what to do, or None where nothing is.
"""

from __future__ import annotations

from collections.abc import Callable

from archlint.facts.expressions import (
    Attribute,
    Call,
    Collection,
    Expression,
    Literal,
    Name,
    Operation,
    Starred,
    last_name,
)
from archlint.facts.forms import passed_values
from archlint.frameworks.django.models.meta_fields import unique_alone
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.expressions.expression import Expr, Maker
from archlint.frameworks.django.query.objects.model_object import ModelObject
from archlint.frameworks.django.query.objects.signatures import listed
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.frameworks.django.refusals.functions import NO_WINDOW, refused
from archlint.frameworks.django.refusals.refused import Wrong
from archlint.frameworks.orm import Cardinality, Relation
from archlint.project.answer import External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.trace import Called
from archlint.project.flow.values import Constant, Items, Value, only

_TRUE, _ALL_ROWS = Constant(True), Constant("*")
_KINDS = {
    "dates": ("year", "month", "week", "day"),
    "datetimes": ("year", "month", "week", "day", "hour", "minute", "second"),
}
_SIZES = {"bulk_create": 1, "bulk_update": 2}
_AT_LEAST_TWO = frozenset({"Coalesce", "Greatest", "Least", "Concat"})
_NAMELESS = NO_WINDOW | {"Exists", "Subquery", "Window"}


def bulk(model: DjangoModel, models: DjangoModels, event: Called, *, names_target: bool) -> Wrong | None:
    """`bulk_create` and `bulk_update`."""
    name, given = event.name.removeprefix("a"), event.arguments
    if _number(given.get("batch_size", _SIZES[name])) < 0:
        return "`batch_size` has to be a positive number", "leave it out to write all at once"
    if name == "bulk_update":
        if given.get("fields", 1) == Items("list", ()) and _is_written_empty(event.form):
            return "`bulk_update()` needs the names of fields", "name the fields that were changed"
        return listed(event)
    if _has_several_tables(model, models):
        hint = "save the objects one by one"
        return f"`bulk_create()` cannot write `{model.name}`, which has a table of its parent besides", hint
    if given.get("update_conflicts", 3) != _TRUE:
        return None
    if given.get("ignore_conflicts", 2) == _TRUE:
        return "`ignore_conflicts` and `update_conflicts` exclude each other", "pass one of them"
    if not given.is_open and given.get("update_fields", 4) in (None, Constant(None)):
        return "`update_conflicts` needs `update_fields`", "name the fields that are to be updated"
    if names_target and not given.is_open and given.get("unique_fields", 5) in (None, Constant(None)):
        return "`update_conflicts` needs `unique_fields`", "name the fields whose conflict is meant"
    return None


def dates(event: Called) -> Wrong | None:
    """`dates("placed", "months")`."""
    kind, order = event.arguments.get("kind", 1), event.arguments.get("order", 2)
    kinds = _KINDS[event.name]
    if isinstance(kind, Constant) and kind.value not in kinds:
        return f"`{event.name}()` takes no `{kind.value}`", "it takes " + ", ".join(
            f'"{one}"' for one in kinds
        )
    if isinstance(order, Constant) and order.value not in ("ASC", "DESC"):
        return f"`{event.name}()` takes no order `{order.value}`", 'it takes "ASC" and "DESC"'
    return None


def latest(model: DjangoModel, hierarchy: ClassHierarchy, event: Called) -> Wrong | None:
    """`latest()` of a model that does not say by what."""
    given = event.arguments
    if given.positional or given.named or given.is_open or "get_latest_by" in model.meta or model.cls is None:
        return None
    name = event.name.removeprefix("a")
    if model.is_open or model.is_abstract or not all(map(_is_read, hierarchy.order(model.cls))):
        return None
    message = f"`{name}()` has no field to go by: `{model.name}` has no `get_latest_by`"
    return message, f'name the fields: `{name}("…")`'


def in_bulk(model: DjangoModel, one: QuerySet, event: Called) -> Wrong | None:
    """`in_bulk(field_name="status")`, where several rows may have the same."""
    name = event.arguments.get("field_name", 1)
    if not isinstance(name, Constant) or not isinstance(name.value, str) or not one.is_manager:
        return None  # a query set may be distinct by that very field
    relation = model.relations.get(name.value)
    if relation is not None and not (relation.unique or relation.primary_key or _is_single(relation)):
        return f"`in_bulk()` needs a unique field, and `{name.value}` is not", "group the rows in Python"
    field = model.fields.get(name.value)
    if field is None or field.unique or field.primary_key or field.cls is not None:
        return None
    if not _are_written(model) or unique_alone(model.meta, name.value) is not False:
        return None
    return f"`in_bulk()` needs a unique field, and `{name.value}` is not", "group the rows in Python"


def _are_written(model: DjangoModel) -> bool:
    """Whether all that `Meta` says of unique fields is written out."""
    said = [model.meta[name] for name in ("constraints", "unique_together") if name in model.meta]
    items = [item for one in said if isinstance(one, Collection) for item in one.items]
    is_whole = all(isinstance(one, Collection) for one in said)
    return is_whole and not any(isinstance(item, (Starred, Name, Attribute)) for item in items)


def _is_single(relation: Relation) -> bool:
    """Whether it is one to one, or nobody can tell."""
    return relation.cardinality in (Cardinality.ONE_TO_ONE, Cardinality.UNKNOWN)


def sized(event: Called) -> Wrong | None:
    """`iterator(chunk_size=0)`."""
    if _number(event.arguments.get("chunk_size", 0)) > 0:
        return None
    return "`chunk_size` has to be a positive number", "leave it out, or pass a number"


def contained(event: Called) -> Wrong | None:
    """`contains(pk)`."""
    if isinstance(event.arguments.get("obj", 0), Constant):
        return "`contains()` takes an object", "ask with `filter(pk=…).exists()`"
    return None


def related(relation: Relation, event: Called) -> Wrong | None:
    """`order.tags.set(tag)`, `order.lines.add(3)`."""
    first = event.arguments.positional[0] if event.arguments.positional else None
    if event.name in ("set", "aset"):
        is_one = bool(only(first, ModelObject)) or _is_plain_number(first)
        return (f"`{event.name}()` takes several objects", "put it in a list") if is_one else None
    if relation.cardinality is Cardinality.ONE_TO_MANY and any(
        map(_is_plain_number, event.arguments.positional)
    ):
        return f"`{relation.name}` takes objects, not keys", "give the objects themselves"
    return None


def _is_plain_number(value: Value | None) -> bool:
    return isinstance(value, Constant) and isinstance(value.value, (int, float))


def nothing(event: Called) -> Wrong | None:
    """`only(None)`, `order_by(None)`: these are cleared otherwise."""
    forms = event.form.arguments
    if len(forms) != 1 or not isinstance(forms[0], Literal) or forms[0].value is not None:
        return None
    without = "call it without" if event.name == "order_by" else "leave the call out"
    return f"`{event.name}()` takes no None", without


def locked(event: Called) -> Wrong | None:
    """`select_for_update(nowait=True, skip_locked=True)`."""
    if event.arguments.get("nowait", 0) == event.arguments.get("skip_locked", 1) == _TRUE:
        return "`nowait` and `skip_locked` exclude each other", "pass one of them"
    return None


def saved(event: Called) -> Wrong | None:
    """`save(force_insert=True, force_update=True)`."""
    insert, update = event.arguments.get("force_insert", 0), event.arguments.get("force_update", 1)
    names = event.arguments.get("update_fields", 3)
    if insert != _TRUE:
        return None
    if update == _TRUE or (isinstance(names, Items) and names.items):
        return "`save()` cannot insert and update at once", "pass `force_insert`, or the other"
    return None


def made(event: Called) -> Wrong | None:
    """Query expressions: `Count("*", filter=…)`, `Prefetch("lines", Line.objects.values("pk"))`."""
    if not isinstance(event.callee, Maker):
        return None
    name, given = event.callee.name, event.arguments
    if name == "Count" and given.get("default") is not None:
        return "`Count()` takes no `default`: it gives 0 for nothing", "leave `default` out"
    if name == "Count" and given.get("filter") is not None and given.get("expression", 0) == _ALL_ROWS:
        return '`Count("*")` takes no `filter`', 'count a field: `Count("pk", filter=…)`'
    if name == "Prefetch":
        if _is_no_query_set(given.get("queryset", 1)):
            return "`Prefetch()` takes a query set", "pass `….objects.filter(…)`"
        sets = only(given.get("queryset", 1), QuerySet)
        if sets and all(one.shape not in ("objects", "totals") for one in sets):
            return (
                "`Prefetch()` needs objects, and `values()` returns rows",
                "leave `values()` out, or use `only()`",
            )
    if name == "FilteredRelation" and given.get("relation_name", 0) == Constant(""):
        return "`FilteredRelation()` needs the name of a relation", "name the relation"
    if name in _AT_LEAST_TWO and len(given.positional) == 1 and not given.is_open and not given.named:
        return f"`{name}()` takes at least two expressions", "pass what stands in for the first"
    return refused(event)


def nulls(event: Called) -> Wrong | None:
    """`F("placed").desc(nulls_last=False)`: where nulls come is said by True, or not at all."""
    first, last = event.arguments.get("nulls_first"), event.arguments.get("nulls_last")
    if first == last == _TRUE:
        return "`nulls_first` and `nulls_last` exclude each other", "pass one of them"
    name = "nulls_first" if first == Constant(False) else "nulls_last" if last == Constant(False) else ""
    return (f"`{name}` takes True, or nothing", f"leave `{name}` out, or pass the other") if name else None


def unnamed(event: Called) -> Wrong | None:
    """`annotate(Lower("name"))`: only simple aggregates give themselves a name, which is to be one's own."""
    taken = {name for name, _ in event.arguments.named} if event.name != "aggregate" else frozenset()
    for value in event.arguments.positional:
        if isinstance(value, Expr) and value.default_alias in taken:
            message = f"two annotations are called `{value.default_alias}`"
            return message, "give one of them another name"
    forms = event.form.arguments
    if len(forms) != len(event.arguments.positional):
        return None
    for value, form in zip(event.arguments.positional, forms, strict=True):
        if isinstance(value, Expr) and not value.default_alias and _is_nameless(value, form):
            return f"this expression in `{event.name}()` needs a name", f"write `{event.name}(name=…)`"
    return None


def _is_no_query_set(value: Value | None) -> bool:
    is_text = isinstance(value, Constant) and value.value is not None
    return is_text or bool(only(value, ModelObject))


def _is_nameless(value: Expr, form: Expression) -> bool:
    if isinstance(form, Operation):
        return True
    if not isinstance(form, Call) or not isinstance(form.function, (Name, Attribute)):
        return False
    if value.is_open:
        return False
    if not value.is_aggregate:  # nobody knows what a class of the project calls itself
        return last_name(form.function) in _NAMELESS
    first = form.arguments[0] if form.arguments else None
    is_number = isinstance(first, Literal) and not isinstance(first.value, str)
    return isinstance(first, Operation) or is_number


def _is_read(ancestor: object) -> bool:
    """Whether nothing is hidden in a base of a model: the `Meta` of packages is not known."""
    if isinstance(ancestor, External):
        return ancestor.name.startswith(("django.", "builtins.", "typing."))
    return isinstance(ancestor, ProjectClass)


def _is_written_empty(form: Call) -> bool:
    """Whether an empty list stands in the call itself: one with a name may be filled by others."""
    written = passed_values(form)
    return any(isinstance(one, Collection) and not one.items for one in written[1:])


def _number(value: Value | None) -> int:
    """1 for a positive number and where nobody can tell, -1 for others."""
    if not isinstance(value, Constant) or isinstance(value.value, (bool, str)) or value.value is None:
        return 1
    return 1 if value.value > 0 else -1


def _has_several_tables(model: DjangoModel, models: DjangoModels) -> bool:
    parents = [models.model(key) for key in model.parents]
    return not model.is_open and any(
        isinstance(one, DjangoModel) and not one.is_abstract and one.concrete != model.concrete
        for one in parents
    )


OF_SETS: dict[str, Callable[[Called], Wrong | None]] = {
    "dates": dates,
    "datetimes": dates,
    "select_for_update": locked,
    "annotate": unnamed,
    "alias": unnamed,
    "aggregate": unnamed,
    "aaggregate": unnamed,
    "iterator": sized,
    "aiterator": sized,
    "contains": contained,
    "acontains": contained,
    "only": nothing,
    "order_by": nothing,
}
