"""Rows that are made into models of Pydantic, and what these ask of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.frameworks.contract.models import keys_of
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.sqlalchemy.loads.serialised import conversions
from archlint.frameworks.sqlalchemy.shapes.members import ROW
from archlint.frameworks.sqlalchemy.shapes.misshapen import Misshapen
from archlint.frameworks.sqlalchemy.values.instances import Instance
from archlint.frameworks.sqlalchemy.values.rows import Row, RowMapping
from archlint.project.flow.values import Value, something

if TYPE_CHECKING:
    from archlint.project.project import Project


def rows_validated(project: Project) -> Iterator[Misshapen | bool]:
    """Every row that is made into a model; True for one that has what is asked, False for one unknown."""
    for occasion, value, asked in conversions(project, project.view(DataFlow).flow):
        row, cls = _row(value), asked.cls
        if row is None or cls is None or occasion.form is None:
            continue
        keys = keys_of(project, cls) if row.is_whole and all(row.names) else None
        if keys is None:
            yield False
            continue
        there = {"", *ROW, *row.names}  # a field may be read by a name that nobody can see
        lacking = [key.field.name for key in keys if key.is_required and there.isdisjoint(key.read_as)]
        if lacking:
            what = f"a row has no `{lacking[0]}`, which `{cls.fact.name}` asks for"
            yield Misshapen(occasion.trace, occasion.form, what, _hint(row))
        else:
            yield True


def _row(value: Value) -> Row | None:
    options = tuple(something(value))
    only = options[0] if len(options) == 1 else None
    if isinstance(only, RowMapping):
        return only.row
    return only if isinstance(only, Row) else None


def _hint(row: Row) -> str:
    if len(row.items) == 1 and isinstance(row.items[0], Instance):
        return "take the objects out of the rows: `scalars()`"
    return "select it, under this name: `….label(…)`"
