"""The functions that create tables by statements in text, where nothing else does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from archlint.facts.expressions import Attribute, Call, Literal, Name, Template, last_name
from archlint.facts.forms import walked
from archlint.frameworks.handlers import serves_requests
from archlint.frameworks.inventory.texts import stands_for
from archlint.frameworks.sqlalchemy.startup.served import is_told_of
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions, ProjectFunction

if TYPE_CHECKING:
    from archlint.facts.expressions import Form
    from archlint.project.module import Module
    from archlint.project.project import Project

_CREATING: Final = re.compile(r"\s*(?:--[^\n]*\n\s*)*create\s+(?:table|schema|extension)\b", re.IGNORECASE)
_SCRIPT: Final = re.compile(r"^\s*create\s+table\b", re.IGNORECASE | re.MULTILINE)
_DRIVERS: Final = frozenset({"aiosqlite", "asyncpg", "psycopg", "psycopg2", "sqlite3"})
_ORMS: Final = frozenset(
    {"alembic", "django", "peewee", "pony", "sqlalchemy", "sqlmodel", "tortoise", "yoyo"}
)
_EXECUTING: Final = frozenset({"execute", "executemany", "executescript", "fetch"})
_EMBEDDED: Final = frozenset({"aiosqlite", "sqlite3"})
_MIGRATIONS: Final = ("alembic.ini", "atlas.hcl", "flyway.conf")
_RUN_BY_HAND: Final = ("sqlite3", ".sql")
"""What tells somebody to run a script without the application."""


def table_makers(project: Project) -> tuple[ProjectFunction, ...]:
    """These functions; none where a module does it as it is imported, or something else may."""
    roots = {name.partition(".")[0] for name in project.imported}
    if roots.isdisjoint(_DRIVERS) or not roots.isdisjoint(_ORMS) or not serves_requests(project):
        return ()
    if any(path.endswith(_MIGRATIONS) for path in project.files):
        return ()
    has_scripts = any(path.endswith(".sql") for path in project.files)
    if has_scripts and not (roots.isdisjoint(_DRIVERS - _EMBEDDED) and _is_left_to_code(project)):
        return ()
    found: list[ProjectFunction] = []
    for module in project.modules:
        if is_test(module.path) or module.is_stub:
            continue
        if any(_creates(project, module, "", form, has_scripts) for form in _calls(module.body)):
            return ()
        for function in project.view(Functions).all_of(module):
            calls = _calls(module.statements(function.fact))
            if any(_creates(project, module, function.scope, call, has_scripts) for call in calls):
                found.append(function)
    return tuple(found)


def _is_left_to_code(project: Project) -> bool:
    """Whether a script creates the tables of a database in a file, and nobody tells to run it."""
    texts = [project.text(path).text for path in project.files if path.endswith(".sql")]
    return any(map(_SCRIPT.search, texts)) and not any(is_told_of(project, word) for word in _RUN_BY_HAND)


def _calls(body: tuple[Form, ...]) -> Iterator[Call]:
    return (form for form in walked(body) if isinstance(form, Call))


def _creates(project: Project, module: Module, scope: str, call: Call, has_scripts: bool) -> bool:
    if last_name(call.function) not in _EXECUTING or not call.arguments:
        return False
    if has_scripts and last_name(call.function) == "executescript":
        return True  # of a file, as far as can be seen
    text = call.arguments[0]
    if isinstance(text, (Name, Attribute)):
        text = stands_for(project, module, scope, text) or text
    if isinstance(text, Template) and text.parts:
        text = text.parts[0]
    return isinstance(text, Literal) and isinstance(text.value, str) and bool(_CREATING.match(text.value))
