"""Texts of SQL that are put together from data and given to what runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archlint.facts.expressions import Literal, Template
from archlint.frameworks.sql.origins import Origin, origin
from archlint.frameworks.sql.pieces import Value, pieces, values
from archlint.project.functions import Functions, ProjectFunction

if TYPE_CHECKING:
    from archlint.facts.expressions import Call, Expression
    from archlint.project.project import Project


@dataclass(frozen=True, slots=True)
class Given:
    """A text of SQL that is given to what runs it."""

    function: ProjectFunction
    call: Call
    sql: Expression
    value: Expression | None
    """The first part of it that is data; None where there is none."""

    is_known: bool
    """Whether everything in it is."""

    is_plain: bool
    """It is one f-string in which nothing but values stands between the text."""


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
    if not isinstance(sql, Template):
        return False
    written = [part for part in sql.parts if not isinstance(part, Literal)]
    return [each.form for each in met if each.is_alone] == written
