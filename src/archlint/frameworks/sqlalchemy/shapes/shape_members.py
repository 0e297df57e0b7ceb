"""Attributes that results, rows, statements and lists have or have not."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Final, TypeAlias

from archlint.facts.expressions import Literal
from archlint.frameworks.sqlalchemy.shapes.members import MAPPINGS, RESULT, ROW, ROW_BEFORE, SCALARS
from archlint.frameworks.sqlalchemy.values.cells import Cell
from archlint.frameworks.sqlalchemy.values.expressions import Exists
from archlint.frameworks.sqlalchemy.values.instances import Collection
from archlint.frameworks.sqlalchemy.values.queries import Query
from archlint.frameworks.sqlalchemy.values.results import Result
from archlint.frameworks.sqlalchemy.values.rows import Row, Rows
from archlint.frameworks.sqlalchemy.values.statements import WRITING, Statement
from archlint.project.flow.values import Value

_MEMBERS: Final = {"rows": RESULT, "scalars": SCALARS, "mappings": MAPPINGS}
_CALLED: Final = {
    "rows": "a result of rows",
    "scalars": "a result of `scalars()`",
    "mappings": "a result of `mappings()`",
}
_OF_RESULTS: Final = frozenset(
    {"scalars", "scalar_one", "scalar_one_or_none", "unique", "mappings", "fetchall"}
)
"""What a legacy query does not have, and a result does."""

_RUNNING: Final = frozenset(
    {
        "all",
        "count",
        "fetchall",
        "fetchone",
        "first",
        "first_or_404",
        "get",
        "one",
        "one_or_none",
        "paginate",
        "scalar_one",
        "scalar_one_or_none",
        "scalars",
        "unique",
    }
)
"""What a statement does not have, and a query or a result does."""

_FETCHING: Final = frozenset(
    {
        "all",
        "fetchall",
        "fetchmany",
        "fetchone",
        "first",
        "one",
        "one_or_none",
        "scalar",
        "scalar_one",
        "scalar_one_or_none",
    }
)
_OF_DICTS: Final = frozenset({"get", "has_key", "items", "keys", "pop", "setdefault", "update", "values"})

SELECT_IT: Final = "select it: `session.scalar(select(…))`"

Answer: TypeAlias = "tuple[str, str] | bool | None"
"""What is wrong and what to do; True where all is well, False where nobody can tell, None for no use."""


def attribute_of(value: Value, name: str, *, is_called: bool, is_two: bool) -> Answer:
    """Whether a value has an attribute: what is wrong, True where it has it, None for no value of these."""
    if name.startswith("_"):
        return None
    if isinstance(value, Row):
        return _of_row(value, name, is_called=is_called, is_two=is_two)
    if isinstance(value, Result):
        return _of_result(value, name)
    if isinstance(value, Query):
        hint = "a query runs itself: use `all()`, `first()`, `one()` or `one_or_none()`"
        return (f"a `Query` has no `{name}`", hint) if name in _OF_RESULTS else None
    if isinstance(value, Statement):
        if name not in _RUNNING:
            return None
        return f"a statement has no `{name}`", f"give it to the session: `session.{_asking(name)}`"
    if isinstance(value, Exists):
        is_asked = name in _RUNNING or name in _FETCHING
        return (f"`exists()` is a condition, and has no `{name}`", SELECT_IT) if is_asked else None
    if isinstance(value, Rows) and value.is_list:
        hint = "take one of its items, or ask the result itself, without `all()`"
        return hasattr(list, name) or (f"a list has no `{name}`", hint)
    if isinstance(value, Collection) and value.owner.how != "given":
        return _of_collection(value, name)
    if isinstance(value, Cell):
        what = f"a value of `{value.column.origin.name}.{value.column.name}` has no `{name}`"
        return value.has(name) or (
            what,
            "`execute()` returns rows with all columns, `scalars()` only the first",
        )
    return None


def _of_collection(collection: Collection, name: str) -> Answer:
    entity = collection.owner.entity
    relation = entity.relation(collection.name)
    if relation is None or "collection_class" in relation.options or not entity.lazy(collection.name):
        return False
    if not isinstance(relation.options.get("uselist", Literal(True, 0, 0)), Literal):
        return False  # it may be one object
    if any(hasattr(kind, name) for kind in (deque, dict, list, set)):
        return True
    what = f"`{entity.name}.{collection.name}` is a collection, and has no `{name}`"
    return what, f"ask each `{collection.of.entity.name}` in it"


def _of_row(row: Row, name: str, *, is_called: bool, is_two: bool) -> Answer:
    if name in row.names or name in ROW or (name in ROW_BEFORE and not is_two):
        return True
    if is_called and name in _OF_DICTS:
        return f"a row has no `{name}`", "use `row._mapping`, which is like a dict"
    if not row.is_whole or not all(row.names) or name[-1:].isdigit():  # `count_1`
        return False
    names = ", ".join(f"`{each}`" for each in row.names)
    return f"a row has no `{name}`", f"a row has {names}; `scalars()` returns the objects themselves"


def _of_result(result: Result, name: str) -> Answer:
    statement, known = result.of, _MEMBERS[result.shape]
    if name not in known:
        hint = f"use one of its methods: `{'`, `'.join(sorted(_near(known, result.shape)))}`"
        return f"{_CALLED[result.shape]} has no `{name}`", hint
    if statement.kind in WRITING and not statement.given and name in _FETCHING:
        what = f"`{statement.kind}` without `returning()` returns no rows"
        return what, "use `rowcount`, or say what to give back: `.returning(…)`"
    return True


def _asking(name: str) -> str:
    if name in ("first", "one", "one_or_none", "all", "unique"):
        return f"scalars(…).{name}()"
    if name in ("scalar_one", "scalar_one_or_none", "fetchall", "fetchone"):
        return f"execute(…).{name}()"
    return "get(…)" if name == "get" else "scalars(…)"


def _near(known: Mapping[str, object] | frozenset[str], shape: str) -> list[str]:
    return sorted(set(known) & {"all", "first", "one", "one_or_none"}) + (
        ["scalars"] if shape == "rows" else []
    )
