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

TITLES: Final = {**WEB, **DATA, **WORK}
"""All of them, in the order in which they are told."""


def packages(imported: Collection[str]) -> tuple[str, ...]:
    """The packages of frameworks that some dotted names belong to, web first."""
    return tuple(name for name in TITLES if any(f"{each}.".startswith(f"{name}.") for each in imported))


def found(imported: Collection[str]) -> tuple[str, ...]:
    """The frameworks among some dotted names that are imported, web first."""
    return tuple(TITLES[name] for name in packages(imported))
