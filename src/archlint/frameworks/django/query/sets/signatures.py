"""Which arguments the methods of query sets take.

Those of Django 3.2 to 5.2 together, compared with the real `QuerySet` in the tests.
"""

from __future__ import annotations

from typing import TypeAlias

from archlint.frameworks.django.refusals.refused import Wrong
from archlint.project.flow.values import Arguments

_Takes: TypeAlias = "tuple[int | None, str]"
"""How many by position, None for any number; the names, `**` for all."""

TAKES: dict[str, _Takes] = {
    "all": (0, ""),
    "bulk_create": (
        6,
        "objs batch_size ignore_conflicts update_conflicts update_fields unique_fields",
    ),
    "bulk_update": (3, "objs fields batch_size"),
    "contains": (1, "obj"),
    "count": (0, ""),
    "create": (0, "**"),
    "dates": (3, "field_name kind order"),
    "datetimes": (5, "field_name kind order tzinfo is_dst"),
    "defer": (None, ""),
    "delete": (0, ""),
    "difference": (None, ""),
    "distinct": (None, ""),
    "earliest": (None, ""),
    "exists": (0, ""),
    "first": (0, ""),
    "get_or_create": (1, "**"),
    "in_bulk": (1, "id_list field_name"),
    "intersection": (None, ""),
    "iterator": (1, "chunk_size"),
    "last": (0, ""),
    "latest": (None, ""),
    "none": (0, ""),
    "only": (None, ""),
    "order_by": (None, ""),
    "prefetch_related": (None, ""),
    "reverse": (0, ""),
    "select_for_update": (4, "nowait skip_locked of no_key"),
    "select_related": (None, ""),
    "union": (None, "all"),
    "update": (0, "**"),
    "update_or_create": (2, "**"),
    "using": (1, "alias"),
    "values_list": (None, "flat named"),
}
"""Methods by their names."""

ASYNC = frozenset(f"a{name}" for name in TAKES) - {"all"}
_NEEDS = {"dates": 2, "datetimes": 2, "using": 1, "bulk_create": 1, "bulk_update": 2, "contains": 1}


def untaken(name: str, given: Arguments) -> Wrong | None:
    """What a method does not take of some arguments, or lacks."""
    most, names = TAKES[name]
    if most is not None and len(given.positional) > most:
        by_name = "arguments by their names" if names == "**" else f"{most or 'no'} arguments"
        return f"`{name}()` takes {by_name}, not {len(given.positional)} by position", _hint(names)
    known = names.split()
    wrong = next((each for each, _ in given.named if "**" not in known and each not in known), None)
    if wrong is not None:
        return f"`{name}()` takes no `{wrong}`", _hint(names)
    needed = _NEEDS.get(name, 0)
    if not given.is_open and len(given.positional) + len(given.named) < needed:
        lacking = ", ".join(f"`{each}`" for each in known[:needed])
        return f"`{name}()` needs {lacking}", "pass what it needs"
    return None


def _hint(names: str) -> str:
    if names == "**":
        return "name the field: `name=…`"
    return f"it takes {', '.join(f'`{each}`' for each in names.split())}" if names else "leave it out"
