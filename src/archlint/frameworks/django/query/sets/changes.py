"""What each of its methods makes of a query set: another one, which knows what was done."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from archlint.frameworks.django.query.expressions.computed import computed, filtered_relations, with_more
from archlint.frameworks.django.query.expressions.expression import Expr, Prefetched, combined
from archlint.frameworks.django.query.sets.deferring import Deferring
from archlint.frameworks.django.query.sets.query_set import QuerySet
from archlint.project.flow.behaviour import Site
from archlint.project.flow.values import Arguments, Constant, Either, Entries, Items, Value

_MOST_PATHS = 500
"""Of one query set that are told apart: one `Prefetch` inside another, each twice, doubles them."""


def _annotated(base: QuerySet, arguments: Arguments, site: Site) -> Value:
    found = _with_names(base, arguments, is_hidden=False)
    if base.shape == "objects":
        return found
    added = found.annotations[len(base.annotations) :]
    groups = base.groups
    if not base.takes_all and any(one.is_aggregate and one.name in added for one in found.computed):
        groups = groups or base.columns
    return msgspec.structs.replace(found, columns=(*found.columns, *added), groups=groups)


def _aliased(base: QuerySet, arguments: Arguments, site: Site) -> Value:
    return _with_names(base, arguments, is_hidden=True)


def _with_names(base: QuerySet, arguments: Arguments, *, is_hidden: bool) -> QuerySet:
    names = [name for name, _ in arguments.named]
    is_open = base.is_open or arguments.is_open
    for value in arguments.positional:
        if isinstance(value, Expr) and value.default_alias:
            names.append(value.default_alias)
        else:
            is_open = True
    outer = combined((*arguments.positional, *(v for _, v in arguments.named))).outer
    return msgspec.structs.replace(
        base,
        annotations=(*base.annotations, *names),
        computed=with_more(base.computed, computed(arguments, is_hidden=is_hidden)),
        filtered=(*base.filtered, *filtered_relations(arguments)),
        is_open=is_open,
        outer=(*base.outer, *outer),
    )


def _filtered(base: QuerySet, arguments: Arguments, site: Site) -> Value:
    names = tuple(
        name
        for name, value in arguments.named
        if isinstance(value, Expr) and value.default_alias == "FilteredRelation"
    )
    outer = combined((*arguments.positional, *(v for _, v in arguments.named))).outer
    return msgspec.structs.replace(base, annotations=(*base.annotations, *names), outer=(*base.outer, *outer))


def _values(base: QuerySet, arguments: Arguments, site: Site) -> Value:
    return _rows(base, arguments, "dicts")


def _values_list(base: QuerySet, arguments: Arguments, site: Site) -> Value:
    flat = arguments.get("flat")
    named = arguments.get("named")
    shape = "flat" if flat is not None and flat != Constant(False) else "tuples"
    return _rows(base, arguments, "named" if named is not None else shape)


def _rows(base: QuerySet, arguments: Arguments, shape: str) -> QuerySet:
    columns = tuple(
        value.value
        for value in arguments.positional
        if isinstance(value, Constant) and isinstance(value.value, str)
    )
    added = tuple(name for name, _ in arguments.named if name not in ("flat", "named"))
    is_open = base.is_open or arguments.is_open or len(columns) != len(arguments.positional)
    return msgspec.structs.replace(
        base,
        shape=shape,
        columns=(*columns, *added),
        takes_all=not columns and not added,
        annotations=(*base.annotations, *added),
        is_open=is_open,
    )


def _dates(base: QuerySet, arguments: Arguments, site: Site) -> Value:
    return msgspec.structs.replace(base, shape="dates")


def _selected(base: QuerySet, arguments: Arguments, site: Site) -> Value:
    if arguments.positional == (Constant(None),):
        return msgspec.structs.replace(base, selected=(), selects_all=False)
    if not arguments.positional and not arguments.is_open:
        return msgspec.structs.replace(base, selects_all=True)
    paths, is_open = _texts(arguments)
    loads_more = base.loads_more or is_open
    return msgspec.structs.replace(base, selected=(*base.selected, *paths), loads_more=loads_more)


def _prefetched(base: QuerySet, arguments: Arguments, site: Site) -> Value:
    if arguments.positional == (Constant(None),):
        return msgspec.structs.replace(base, prefetched=(), to_attrs=())
    paths: list[str] = []
    to_attrs: list[tuple[str, str]] = []
    loads_more = base.loads_more or arguments.is_open
    for value in _spread(arguments.positional):
        if isinstance(value, Constant) and isinstance(value.value, str):
            paths.append(value.value)
        elif isinstance(value, Prefetched) and value.reference is not None and value.to_attr is not None:
            paths += _with_inner(value.reference.path, value.queryset)
            if value.to_attr:
                to_attrs.append((value.to_attr, value.reference.path))
        else:
            loads_more = True
    loaded = tuple(dict.fromkeys((*base.prefetched, *paths)))
    return msgspec.structs.replace(
        base,
        prefetched=loaded[:_MOST_PATHS],
        to_attrs=(*base.to_attrs, *to_attrs),
        loads_more=loads_more or len(loaded) > _MOST_PATHS,
    )


def _with_inner(path: str, queryset: Value) -> list[str]:
    """The paths that a `Prefetch` loads, those of its own query set too."""
    paths = [path]
    options = queryset.options if isinstance(queryset, Either) else (queryset,)
    for option in options:
        if isinstance(option, QuerySet):
            paths += [f"{path}__{inner}" for inner in (*option.selected, *option.prefetched)]
            if option.loads_more or option.selects_all:
                paths.append(f"{path}__*")
    return paths


def _deferred(base: QuerySet, arguments: Arguments, site: Site) -> Value:
    if arguments.positional == (Constant(None),):
        return msgspec.structs.replace(base, deferring=None)
    return _leaving_out(base, arguments, is_only=False)


def _only(base: QuerySet, arguments: Arguments, site: Site) -> Value:
    return _leaving_out(base, arguments, is_only=True)


def _leaving_out(base: QuerySet, arguments: Arguments, *, is_only: bool) -> QuerySet:
    names, is_open = _texts(arguments)
    if is_open:
        return msgspec.structs.replace(base, deferring=None)
    before, given = base.deferring or Deferring(), tuple(names)
    return msgspec.structs.replace(base, deferring=before.just(given) if is_only else before.without(given))


def _ordered(base: QuerySet, arguments: Arguments, site: Site) -> Value:
    is_ordered = bool(arguments.positional) or arguments.is_open
    texts = [
        value.value.lstrip("-+")
        for value in arguments.positional
        if isinstance(value, Constant) and isinstance(value.value, str)
    ]
    return msgspec.structs.replace(base, is_ordered=is_ordered, order=tuple(texts))


def _locked(base: QuerySet, arguments: Arguments, site: Site) -> Value:
    return msgspec.structs.replace(base, is_locked=True)


def _emptied(base: QuerySet, arguments: Arguments, site: Site) -> Value:
    return msgspec.structs.replace(base, is_empty=True)


def _combined(base: QuerySet, arguments: Arguments, site: Site) -> Value:
    """`union()` and its kin: what it has is what the first has; of an empty one, what the next has."""
    is_open = base.is_open or base.is_empty
    return msgspec.structs.replace(
        base,
        is_combined=True,
        united_columns=() if is_open or base.takes_all else base.columns,
        is_sliced=False,
        is_open=is_open,
        loads_more=True,
        computed=(),
    )


def _opened(base: QuerySet, arguments: Arguments, site: Site) -> Value:
    return msgspec.structs.replace(base, is_open=True, loads_more=True)


def _extended(base: QuerySet, arguments: Arguments, site: Site) -> Value:
    """`extra(select={…})` gives names; tables that it joins have columns to order by."""
    given = arguments.get("select", 0)
    is_plain = not arguments.is_open and arguments.get("tables", 3) is None
    if not is_plain or not (given is None or (isinstance(given, Entries) and not given.is_open)):
        return _opened(base, arguments, site)
    names = tuple(name for name, _ in given.values) if isinstance(given, Entries) else ()
    columns = base.columns if base.shape == "objects" else (*base.columns, *names)
    return msgspec.structs.replace(base, annotations=(*base.annotations, *names), columns=columns)


def _texts(arguments: Arguments) -> tuple[list[str], bool]:
    """The texts among some arguments, and whether there may be more."""
    paths: list[str] = []
    is_open = arguments.is_open
    for value in _spread(arguments.positional):
        if isinstance(value, Constant) and isinstance(value.value, str):
            paths.append(value.value)
        else:
            is_open = True
    return paths, is_open


def _spread(values: tuple[Value, ...]) -> tuple[Value, ...]:
    return tuple(v for value in values for v in (value.items if isinstance(value, Items) else (value,)))


CHANGES: dict[str, Callable[[QuerySet, Arguments, Site], Value]] = {
    "alias": _aliased,
    "annotate": _annotated,
    "dates": _dates,
    "datetimes": _dates,
    "defer": _deferred,
    "difference": _combined,
    "exclude": _filtered,
    "extra": _extended,
    "filter": _filtered,
    "intersection": _combined,
    "none": _emptied,
    "only": _only,
    "order_by": _ordered,
    "prefetch_related": _prefetched,
    "raw": _opened,
    "select_for_update": _locked,
    "select_related": _selected,
    "union": _combined,
    "values": _values,
    "values_list": _values_list,
}
