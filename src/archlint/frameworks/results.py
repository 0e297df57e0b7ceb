"""What callables of well-known libraries return, where their names do not tell.

A class is called by its name, an object by `__call__`. That classes are written with a capital, and calling
one makes an object of it, everybody knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from types import MappingProxyType

from archlint.project.objects.promises import CALLS_ITS_FIRST, NAMED_BY_FIRST

_SYNC = "sqlalchemy.orm"
_ASYNC = "sqlalchemy.ext.asyncio"

_PLAIN = {
    f"{_SYNC}.sessionmaker": f"{_SYNC}.sessionmaker",
    f"{_SYNC}.sessionmaker.__call__": f"{_SYNC}.Session",
    f"{_SYNC}.sessionmaker.begin": f"{_SYNC}.Session",
    f"{_SYNC}.scoped_session": f"{_SYNC}.Session",  # it hands everything on to one
    f"{_SYNC}.Session.__call__": f"{_SYNC}.Session",
    f"{_SYNC}.Session.begin": f"{_SYNC}.SessionTransaction",
    f"{_SYNC}.object_session": f"{_SYNC}.Session",
    f"{_SYNC}.Session.query": f"{_SYNC}.Query",
    f"{_ASYNC}.async_sessionmaker": f"{_ASYNC}.async_sessionmaker",
    f"{_ASYNC}.async_sessionmaker.__call__": f"{_ASYNC}.AsyncSession",
    f"{_ASYNC}.async_sessionmaker.begin": f"{_ASYNC}.AsyncSession",
    f"{_ASYNC}.async_object_session": f"{_ASYNC}.AsyncSession",
    f"{_ASYNC}.create_async_engine": f"{_ASYNC}.AsyncEngine",
    f"{_ASYNC}.AsyncEngine.begin": f"{_ASYNC}.AsyncConnection",
    f"{_ASYNC}.AsyncEngine.connect": f"{_ASYNC}.AsyncConnection",
    "sqlalchemy.create_engine": "sqlalchemy.Engine",
    "sqlalchemy.Engine.begin": "sqlalchemy.Connection",
    "sqlalchemy.Engine.connect": "sqlalchemy.Connection",
    "sqlalchemy.delete": "sqlalchemy.Delete",
    "sqlalchemy.insert": "sqlalchemy.Insert",
    "sqlalchemy.select": "sqlalchemy.Select",
    "sqlalchemy.update": "sqlalchemy.Update",
    "aiosqlite.connect": "aiosqlite.Connection",
    "asyncpg.Pool.acquire": "asyncpg.Connection",
    "asyncpg.connect": "asyncpg.Connection",
    "asyncpg.create_pool": "asyncpg.Pool",
    "psycopg.Connection.cursor": "psycopg.Cursor",
    "psycopg.connect": "psycopg.Connection",
    "psycopg2.connect": "psycopg2.extensions.connection",
    "sqlite3.Connection.cursor": "sqlite3.Cursor",
    "sqlite3.Connection.execute": "sqlite3.Cursor",
    "sqlite3.connect": "sqlite3.Connection",
}

_CALL_THEIR_FIRST = (
    "functools.partial",
    *(
        f"dependency_injector.providers.{name}"
        for name in (
            "Callable",
            "Factory",
            "Resource",
            "Singleton",
            "ThreadLocalSingleton",
            "ThreadSafeSingleton",
        )
    ),
)

_STATEMENT_METHODS = (
    "distinct",
    "filter",
    "filter_by",
    "group_by",
    "having",
    "join",
    "limit",
    "offset",
    "options",
    "order_by",
    "outerjoin",
    "returning",
    "values",
    "where",
    "with_for_update",
)
_STATEMENTS = (
    "sqlalchemy.Delete",
    "sqlalchemy.Insert",
    "sqlalchemy.Select",
    "sqlalchemy.Update",
    f"{_SYNC}.Query",
)

_SET_METHODS = (
    "all",
    "annotate",
    "defer",
    "difference",
    "distinct",
    "exclude",
    "filter",
    "intersection",
    "none",
    "only",
    "order_by",
    "prefetch_related",
    "reverse",
    "select_for_update",
    "select_related",
    "union",
    "using",
    "values",
    "values_list",
)
_SETS = ("django.db.models.Manager", "django.db.models.Model.objects", "django.db.models.QuerySet")


_GIVE_WHAT_IS_NAMED = (
    "django.utils.module_loading.import_string",
    "pkgutil.resolve_name",
    "pydoc.locate",
    "werkzeug.utils.import_string",
)


def _results() -> Iterator[tuple[str, str]]:
    yield from _PLAIN.items()
    yield from ((name, CALLS_ITS_FIRST) for name in _CALL_THEIR_FIRST)
    yield from ((name, NAMED_BY_FIRST) for name in _GIVE_WHAT_IS_NAMED)
    for statement, method in product(_STATEMENTS, _STATEMENT_METHODS):
        yield f"{statement}.{method}", statement
    for manager, method in product(_SETS, _SET_METHODS):
        yield f"{manager}.{method}", "django.db.models.QuerySet"


RESULTS: Mapping[str, str] = MappingProxyType(dict(_results()))
"""The class of what is returned, by the callable, or that its result calls its first argument, or is
what that names.

All by the dotted names under which they are imported.
"""
