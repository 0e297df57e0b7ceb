"""The methods that Django gives to query sets and managers, by what they do."""

from __future__ import annotations

NEW_SETS = frozenset(
    [
        "all",
        "filter",
        "exclude",
        "annotate",
        "alias",
        "order_by",
        "reverse",
        "distinct",
        "values",
        "values_list",
        "dates",
        "datetimes",
        "none",
        "union",
        "intersection",
        "difference",
        "select_related",
        "prefetch_related",
        "extra",
        "defer",
        "only",
        "using",
        "select_for_update",
        "raw",
        "complex_filter",
    ]
)
"""Methods that give another query set and query the database nothing."""

COPIES = frozenset({"_clone", "_chain"})
"""What Django's own methods copy a query set with, and older base classes too: as good as `all()`."""

ONE = frozenset({"get", "first", "last", "earliest", "latest", "create"})
"""Methods that give one object, or perhaps None."""

MAYBE_NONE = frozenset({"first", "last"})
NUMBERS = frozenset(
    [
        "count",
        "exists",
        "aggregate",
        "update",
        "delete",
        "bulk_update",
        "contains",
        "explain",
        "in_bulk",
        "get_or_create",
        "update_or_create",
        "bulk_create",
        "iterator",
    ]
)
ASKS = ONE | NUMBERS
"""Methods that query the database at once."""

ASYNC = frozenset(f"a{name}" for name in ASKS)
METHODS = NEW_SETS | ASKS | ASYNC | {"as_manager", "resolve_expression"}

CHANGE_RELATED = frozenset({"add", "set", "remove", "clear", "aadd", "aset", "aremove", "aclear"})
"""Methods of managers of related objects alone."""

LOADERS = frozenset({"select_related", "prefetch_related"})
"""Methods that load relations with the rows."""

OBJECT_LOADERS = frozenset({"prefetch_related_objects", "aprefetch_related_objects"})
"""Functions that load relations for objects that are there already."""
