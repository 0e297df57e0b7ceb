"""Frameworks by the package one imports."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

WEB: Final = {
    "aiohttp": "aiohttp",
    "bottle": "Bottle",
    "django": "Django",
    "falcon": "Falcon",
    "fastapi": "FastAPI",
    "flask": "Flask",
    "litestar": "Litestar",
    "ninja": "Django Ninja",
    "pyramid": "Pyramid",
    "quart": "Quart",
    "rest_framework": "Django REST framework",
    "sanic": "Sanic",
    "starlette": "Starlette",
    "strawberry": "Strawberry",
    "graphene": "Graphene",
    "tornado": "Tornado",
}
"""What answers requests."""

DATA: Final = {
    "beanie": "Beanie",
    "django.db": "the ORM of Django",
    "mongoengine": "MongoEngine",
    "peewee": "Peewee",
    "piccolo": "Piccolo",
    "pony": "Pony",
    "sqlalchemy": "SQLAlchemy",
    "sqlmodel": "SQLModel",
    "tortoise": "Tortoise ORM",
}
"""What keeps data."""

WORK: Final = {"celery": "Celery", "dramatiq": "Dramatiq", "huey": "Huey", "rq": "RQ"}
"""What does work later."""


def found(imported: Collection[str]) -> tuple[str, ...]:
    """The frameworks among some dotted names that are imported, web first."""
    names = [package for table in (WORK, DATA, WEB) for package in table]
    told = {name for name in names for each in imported if f"{each}.".startswith(f"{name}.")}
    return tuple(title for table in (WEB, DATA, WORK) for name, title in table.items() if name in told)
