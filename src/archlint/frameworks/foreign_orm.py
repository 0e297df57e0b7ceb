"""Data access past the ORM that the configuration asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.frameworks.drivers.names import CONNECTING, POOLING
from archlint.project.files.test_code import is_test
from archlint.project.objects.uses import Uses

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project
    from archlint.project.spans import Span

PACKAGES: Final = {
    "beanie": ("beanie",),
    "django": ("django.db.models",),
    "mongoengine": ("mongoengine",),
    "peewee": ("peewee", "playhouse"),
    "piccolo": ("piccolo",),
    "pony": ("pony",),
    "sqlalchemy": ("sqlalchemy", "flask_sqlalchemy", "sqlmodel"),
    "sqlmodel": ("sqlmodel", "sqlalchemy", "flask_sqlalchemy"),
    "tortoise": ("tortoise",),
}
"""What is imported of each ORM."""

_OPENING: Final = frozenset((*CONNECTING, *POOLING))


class Past(msgspec.Struct, frozen=True):
    """A place that leads past the ORM."""

    module: Module
    span: Span
    what: str


def uses_orm(project: Project, orm: str) -> bool:
    """Whether any code but tests imports an ORM."""
    return any(
        _is_of(fact.target, PACKAGES[orm])
        for module in _code(project)
        for fact in module.facts.imports
        if not fact.typing
    )


def past_orm(project: Project, orm: str) -> Iterator[Past]:
    """The imports of other ORMs, and the connections that are opened without any."""
    others = {name: names for name, names in PACKAGES.items() if not set(names) & set(PACKAGES[orm])}
    for module in _code(project):
        for fact in module.facts.imports:
            other = next((name for name, names in others.items() if _is_of(fact.target, names)), "")
            if other and not fact.typing:
                yield Past(module, fact.span, f"`{fact.target}` belongs to another ORM, {other}")
        if not module.imported.isdisjoint(name.partition(".")[0] for name in _OPENING):
            yield from _opened(project, module)


def _opened(project: Project, module: Module) -> Iterator[Past]:
    if module.speaks_of(b"creator"):
        return  # it may be what the engine asks for its connections
    for use in project.view(Uses).of(module):
        if use.how == "call" and use.name in _OPENING:
            yield Past(module, use.span, f"`{use.name}` opens a connection beside the ORM")


def _code(project: Project) -> Iterator[Module]:
    """The modules that are part of the application."""
    for module in project.modules:
        if not (is_test(module.path) or module.is_stub or "migrations/" in module.path):
            yield module


def _is_of(target: str, packages: tuple[str, ...]) -> bool:
    return any(f"{target}.".startswith(f"{package}.") for package in packages)
