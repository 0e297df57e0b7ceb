"""Texts of SQL that are put together from data and given to what runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Attribute, Call, Collection, Literal, Operation, Template
from archlint.facts.forms import passed_values
from archlint.frameworks.sql.origins import Origin, origin
from archlint.frameworks.sql.pieces import Value, pieces, values
from archlint.project.functions import Functions, ProjectFunction

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.project.project import Project


class Given(msgspec.Struct, frozen=True):
    """A text of SQL that is given to what runs it."""

    function: ProjectFunction
    call: Call
    sql: Expression
    value: Expression | None
    """The first part of it that is data; None where there is none."""

    is_known: bool
    """Whether everything in it is."""

    is_plain: bool
    """It is put together in one place, and nothing but values stands between the text."""


def given_texts(
    project: Project,
    names: tuple[str, ...],
    sql_of: Callable[[ProjectFunction, Call], tuple[Expression, bool] | None],
) -> Iterator[Given]:
    """Every text that a function gives to calls of some names.

    `sql_of` tells which argument of a call is SQL, if any, and whether that is only a part of a statement.
    """
    functions = project.view(Functions)
    for function in functions.all():
        if not function.module.mentions(function.fact, *names):
            continue
        for site in functions.summary(function).calls:
            found = sql_of(function, site.call)
            if found is not None:
                yield _judged(project, function, site.call, *found)


def _judged(project: Project, function: ProjectFunction, call: Call, sql: Expression, is_part: bool) -> Given:
    parts = pieces(project, function, sql)
    met = list(values(parts, is_part=is_part))
    origins = [(each, origin(project, function, each.form)) for each in met]
    data = next((each.form for each, who in origins if who is Origin.DATA), None)
    is_known = not any(who is Origin.UNKNOWN for _, who in origins) and bool(parts)
    return Given(function, call, sql, data, is_known, _is_plain(sql, met))


def _is_plain(sql: Expression, met: list[Value]) -> bool:
    written = list(_written(sql))
    return sql not in written and [each.form for each in met if each.is_alone] == written


def _written(sql: Expression) -> Iterator[Expression]:
    """What stands between the texts of an expression that puts texts together; else itself."""
    if isinstance(sql, Literal):
        return
    if isinstance(sql, Template):
        yield from (part for part in sql.parts if not isinstance(part, Literal))
    elif isinstance(sql, Operation) and sql.operator == "+":
        for each in sql.operands:
            yield from _written(each)
    elif isinstance(sql, Operation) and sql.operator == "%" and len(sql.operands) == 2:
        text, given = sql.operands
        yield from _written(text)
        is_tuple = isinstance(given, Collection) and given.kind == "tuple"
        yield from given.items if isinstance(given, Collection) and is_tuple else (given,)
    elif isinstance(sql, Call) and isinstance(sql.function, Attribute) and sql.function.attr == "format":
        yield from _written(sql.function.value)
        yield from passed_values(sql)
    else:
        yield sql
