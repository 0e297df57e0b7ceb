"""The files that change the tables of a database, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from archlint.frameworks.inventory.words import Migration
from archlint.project.files.test_code import is_test

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

_REVISION: Final = frozenset({"revision", "down_revision"})


def migrations(project: Project) -> tuple[Migration, ...]:
    """The migrations of Django and the revisions of Alembic, in the order of the modules."""
    return tuple(_found(project.modules))


def _found(modules: tuple[Module, ...]) -> Iterator[Migration]:
    for module in modules:
        if is_test(module.path) or module.is_package or module.is_stub:
            continue
        bound = {binding.name for binding in module.facts.bindings}
        if "Migration" in bound and "/migrations/" in f"/{module.path}":
            yield Migration(module.path, "django", module.digests.substance)
        elif bound >= _REVISION:
            yield Migration(module.path, "sqlalchemy", module.digests.substance)
