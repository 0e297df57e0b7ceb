"""The databases that a project may run on, by its configuration or its settings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.frameworks.django.setting_values import Scalar, SettingValue, Table, alternatives
from archlint.frameworks.django.settings import Settings, SettingsModule

if TYPE_CHECKING:
    from archlint.project.project import Project

WORDS = {
    "mysql": "MySQL",
    "oracle": "Oracle",
    "postgresql": "PostgreSQL",
    "sqlite3": "SQLite",
}
"""Backends as people call them."""

NAMES = {
    "mariadb": "mysql",
    "mysql": "mysql",
    "oracle": "oracle",
    "postgis": "postgresql",
    "postgres": "postgresql",
    "postgresql": "postgresql",
    "postgresql_psycopg2": "postgresql",
    "spatialite": "sqlite3",
    "sqlite": "sqlite3",
    "sqlite3": "sqlite3",
}
"""Backends by what settings, URLs and the configuration call them."""


def backends(project: Project) -> frozenset[str]:
    """The backends of the default database, in all settings but those of tests; empty where unknown.

    What the configuration says in `stack.database` counts alone.
    """
    told = NAMES.get(project.config.stack.database.lower())
    if told is not None:
        return frozenset({told})
    modules = [one for one in project.view(Settings).modules if "test" not in one.module.path.lower()]
    return frozenset(name for one in modules for name in _engines(one))


def _engines(settings: SettingsModule) -> Iterator[str]:
    for value in alternatives(settings.get("DATABASES")):
        if not isinstance(value, Table):
            continue
        for default in alternatives(value.get("default")):
            engine = default.get("ENGINE") if isinstance(default, Table) else default
            yield from _named(engine)


def _named(value: SettingValue | None) -> Iterator[str]:
    """The backends that an engine's dotted name or a database's URL may mean."""
    for alternative in alternatives(value):
        if isinstance(alternative, Scalar) and isinstance(alternative.value, str):
            text = alternative.value.partition("://")[0].rpartition(".")[2]
            if text in NAMES:
                yield NAMES[text]
