"""The columns that a statement gives, as the rows of its result hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.sqlalchemy.values.expressions import Attr, Clause, Selectable
from archlint.project.answer import UNKNOWN

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.tables.words import Table
    from archlint.frameworks.sqlalchemy.values.origin import From
    from archlint.project.flow.values import Arguments, Value


def given(columns: tuple[Value, ...], arguments: Arguments) -> tuple[Value, ...]:
    """Columns as they are passed, and one that nobody knows where there may be more."""
    return (*columns, UNKNOWN) if arguments.is_open else columns


def unfolded(columns: tuple[Value, ...], *, has_session: bool) -> tuple[Value, ...]:
    """Columns as rows hold them: those of a table one by one and, without a session, of a class."""
    found: list[Value] = []
    for column in columns:
        root = column.root if isinstance(column, Selectable) else None
        names = _columns(root, has_session=has_session) if root is not None else ()
        if root is None or not names:
            found.append(column)
        else:
            found += [Clause(frozenset((root,)), label=name) for name in names]
    return tuple(found)


def _columns(root: From, *, has_session: bool) -> tuple[str, ...]:
    """The columns that stand for a table or class; empty where it stays one, and where nobody can tell."""
    table = root.table
    if root.entity is not None:
        if has_session or root.entity.model.parents or root.entity.is_open:
            return ()
        table = root.entity.mapped.table
    return _names(table) if table is not None else ()


def _names(table: Table) -> tuple[str, ...]:
    columns = table.columns.values()
    if table.is_open or any(not column.key or column.key != column.name for column in columns):
        return ()
    return tuple(column.key for column in columns)


def name_of(column: Value, *, has_session: bool = True) -> str:
    """The name of a column in its rows; empty where nobody can tell.

    A session calls a column as the attribute of the class, a connection as the database does.
    """
    if isinstance(column, Attr):
        return column.name if has_session else _in_table(column)
    if isinstance(column, Clause):
        return column.label
    root = column.root if isinstance(column, Selectable) else None
    return root.name if root is not None and root.alias is None else ""


def _in_table(column: Attr) -> str:
    """The name that the column of an attribute has in its table; empty where nobody can tell."""
    entity = column.origin.entity
    if entity is None:
        return column.name
    found = entity.mapped.columns.get(column.name)
    return found.name if found is not None else ""


def is_one(column: Value, *, has_session: bool) -> bool:
    """Whether it is surely one column of a row."""
    if not isinstance(column, Selectable) or not column.froms:
        return isinstance(column, Clause) and bool(column.label)
    if isinstance(column, (Attr, Clause)):
        return True
    return has_session and column.root is not None and column.root.entity is not None
