"""What a call on a query set asks of its models: paths, fields, relations to load."""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Call, Expression
from archlint.frameworks.django.query.expressions.expression import (
    Prefetched,
    Reference,
    combined,
    conditions,
    path_reference,
)
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.project.flow.trace import Called
from archlint.project.flow.values import Arguments, Items, Value, alternatives, only
from archlint.project.module import Module

CONDITIONS = frozenset({"filter", "exclude", "get", "aget", "get_or_create", "aget_or_create"}) | frozenset(
    {"update_or_create", "aupdate_or_create", "complex_filter"}
)
"""Methods whose keywords are conditions."""

SHORTCUTS = frozenset({"get_object_or_404", "get_list_or_404", "aget_object_or_404", "aget_list_or_404"})
_NOT_CONDITIONS = frozenset({"defaults", "create_defaults", "through_defaults"})
_PATHS = frozenset(
    [
        "order_by",
        "values",
        "values_list",
        "only",
        "defer",
        "distinct",
        "latest",
        "earliest",
        "alatest",
        "aearliest",
    ]
)
"""Methods whose texts are paths."""

_SIGNED = frozenset({"order_by", "latest", "earliest", "alatest", "aearliest"})
"""Those among them whose paths may have a sign."""

_FIRST_PATH = frozenset({"dates", "datetimes"})
_EXPRESSIONS = frozenset({"annotate", "alias", "aggregate", "aaggregate", "values", "values_list"})
_METHODS = CONDITIONS | _PATHS | _FIRST_PATH | _EXPRESSIONS | {"update", "aupdate"}


def query_sets(value: Value | None) -> tuple[QuerySet, ...] | None:
    """The query sets that a value may be; None where it may be something else, too."""
    return only(value, QuerySet) or None


def begins(event: Called) -> bool:
    """Whether the call goes through `get_queryset` of a manager, which is there for everybody."""
    function = event.trace.function if event.trace is not None else None
    if function is None or function.fact.name != "get_queryset" or event.name == "get_queryset":
        return False
    options = alternatives(event.receiver) if event.receiver is not None else ()
    return any(isinstance(option, QuerySet) and option.is_manager for option in options)


def runs_own(event: Called) -> bool:
    """Whether the call runs a method of the project, and not one of Django's."""
    return event.trace is not None and not begins(event)


def references(event: Called, module: Module) -> Iterator[Reference]:
    """The paths that a call on a query set asks to follow."""
    name, arguments = event.name, event.arguments
    if name not in _METHODS:
        return
    if name in CONDITIONS:
        for reference in conditions(arguments, event.form, module):
            if reference.path not in _NOT_CONDITIONS:
                yield reference
    if name in _PATHS:
        for value, written in _written(arguments, event.form):
            for option in alternatives(value):
                yield from _ordered(option, written, module, is_signed=name in _SIGNED)
    elif name in _FIRST_PATH and arguments.positional and event.form.arguments:
        found = path_reference(arguments.positional[0], event.form.arguments[0], module)
        if found is not None:
            yield found
    yield from combined((*arguments.positional, *(value for _, value in arguments.named))).references


def load_references(event: Called, module: Module) -> Iterator[Reference]:
    """The paths of `select_related` and `prefetch_related`, those of `Prefetch` too."""
    for value, written in _written(event.arguments, event.form):
        for each in value.items if isinstance(value, Items) else (value,):
            reference = (
                each.reference if isinstance(each, Prefetched) else path_reference(each, written, module)
            )
            if reference is not None and (reference.path or event.name == "select_related"):
                yield reference


def _ordered(value: Value, written: Expression, module: Module, *, is_signed: bool) -> Iterator[Reference]:
    """A path without the sign in front of it; `?` is an order, not a path."""
    if isinstance(value, Items):
        return
    reference = path_reference(value, written, module)
    if reference is None or reference.path == "?" or not reference.path:
        return
    path = reference.path
    if is_signed and path[0] in "+-":
        shift = 1 if reference.is_literal else 0
        reference = Reference(
            path[1:],
            reference.is_condition,
            reference.module,
            reference.line,
            reference.column + shift,
            reference.is_literal,
        )
    yield reference


def _written(arguments: Arguments, form: Call) -> Iterator[tuple[Value, Expression]]:
    """The positional arguments with where they are written; spread ones stand where the call does."""
    if len(form.arguments) == len(arguments.positional):
        yield from zip(arguments.positional, form.arguments, strict=True)
        return
    for value in arguments.positional:
        yield value, form
