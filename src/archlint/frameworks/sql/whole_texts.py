"""Texts of SQL that are given, as they are written, to what runs them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.facts.expressions import Expression, Literal, Name, last_name
from archlint.facts.sql import SqlText
from archlint.frameworks.sqlalchemy.candidates import is_migration
from archlint.project.answer import Definition
from archlint.project.functions import Functions, ProjectFunction, mentioning
from archlint.project.imports.import_graph import ImportGraph
from archlint.project.module import Module
from archlint.project.scopes import Scopes
from archlint.project.summaries import Bound

if TYPE_CHECKING:
    from archlint.project.project import Project

_RUNNING: Final = frozenset(
    {
        *("exec_driver_sql", "execute", "execute_fetchall", "execute_insert", "executemany", "fetch"),
        *("fetch_all", "fetch_one", "fetch_val", "fetchall", "fetchone", "fetchrow", "fetchval"),
        *("iterate", "prepare", "query", "text"),
    }
)
"""What runs a statement, or makes one of a text."""


class WholeText(msgspec.Struct, frozen=True):
    """A text, and where it is written."""

    module: Module
    text: SqlText


def whole_texts(project: Project) -> Iterator[WholeText]:
    """Every text that is run as it is, and written where it is run or in a module that is imported there.

    Those of migrations speak of tables as they were once.
    """
    graph = project.view(ImportGraph)
    telling = {module for module in project.modules if module.sql}
    for module in project.modules if telling else ():
        if is_migration(module) or "/migrations/" in f"/{module.path}":
            continue
        if module not in telling and telling.isdisjoint(edge.imported for edge in graph.imports_of(module)):
            continue
        for function in mentioning(module, *_RUNNING):
            yield from _given(project, function)


def _given(project: Project, function: ProjectFunction) -> Iterator[WholeText]:
    """The texts that a function runs."""
    for site in project.view(Functions).summary(function).calls:
        if last_name(site.call.function) in _RUNNING and site.call.arguments:
            found = _whole(project, function, site.call.arguments[0])
            if found is not None:
                yield found


def _whole(project: Project, function: ProjectFunction, value: Expression) -> WholeText | None:
    """The text that an expression is; None where it is put together, or one of several."""
    if isinstance(value, Literal):
        return _at(function.module, value)
    if not isinstance(value, Name):
        return None
    functions = project.view(Functions)
    bound = functions.summary(function).bound.get(value.id, [])
    if bound:
        return _only(function.module, bound)
    found = project.view(Scopes).resolve(function.module, function.scope, value)
    if not isinstance(found, Definition) or found.member:
        return None
    return _only(found.module, functions.module_summary(found.module).bound.get(found.qualname, []))


def _only(module: Module, bound: list[Bound]) -> WholeText | None:
    if len(bound) != 1 or bound[0].how != "assign" or not isinstance(bound[0].value, Literal):
        return None
    return _at(module, bound[0].value)


def _at(module: Module, literal: Literal) -> WholeText | None:
    for text in module.sql:
        if (text.line, text.column) == (literal.line, literal.column):
            return WholeText(module, text)
    return None
