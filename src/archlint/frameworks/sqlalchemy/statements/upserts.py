"""Inserts that do something else where a row is there already, found by columns that they name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.sqlalchemy.tables.uniqueness import Uniqueness
from archlint.frameworks.sqlalchemy.values.expressions import Attr, Clause
from archlint.frameworks.sqlalchemy.values.statements import Statement
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import Constant, Items, Value, something

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.tables.words import Column, Table
    from archlint.frameworks.sqlalchemy.values.origin import From
    from archlint.project.project import Project

_UPSERTS = frozenset({"on_conflict_do_nothing", "on_conflict_do_update"})


class Upsert(msgspec.Struct, frozen=True):
    """One such insert."""

    trace: Trace
    called: Called
    table: str
    columns: tuple[str, ...]
    is_unique: bool
    """Whether the columns are unique together, or may be."""


def upserts(project: Project) -> Iterator[Upsert | None]:
    """Every insert that names the columns of a conflict; None where nobody can tell which, or of what."""
    for trace, called in project.view(DataFlow).events(Called):
        if called.name not in _UPSERTS or called.receiver is None:
            continue
        named = called.arguments.get("index_elements")
        options = something(called.receiver)
        if named is None or len(options) != 1 or not isinstance(options[0], Statement):
            continue
        yield _upsert(project, trace, called, options[0].target, named)


def _upsert(
    project: Project, trace: Trace, called: Called, target: From | None, named: Value
) -> Upsert | None:
    table = _table(target)
    if table is None or not isinstance(named, Items) or not named.items:
        return None
    columns = [_column(table, item) for item in named.items]
    known = [column for column in columns if column is not None]
    if len(known) != len(columns):
        return None
    wanted = frozenset(column.key or column.name for column in known)
    names = wanted.union(column.name for column in known)
    is_unique = _is_key(table, wanted) or (len(known) == 1 and known[0].unique)
    if not is_unique:
        view = project.view(Uniqueness)
        is_unique = view.may_be(wanted) or view.may_be(names)
    return Upsert(trace, called, table.name, tuple(column.name or column.key for column in known), is_unique)


def _table(target: From | None) -> Table | None:
    if target is None:
        return None
    table = target.entity.mapped.table if target.entity is not None else target.table
    return table if table is not None and not table.is_open else None


def _column(table: Table, item: Value) -> Column | None:
    """The column that an element is: by its name, or as an attribute of the class or of `table.c`."""
    if isinstance(item, Constant):
        return next((each for each in table.columns.values() if item.value in (each.name, each.key)), None)
    if isinstance(item, Attr):
        entity = item.origin.entity
        return entity.mapped.columns.get(item.name) if entity is not None else None
    if isinstance(item, Clause) and not item.is_computed and item.label:
        return table.columns.get(item.label)
    return None


def _is_key(table: Table, wanted: frozenset[str]) -> bool:
    """Whether some columns are the primary key, or may be."""
    keys = frozenset(key for key, column in table.columns.items() if column.primary_key)
    may_be_more = any(column.primary_key is None for column in table.columns.values())
    return wanted == keys or may_be_more
