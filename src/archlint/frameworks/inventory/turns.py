"""Calls in a loop over a table that is written down: `for path, view in ROUTES: add_get(path, view)`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.facts.expressions import Call, Collection, Expression, Keyword, Name
from archlint.facts.forms import passed_values, walked
from archlint.facts.statements import For
from archlint.frameworks.inventory.mounts import CallAt
from archlint.frameworks.inventory.texts import stands_for
from archlint.project.functions import Functions

if TYPE_CHECKING:
    from archlint.facts.statements import Statement
    from archlint.project.project import Project


def turns(project: Project, at: CallAt) -> tuple[CallAt, ...]:
    """A call for each turn of the loop that it stands in, with what the loop's names stand for there.

    The call itself where there is no loop, or the table cannot be read.
    """
    used = {each.id for each in passed_values(at.call) if isinstance(each, Name)}
    for form in walked(_body(project, at)) if used else ():
        if not isinstance(form, For) or at.call not in walked(form.body):
            continue
        names = _names(form.target)
        rows = tuple(_rows(project, at, form.iterable, len(names)))
        if rows and not used.isdisjoint(names):
            tables = (dict(zip(names, row, strict=True)) for row in rows)
            return tuple(at._replace(call=_filled(at.call, table)) for table in tables)
    return (at,)


def _body(project: Project, at: CallAt) -> tuple[Statement, ...]:
    if not at.scope:
        return at.module.body
    functions = (each for each in project.view(Functions).all_of(at.module) if each.scope == at.scope)
    return tuple(form for each in functions for form in at.module.statements(each.fact))


def _names(target: Expression) -> tuple[str, ...]:
    items = target.items if isinstance(target, Collection) else (target,)
    return tuple(item.id if isinstance(item, Name) else "" for item in items)


def _rows(project: Project, at: CallAt, iterable: Expression, width: int) -> Iterator[tuple[Expression, ...]]:
    table = stands_for(project, at.module, at.scope, iterable) or iterable
    for row in table.items if isinstance(table, Collection) else ():
        cells = row.items if isinstance(row, Collection) else (row,)
        if len(cells) != width:
            return
        yield cells


def _filled(call: Call, table: dict[str, Expression]) -> Call:
    """A call with other expressions in the place of some names."""

    def told(form: Expression) -> Expression:
        return table.get(form.id, form) if isinstance(form, Name) else form

    keywords: tuple[Keyword, ...] = tuple(replace(each, value=told(each.value)) for each in call.keywords)
    return replace(call, arguments=tuple(map(told, call.arguments)), keywords=keywords)
