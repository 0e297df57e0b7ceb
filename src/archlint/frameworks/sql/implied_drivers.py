"""Drivers that nobody imports, and that a URL of a database or a setting of Django asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.facts.expressions import Attribute, Call, Comparison, Expression, Form, Literal, Template
from archlint.facts.forms import parts

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

_BY_URL: Final = frozenset({"databases", "flask_sqlalchemy", "sqlalchemy", "sqlmodel"})
_BY_URL_OF_DJANGO: Final = frozenset({"dj_database_url", "environ"})
"""What makes a connection of a URL by a driver that it imports itself."""

_NAMES: Final = "postgres|postgresql|mysql|mariadb|sqlite|mssql|oracle"
_URL: Final = re.compile(
    rf"(?P<database>{_NAMES})(?:\+(?P<driver>\w+))?://(?P<rest>.*)",
    re.DOTALL,
)
_SCHEME: Final = re.compile(rf"(?:{_NAMES})\+\w+")
"""What `URL.create()` takes for a driver, and what stands before `://`."""

_ENGINE: Final = re.compile(
    r"django\.(?:contrib\.gis\.)?db\.backends\."
    r"(?:postgresql(?:_psycopg2)?|mysql|oracle|sqlite3|postgis|spatialite)"
)

_DRIVERS: Final = {
    "aiomysql": ("aiomysql",),
    "aioodbc": ("aioodbc",),
    "aiosqlite": ("aiosqlite",),
    "asyncmy": ("asyncmy",),
    "asyncpg": ("asyncpg",),
    "cx_oracle": ("cx-oracle", "oracledb"),
    "mysqldb": ("mysqlclient",),
    "oracledb": ("oracledb",),
    "pg8000": ("pg8000",),
    "psycopg": ("psycopg", "psycopg-binary"),
    "psycopg2": ("psycopg2", "psycopg2-binary"),
    "psycopg_async": ("psycopg", "psycopg-binary"),
    "pymssql": ("pymssql",),
    "pymysql": ("pymysql",),
    "pyodbc": ("pyodbc",),
}
"""The distributions behind what a URL calls a driver, the usual first."""

_POSTGRESQL: Final = (
    "psycopg2-binary",
    "psycopg2",
    "psycopg",
    "psycopg-binary",
    "pg8000",
    "asyncpg",
    "aiopg",
)
_MYSQL: Final = (
    *("mysqlclient", "pymysql", "mysql-connector-python", "mysql-connector", "mariadb"),
    *("aiomysql", "asyncmy"),
)
_DATABASES: Final = {
    "mariadb": _MYSQL,
    "mssql": ("pyodbc", "pymssql", "aioodbc"),
    "mysql": _MYSQL,
    "oracle": ("oracledb", "cx-oracle"),
    "postgis": _POSTGRESQL,
    "postgres": _POSTGRESQL,
    "postgresql": _POSTGRESQL,
    "postgresql_psycopg2": _POSTGRESQL,
}
"""The distributions one of which serves a database whose URL names no driver. SQLite needs none."""

_ASKING: Final = frozenset(
    {"startswith", "endswith", "removeprefix", "match", "search", "compile", "partition"}
)
"""Methods that look at a URL, or look for one."""

_WITH_DRIVER: Final = (
    b"postgresql+",
    b"postgres+",
    b"mysql+",
    b"mariadb+",
    b"sqlite+",
    b"mssql+",
    b"oracle+",
)

_UNSEEN: Final = "\0"


class ImpliedDriver(msgspec.Struct, frozen=True):
    """A text that makes a library import a driver."""

    module: Module
    form: Literal | Template
    asking: str
    """What asks for it, for people: ``the URL `postgresql://…` ``."""

    distributions: tuple[str, ...]
    """One of these has to be there; nothing where the database needs none."""


def implied_drivers(project: Project, modules: Iterable[Module]) -> Iterator[ImpliedDriver]:
    """What the texts in some modules ask for."""
    roots = {name.partition(".")[0] for name in project.imported}
    has_urls = not roots.isdisjoint(_BY_URL) or (
        "django" in roots and not roots.isdisjoint(_BY_URL_OF_DJANGO)
    )
    words = (
        *((b"://", *_WITH_DRIVER) if has_urls else ()),
        *((b"db.backends.",) if "django" in roots else ()),
    )
    for module in modules if words else ():
        if module.speaks_of(*words):
            for form in _texts(_everywhere(module)):
                found = _implied(module, form, has_urls=has_urls)
                if found is not None:
                    yield found


def _everywhere(module: Module) -> Iterator[Form]:
    yield from module.body
    for cls in module.classes:
        yield from module.statements(cls)
    for function in module.functions:
        yield from module.statements(function)
        yield from (each.default for each in function.parameters if each.default is not None)


def _texts(forms: Iterable[Form]) -> Iterator[Literal | Template]:
    """The texts in some forms that are values, and not only compared with others or looked for in them."""
    for form in forms:
        if isinstance(form, Template) or (isinstance(form, Literal) and isinstance(form.value, str)):
            yield form
        elif isinstance(form, Call) and isinstance(form.function, Attribute):
            yield from _texts((form.function, *_kept(form.function.attr, form.arguments), *form.keywords))
        elif not isinstance(form, Comparison):
            yield from _texts(parts(form))


def _kept(method: str, arguments: tuple[Expression, ...]) -> tuple[Expression, ...]:
    """The arguments of a method that may be used as they are: of `replace(old, new)` the new one."""
    if method in _ASKING:
        return ()
    return arguments[1:] if method == "replace" else arguments


def _implied(module: Module, form: Literal | Template, *, has_urls: bool) -> ImpliedDriver | None:
    pieces = form.parts if isinstance(form, Template) else (form,)
    text = "".join(
        each.value if isinstance(each, Literal) and isinstance(each.value, str) else _UNSEEN
        for each in pieces
    )
    if _ENGINE.fullmatch(text):
        return ImpliedDriver(module, form, f"`{text}` needs", _DATABASES.get(text.rpartition(".")[2], ()))
    url = _URL.match(f"{text}://" if _SCHEME.fullmatch(text) else text) if has_urls else None
    if url is None or any(each in text for each in (" ", "\n")):
        return None
    database, driver = url["database"], (url["driver"] or "").lower()
    if not driver and not url["rest"]:
        return None  # the beginning of any
    if driver and driver not in _DRIVERS:
        return None
    shown = f"{database}+{url['driver']}" if driver else database
    needed = _DRIVERS[driver] if driver else _DATABASES.get(database, ())
    return ImpliedDriver(module, form, f"the URL `{shown}://…` needs", needed)
