"""The functions that create tables by statements in text, where nothing else does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from archlint.facts.expressions import Attribute, Call, Literal, Name, Template, last_name
from archlint.facts.forms import walked
from archlint.frameworks.handlers import serves_requests
from archlint.frameworks.inventory.texts import stands_for
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions, ProjectFunction

if TYPE_CHECKING:
    from archlint.facts.expressions import Form
    from archlint.project.module import Module
    from archlint.project.project import Project

_CREATING: Final = re.compile(r"\s*(?:--[^\n]*\n\s*)*create\s+(?:table|schema|extension)\b", re.IGNORECASE)
_DRIVERS: Final = frozenset({"aiosqlite", "asyncpg", "psycopg", "psycopg2", "sqlite3"})
_ORMS: Final = frozenset(
    {"alembic", "django", "peewee", "pony", "sqlalchemy", "sqlmodel", "tortoise", "yoyo"}
)
_EXECUTING: Final = frozenset({"execute", "executemany", "executescript", "fetch"})
_MIGRATIONS: Final = (".sql", "alembic.ini", "atlas.hcl", "flyway.conf")


def table_makers(project: Project) -> tuple[ProjectFunction, ...]:
    """These functions; none where a module does it as it is imported, or something else may."""
    roots = {name.partition(".")[0] for name in project.imported}
    if roots.isdisjoint(_DRIVERS) or not roots.isdisjoint(_ORMS) or not serves_requests(project):
        return ()
    if any(path.endswith(_MIGRATIONS) for path in project.files):
        return ()
    found: list[ProjectFunction] = []
    for module in project.modules:
        if is_test(module.path) or module.is_stub:
            continue
        if any(_creates(project, module, "", form) for form in _calls(module.body)):
            return ()
        for function in project.view(Functions).all_of(module):
            calls = _calls(module.statements(function.fact))
            if any(_creates(project, module, function.scope, call) for call in calls):
                found.append(function)
    return tuple(found)


def _calls(body: tuple[Form, ...]) -> Iterator[Call]:
    return (form for form in walked(body) if isinstance(form, Call))


def _creates(project: Project, module: Module, scope: str, call: Call) -> bool:
    if last_name(call.function) not in _EXECUTING or not call.arguments:
        return False
    text = call.arguments[0]
    if isinstance(text, (Name, Attribute)):
        text = stands_for(project, module, scope, text) or text
    if isinstance(text, Template) and text.parts:
        text = text.parts[0]
    return isinstance(text, Literal) and isinstance(text.value, str) and bool(_CREATING.match(text.value))
