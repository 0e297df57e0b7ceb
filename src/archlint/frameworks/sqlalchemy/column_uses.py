"""Where operators of mapped columns are called: `Article.tags.contains(...)`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Call
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.sqlalchemy.values.expressions import Attr
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import alternatives

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.tables.words import Column
    from archlint.project.project import Project


class ColumnCall(msgspec.Struct, frozen=True):
    """One call of a method of a mapped column."""

    trace: Trace
    form: Call
    method: str
    column: Column
    written: str
    """Class and attribute: `Article.tags`."""


def calls_on_columns(project: Project, methods: frozenset[str]) -> Iterator[ColumnCall]:
    """The calls of some methods on columns of mapped classes."""
    for trace, called in project.view(DataFlow).events(Called):
        if called.name not in methods or called.receiver is None:
            continue
        for option in alternatives(called.receiver):
            if isinstance(option, Attr):
                yield from _on_column(trace, called.form, called.name, option)


def _on_column(trace: Trace, form: Call, method: str, attr: Attr) -> Iterator[ColumnCall]:
    entity = attr.origin.entity
    column = entity.mapped.columns.get(attr.name) if entity is not None else None
    if entity is not None and column is not None:
        yield ColumnCall(trace, form, method, column, f"{entity.name}.{attr.name}")
