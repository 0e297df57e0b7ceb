"""Placeholders in text of SQL that the only driver of a project does not take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.facts.expressions import Call, Expression, Literal, Name, Template, last_name, written_text
from archlint.facts.forms import walked
from archlint.facts.sql import looks_like_sql
from archlint.frameworks.inventory.texts import stands_for
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions, ProjectFunction

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

_RUNNING: Final = frozenset(
    {"execute", "execute_fetchall", "executemany", "fetch", "fetchrow", "fetchval", "fetch_all", "fetch_one"}
)
_SQLITE: Final = frozenset({"aiosqlite", "sqlite3"})
_OTHERS: Final = frozenset(
    {
        *("MySQLdb", "aiomysql", "aiopg", "asyncmy", "databases", "django", "duckdb", "encode", "mysql"),
        *("pandas", "peewee", "piccolo", "pony", "psycopg", "psycopg2", "pymysql", "records", "sqlalchemy"),
        *("clickhouse_driver", "snowflake", "sqlmodel", "tortoise", "trino", "pyodbc", "oracledb"),
    }
)
"""What takes other placeholders, or changes them on the way."""

_QUOTED: Final = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|--[^\n]*")
_FORMAT: Final = re.compile(r"%s|%\(\w+\)s")
_NUMBERED: Final = re.compile(r"\$(\d+)")
_DOUBLED: Final = re.compile(r"(?:[=<>(,]|\b(?:LIKE|LIMIT|OFFSET|IN|AND|OR))\s*\$\$$", re.IGNORECASE)
_UNSEEN: Final = "\0"


class Read(msgspec.Struct, frozen=True):
    """A statement that is run as it is written, or a piece of one."""

    module: Module
    form: Call | Template
    message: str
    """What is wrong with a placeholder of it; empty where nothing is."""

    hint: str


def read_placeholders(project: Project) -> Iterator[Read]:
    """Every statement that is run as it is written, and every piece of one with a mistake."""
    roots = {name.partition(".")[0] for name in project.imported}
    is_asyncpg = "asyncpg" in roots
    if roots & _OTHERS or is_asyncpg == bool(roots & _SQLITE):
        return
    for module in project.modules:
        if is_test(module.path) or module.is_stub:
            continue
        for function in project.view(Functions).all_of(module):
            for form in walked(module.statements(function.fact)):
                if isinstance(form, Call):
                    yield from _run(project, function, form, is_asyncpg=is_asyncpg)
                elif isinstance(form, Template) and is_asyncpg:
                    yield from _doubled(module, form)


def _run(project: Project, function: ProjectFunction, call: Call, *, is_asyncpg: bool) -> Iterator[Read]:
    if last_name(call.function) not in _RUNNING or not call.arguments:
        return
    text = _text(project, function, call.arguments[0])
    if not looks_like_sql(text):
        return
    bare = _QUOTED.sub("''", text)
    found = _FORMAT.search(bare)
    if found is not None and len(call.arguments) > 1:
        driver, hint = ("asyncpg", "number them: `$1`, `$2`") if is_asyncpg else ("sqlite3", "write `?`")
        yield Read(function.module, call, f"`{found[0]}` is no placeholder of {driver}", hint)
        return
    numbers = {int(number) for number in _NUMBERED.findall(bare)}
    missing = sorted(set(range(1, max(numbers, default=0))) - numbers)
    message = f"`${missing[0]}` is nowhere in the statement: its type cannot be determined" if missing else ""
    is_told = is_asyncpg and _UNSEEN not in text
    hint = "number the placeholders from 1, and leave none out"
    yield Read(function.module, call, message if is_told else "", hint)


def _doubled(module: Module, form: Template) -> Iterator[Read]:
    """`f"name = $${number}"`: the dollar stands for itself in such a text, and two begin a quotation."""
    for one, other in zip(form.parts, form.parts[1:], strict=False):
        text = written_text(one) or ""
        if not isinstance(other, Literal) and _DOUBLED.search(text):
            yield Read(
                module, form, "`$$` begins a quotation of PostgreSQL", "write one `$` before the number"
            )


def _text(project: Project, function: ProjectFunction, value: Expression) -> str:
    """The text of a statement, with a mark for each piece that cannot be seen."""
    if isinstance(value, Name):
        bound = project.view(Functions).summary(function).bound.get(value.id, [])
        if len(bound) == 1 and bound[0].how == "assign" and bound[0].value is not None:
            value = bound[0].value
        elif not bound:
            value = stands_for(project, function.module, function.scope, value) or value
    parts = value.parts if isinstance(value, Template) else (value,)
    return "".join(
        part.value if isinstance(part, Literal) and isinstance(part.value, str) else _UNSEEN for part in parts
    )
