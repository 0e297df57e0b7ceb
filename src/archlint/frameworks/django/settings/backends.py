"""The databases that a project may run on, by its configuration or its settings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.frameworks.django.settings.modules import Settings, SettingsModule
from archlint.frameworks.django.settings.values import OPEN, Scalar, SettingValue, Table, alternatives
from archlint.project.files.manifests import Manifests
from archlint.project.files.requirements import Requirements
from archlint.project.files.test_code import is_test
from archlint.project.files.versions import are_below

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


_DRIVERS = {
    "cx-oracle": "oracle",
    "mysqlclient": "mysql",
    "oracledb": "oracle",
    "psycopg": "postgresql",
    "psycopg-binary": "postgresql",
    "psycopg2": "postgresql",
    "psycopg2-binary": "postgresql",
    "pymysql": "mysql",
}
"""Backends by the distributions that they need."""


_POSTGRESQL = "django.contrib.postgres."


def backends(project: Project) -> frozenset[str]:
    """The backends of the default database, in all settings but those of tests; empty where unknown.

    What the configuration says in `stack.database` counts alone.
    """
    told = NAMES.get(project.config.stack.database.lower())
    if told is not None:
        return frozenset({told})
    modules = [one for one in project.view(Settings).modules if "test" not in one.module.path.lower()]
    engines = [engine for one in modules for engine in _engines(one)]
    names = ((engine, name) for engine in engines for name in _named(engine))
    found = frozenset(name for engine, name in names if not _falls_back(project, engine, name))
    # Settings for documentation or a first try; the real ones are elsewhere.
    return found if "postgresql" in found or not _wants_postgresql(project) else frozenset()


def _wants_postgresql(project: Project) -> bool:
    """Whether code of the project needs what only PostgreSQL has, and does not ask whether it is there."""
    return any(
        fact.module.startswith(_POSTGRESQL) and not (fact.guarded or fact.typing or fact.scope)
        for module in project.modules
        if not is_test(module.path)
        for fact in module.facts.imports
    )


_UNLIMITED_SINCE = {"postgresql": "4.2", "sqlite3": "5.2"}
"""The version of Django since when a `CharField` in a database needs no `max_length`."""


def has_unlimited_texts(project: Project) -> bool | None:
    """Whether all databases can hold a `CharField` without `max_length`; None where nobody can tell."""
    known = backends(project)
    versions = project.view(Requirements).versions("django")
    if any(name not in _UNLIMITED_SINCE or are_below(versions, _UNLIMITED_SINCE[name]) for name in known):
        return False
    return True if known else None


def _falls_back(project: Project, engine: SettingValue | None, name: str) -> bool:
    """Whether a backend is only for where the environment names no other, as what is installed tells."""
    if OPEN not in alternatives(engine) or name == "sqlite3":
        return False  # that one needs no driver
    declared = project.view(Manifests).declared
    ready = {backend for driver, backend in _DRIVERS.items() if driver in declared}
    return bool(ready) and name not in ready


def _engines(settings: SettingsModule) -> Iterator[SettingValue | None]:
    for value in alternatives(settings.get("DATABASES")):
        if not isinstance(value, Table):
            continue
        for default in alternatives(value.get("default")):
            yield default.get("ENGINE") if isinstance(default, Table) else default


def _named(value: SettingValue | None) -> Iterator[str]:
    """The backends that an engine's dotted name or a database's URL may mean."""
    for alternative in alternatives(value):
        if isinstance(alternative, Scalar) and isinstance(alternative.value, str):
            text = alternative.value.partition("://")[0].rpartition(".")[2]
            if text in NAMES:
                yield NAMES[text]
