"""What the methods of statements and columns are given and refuse."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from archlint.facts.expressions import Comparison, Comprehension
from archlint.frameworks.sqlalchemy.removed.names import Refused
from archlint.frameworks.sqlalchemy.values.building import CLAUSES
from archlint.frameworks.sqlalchemy.values.classes import ModelClass
from archlint.frameworks.sqlalchemy.values.constructs import Construct
from archlint.frameworks.sqlalchemy.values.expressions import Attr, Clause, Selectable
from archlint.frameworks.sqlalchemy.values.instances import Instance
from archlint.frameworks.sqlalchemy.values.queries import Query
from archlint.frameworks.sqlalchemy.values.statements import Statement
from archlint.project.flow.trace import Called, Operated
from archlint.project.flow.values import Constant, Entries, Items, Method, Value, alternatives

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.values.origin import From

_ORDERING: Final = frozenset({"group_by", "order_by"})
_NEVER_CALLED: Final = frozenset({"any", "asc", "desc", "has", "is_", "is_not", "nulls_first", "nulls_last"})
_AFTER_LIMIT: Final = CLAUSES | _ORDERING | {"delete", "filter_by", "join", "outerjoin", "update"}
"""What a query refuses once it has a limit or an offset."""

_COMPARING: Final = frozenset({"==", "!=", "<", "<=", ">", ">="})
_NUMBERED: Final = re.compile(r"_\d+$")


def refused_clause(called: Called, receiver: Value | None) -> Refused | None:
    """What is wrong with a call of a statement, a column or a function that makes some."""
    if isinstance(called.callee, Construct):
        return _by_construct(called, called.callee)
    if isinstance(receiver, Statement):
        return _by_statement(called, receiver)
    return _by_column(called, receiver) if isinstance(receiver, Attr) else None


def _by_statement(called: Called, statement: Statement) -> Refused | None:
    """What is wrong with a call of a method of a statement."""
    name, given = called.name, called.arguments.positional
    if isinstance(statement, Query) and statement.is_limited and name in _AFTER_LIMIT:
        return f"a query with a limit or an offset refuses `{name}`", f"call `{name}` before"
    keywords = [keyword.name for keyword in called.form.keywords if keyword.name]
    if name in CLAUSES and keywords:
        return (
            f"`{name}` takes no `{keywords[0]}=`",
            f"write `filter_by({keywords[0]}=…)`, or compare with `==`",
        )
    if name == "filter_by" and given and isinstance(given[0], Selectable):
        return "`filter_by` takes keywords, and no conditions", "write `filter(…)` or `where(…)`"
    if name in CLAUSES:
        return _of_conditions(name, given)
    if name in _ORDERING:
        return _uncalled(given) or _listed(name, given) or _unnamed(name, given, statement)
    return None


def _by_construct(called: Called, construct: Construct) -> Refused | None:
    """What is wrong with a call of a function of SQLAlchemy."""
    if construct.name in ("and_", "or_") and _is_generator(called):
        return None
    if construct.name in ("and_", "or_", "not_"):
        return _of_conditions(construct.name, called.arguments.positional)
    if construct.name == "func":
        for value in called.arguments.positional:
            if isinstance(value, ModelClass):
                hint = (
                    f"name a column, or write `func.{construct.function}().select_from({value.entity.name})`"
                )
                return f"`func.{construct.function}` takes no class", hint
    return None


def _by_column(called: Called, column: Attr) -> Refused | None:
    """What is wrong with a call of a method of a column."""
    if called.name not in ("in_", "not_in", "notin_") or called.arguments.is_open:
        return None
    given = called.arguments.positional
    if len(given) > 1:
        return f"`{called.name}` takes one collection", f"write `{called.name}([…])`"
    if given and all(isinstance(option, Constant) for option in alternatives(given[0])):
        return (
            f"`{called.name}` takes a collection, not a single value",
            f"write `{called.name}([…])`, or `==`",
        )
    return None


def refused_by_comparison(operated: Operated) -> Refused | None:
    """A column that is compared with an object or a class."""
    if not isinstance(operated.form, Comparison) or len(operated.operands) != 2:
        return None
    left, right = operated.operands
    if operated.form.operators[0] not in _COMPARING or not isinstance(left, Attr) or not _is_column(left):
        return None
    said = f"`{left.origin.name}.{left.name}`"
    if isinstance(right, Instance):
        return (
            f"the column {said} is compared with an object",
            f"compare with its key: `{right.entity.name}.id`",
        )
    if isinstance(right, ModelClass):
        return (
            f"the column {said} is compared with a class",
            f"compare with a column of `{right.entity.name}`",
        )
    return None


def _is_column(value: Attr) -> bool:
    return value.origin.entity is not None and value.name in value.origin.entity.mapped.columns


def _of_conditions(name: str, given: tuple[Value, ...]) -> Refused | None:
    for value in given:
        if isinstance(value, (Items, Entries)):
            return f"`{name}` takes conditions one by one, and no collection", f"write `{name}(*conditions)`"
        if isinstance(value, ModelClass):
            return f"the class `{value.entity.name}` is no condition", "compare one of its columns"
    return _uncalled(given)


def _is_generator(called: Called) -> bool:
    """`or_(Order.number == each for each in numbers)`, which is taken apart."""
    given = called.form.arguments
    return len(given) == 1 and isinstance(given[0], Comprehension) and given[0].kind == "generator"


def _uncalled(given: tuple[Value, ...]) -> Refused | None:
    """`Order.number.desc` without parentheses."""
    for value in given:
        if (
            isinstance(value, Method)
            and isinstance(value.receiver, (Attr, Clause))
            and value.name in _NEVER_CALLED
        ):
            return f"`{value.name}` is not called", f"write `{value.name}()`"
    return None


def _listed(name: str, given: tuple[Value, ...]) -> Refused | None:
    is_list = any(isinstance(value, Items) for value in given)
    return (
        (f"`{name}` takes columns one by one, and no list", f"write `{name}(*columns)`") if is_list else None
    )


def _unnamed(name: str, given: tuple[Value, ...], statement: Statement) -> Refused | None:
    """A text that is the name of no column and no label; SQL as text is not spoken of here."""
    known = _names(statement)
    for value in given if known is not None else ():
        text = value.value if isinstance(value, Constant) else None
        is_name = isinstance(text, str) and text.isidentifier() and not _NUMBERED.search(text)
        if is_name and known is not None and text not in known:
            return f"no column and no label of the statement is called `{text}`", f"give a column to `{name}`"
    return None


def _names(statement: Statement) -> frozenset[str] | None:
    """The names of all columns and labels of a statement; None where nobody can tell."""
    if statement.is_open or statement.kind not in ("select", "query") or not statement.froms:
        return None
    labels = {column.label for column in statement.columns if isinstance(column, Clause)}
    found = [names for origin in statement.froms for names in [_of_source(origin)]]
    if None in found or not all(isinstance(column, Selectable) for column in statement.columns):
        return None
    return frozenset(labels).union(*(names for names in found if names is not None))


def _of_source(origin: From) -> frozenset[str] | None:
    """The names of the columns of a class or table, with those that carry its name in front."""
    if origin.entity is not None:
        if origin.entity.is_open:
            return None
        columns = tuple(origin.entity.mapped.columns.values())
        found = {*(each.name for each in columns), *(each.key for each in columns)}
        found |= {*origin.entity.model.properties, *origin.entity.mapped.loaded}
        tables = {table for _, table in origin.tables}
    elif origin.table is not None and not origin.table.is_open:
        found = {*origin.table.columns, *(each.name for each in origin.table.columns.values())}
        tables = {origin.table.key}
    else:
        return None
    if "" in found:
        return None
    return frozenset(found | {f"{table}_{name}" for table in tables for name in found})
