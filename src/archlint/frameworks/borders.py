"""What of each framework a team keeps to one layer: queries, transactions, entities, requests."""

from __future__ import annotations

from typing import Final

_SESSIONS: Final = ("sqlalchemy.orm.Session", "sqlalchemy.ext.asyncio.AsyncSession")
_ASKED: Final = (
    *("add", "add_all", "delete", "execute", "get", "merge", "query", "scalar", "scalars", "stream"),
)
_ENDED: Final = ("begin", "commit", "flush", "refresh", "rollback")
_MANAGERS: Final = ("django.db.models.Manager.*", "django.db.models.QuerySet.*")

QUERIES: Final[dict[str, tuple[str, ...]]] = {
    "asyncpg": ("asyncpg.Connection.*", "asyncpg.Pool.*"),
    "django.db": (*_MANAGERS, "django.db.connection.**", "django.shortcuts.get_object_or_404"),
    "mongoengine": ("mongoengine.Document.objects.**",),
    "peewee": ("peewee.Model.*",),
    "psycopg": ("psycopg.Connection.*", "psycopg.Cursor.*", "psycopg.connect"),
    "psycopg2": ("psycopg2.connect", "psycopg2.extensions.**"),
    "pymongo": ("pymongo.collection.Collection.*",),
    "sqlalchemy": tuple(f"{session}.{name}" for session in _SESSIONS for name in _ASKED),
    "sqlite3": ("sqlite3.Connection.*", "sqlite3.Cursor.*"),
    "sqlmodel": tuple(f"sqlmodel.Session.{name}" for name in (*_ASKED, "exec")),
    "tortoise": ("tortoise.models.Model.*", "tortoise.queryset.QuerySet.*"),
}
"""What asks for data or changes it, by the package that is imported."""

STAND_ON: Final = {"flask_sqlalchemy": "sqlalchemy", "flask_sqlalchemy_lite": "sqlalchemy"}
"""Packages that hand out what another one has: whoever imports them need not import that."""

STATEMENTS: Final[dict[str, tuple[str, ...]]] = {
    "sqlalchemy": tuple(f"sqlalchemy.{name}" for name in ("delete", "insert", "select", "text", "update")),
    "sqlmodel": ("sqlmodel.select",),
}
"""What builds queries that are yet to be asked."""

TRANSACTIONS: Final[dict[str, tuple[str, ...]]] = {
    "django.db": ("django.db.transaction.**",),
    "sqlalchemy": tuple(f"{session}.{name}" for session in _SESSIONS for name in _ENDED),
    "sqlmodel": tuple(f"sqlmodel.Session.{name}" for name in _ENDED),
}
"""What begins and ends transactions."""

ENTITIES: Final[dict[str, tuple[str, ...]]] = {
    "django.db": ("django.db.models.Model", "django.db.models.QuerySet"),
    "mongoengine": ("mongoengine.Document",),
    "peewee": ("peewee.Model",),
    "sqlalchemy": ("sqlalchemy.Select", "sqlalchemy.orm.DeclarativeBase", "sqlalchemy.orm.Query"),
    "sqlmodel": ("sqlmodel.SQLModel",),
    "tortoise": ("tortoise.models.Model",),
}
"""What rows and queries are, before anybody makes plain values of them."""

REQUESTS: Final[dict[str, tuple[str, ...]]] = {
    "aiohttp": ("aiohttp.web",),
    "bottle": ("bottle",),
    "django": ("django.http", "django.shortcuts", "django.views"),
    "falcon": ("falcon",),
    "fastapi": ("fastapi",),
    "flask": ("flask",),
    "litestar": ("litestar",),
    "quart": ("quart",),
    "rest_framework": (*(f"rest_framework.{name}" for name in ("request", "response", "views", "viewsets")),),
    "sanic": ("sanic",),
    "starlette": ("starlette",),
}
"""Modules of what answers requests."""

REQUEST_TYPES: Final[dict[str, tuple[str, ...]]] = {
    "aiohttp": ("aiohttp.web.HTTPException", "aiohttp.web.Request", "aiohttp.web.Response"),
    "django": ("django.http.Http404", "django.http.HttpRequest", "django.http.HttpResponse"),
    "fastapi": ("fastapi.HTTPException", "fastapi.Request", "fastapi.Response"),
    "flask": ("flask.Request", "flask.Response", "werkzeug.exceptions.HTTPException"),
    "litestar": ("litestar.Request", "litestar.Response", "litestar.exceptions.HTTPException"),
    "quart": ("quart.Request", "quart.Response"),
    "rest_framework": (
        "rest_framework.exceptions.APIException",
        "rest_framework.request.Request",
        "rest_framework.response.Response",
    ),
    "sanic": ("sanic.Request", "sanic.exceptions.SanicException"),
    "starlette": (
        "starlette.exceptions.HTTPException",
        "starlette.requests.Request",
        "starlette.responses.Response",
    ),
}
"""Objects that belong to one request."""
