"""Where operators of columns are called: `Article.tags.contains(...)`, `articles.c.tags.contains(...)`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Call
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.sqlalchemy.values.columns import TableColumn
from archlint.frameworks.sqlalchemy.values.expressions import Attr
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import Value, alternatives

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.tables.words import Column
    from archlint.project.project import Project


class ColumnCall(msgspec.Struct, frozen=True):
    """One call of a method of a column."""

    trace: Trace
    form: Call
    method: str
    column: Column
    written: str
    """Class and attribute: `Article.tags`; or table and column."""


def calls_on_columns(project: Project, methods: frozenset[str]) -> Iterator[ColumnCall]:
    """The calls of some methods on columns of mapped classes and of tables."""
    for trace, called in project.view(DataFlow).events(Called):
        if called.name not in methods or called.receiver is None:
            continue
        for option in alternatives(called.receiver):
            column, written = _column(option)
            if column is not None:
                yield ColumnCall(trace, called.form, called.name, column, written)


def _column(value: Value) -> tuple[Column | None, str]:
    """A column and how it is written; None for all else."""
    if isinstance(value, TableColumn) and value.of is not None:
        return value.column, f"{value.of.name}.c.{value.label}"
    entity = value.origin.entity if isinstance(value, Attr) else None
    if not isinstance(value, Attr) or entity is None:
        return None, ""
    return entity.mapped.columns.get(value.name), f"{entity.name}.{value.name}"
