"""What sessions, results and rows have; whatever else is asked of them raises `AttributeError`."""

from __future__ import annotations

ASYNC_SESSION = frozenset(
    {
        "aclose",
        "add",
        "add_all",
        "autoflush",
        "awaitable_attrs",
        "begin",
        "begin_nested",
        "bind",
        "binds",
        "close",
        "close_all",
        "commit",
        "connection",
        "delete",
        "delete_all",
        "deleted",
        "dirty",
        "exec",
        "execute",
        "execution_options",
        "expire",
        "expire_all",
        "expunge",
        "expunge_all",
        "flush",
        "get",
        "get_bind",
        "get_nested_transaction",
        "get_one",
        "get_transaction",
        "identity_key",
        "identity_map",
        "in_nested_transaction",
        "in_transaction",
        "info",
        "invalidate",
        "is_active",
        "is_modified",
        "merge",
        "merge_all",
        "new",
        "no_autoflush",
        "object_session",
        "refresh",
        "reset",
        "rollback",
        "run_sync",
        "scalar",
        "scalars",
        "stream",
        "stream_scalars",
        "sync_session",
        "sync_session_class",
    }
)
"""Of an `AsyncSession`; those of a scoped one are added by `SCOPED`."""

SCOPED = frozenset({"remove", "registry", "session_factory", "configure", "query_property"})

SYNC_ONLY = frozenset({"query", "bulk_save_objects", "bulk_insert_mappings", "bulk_update_mappings"})
"""What only the plain session has."""

_SHARED = frozenset(
    {"all", "close", "closed", "fetchall", "fetchmany", "first", "one", "one_or_none", "partitions"}
)
_LASTING = frozenset({"unique", "yield_per", "memoized_attribute", "memoized_instancemethod"})

SCALARS = _SHARED | _LASTING
"""Of a `ScalarResult`."""

MAPPINGS = _SHARED | _LASTING | {"columns", "fetchone", "keys"}
"""Of a `MappingResult`."""

RESULT = MAPPINGS | {
    "context",
    "connection",
    "cursor",
    "cursor_strategy",
    "dialect",
    "freeze",
    "inserted_primary_key",
    "inserted_primary_key_rows",
    "is_insert",
    "last_inserted_params",
    "last_updated_params",
    "lastrow_has_defaults",
    "lastrowid",
    "mappings",
    "merge",
    "postfetch_cols",
    "prefetch_cols",
    "raw",
    "returned_defaults",
    "returned_defaults_rows",
    "returns_rows",
    "rowcount",
    "scalar",
    "scalar_one",
    "scalar_one_or_none",
    "scalars",
    "splice_horizontally",
    "splice_vertically",
    "supports_sane_multi_rowcount",
    "supports_sane_rowcount",
    "t",
    "tuples",
}
"""Of a `Result`."""

ROW = frozenset({"count", "index", "t", "tuple"})
"""Of a `Row`."""

ROW_BEFORE = frozenset({"items", "keys", "values"})
"""Of a `Row` before version 2."""

CHANGING = frozenset({"add", "append", "clear", "discard", "extend", "insert", "remove"})
"""Of a collection: what changes it."""
