"""Names of the methods that make a statement longer, by what becomes of it."""

from __future__ import annotations

CLAUSES = frozenset({"where", "filter", "having"})
JOINS = frozenset({"join", "outerjoin"})
SAME = frozenset(
    {
        "correlate",
        "correlate_except",
        "distinct",
        "enable_assertions",
        "enable_eagerloads",
        "execution_options",
        "group_by",
        "prefix_with",
        "populate_existing",
        "suffix_with",
        "with_for_update",
        "with_hint",
        "with_statement_hint",
        "yield_per",
        "autoflush",
        "ordered_values",
        "on_conflict_do_nothing",
        "on_conflict_do_update",
        "on_duplicate_key_update",
        "inline",
        "return_defaults",
        "columns",
        "with_dialect_options",
    }
)
RELABELLING = frozenset({"apply_labels", "set_label_style", "with_labels"})
DERIVED = frozenset({"alias", "cte", "lateral", "subquery"})
COMPOUNDS = frozenset({"except_", "except_all", "intersect", "intersect_all", "union", "union_all"})
INNER = frozenset(
    {
        "scalar_subquery",
        "as_scalar",
        "label",
        "in_",
    }
)
BUILDING = (
    CLAUSES
    | JOINS
    | RELABELLING
    | SAME
    | COMPOUNDS
    | DERIVED
    | INNER
    | {
        "add_columns",
        "bindparams",
        "exists",
        "fetch",
        "filter_by",
        "join_from",
        "limit",
        "offset",
        "options",
        "order_by",
        "outerjoin_from",
        "params",
        "returning",
        "select_from",
        "slice",
        "values",
        "with_entities",
        "with_only_columns",
    }
)
