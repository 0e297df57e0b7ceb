"""What a project is built with, as its own files tell: frameworks, settings, databases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from archlint.frameworks.django.settings.backends import NAMES as BACKENDS
from archlint.frameworks.django.settings.backends import WORDS, backends
from archlint.frameworks.django.settings.modules import Settings
from archlint.frameworks.known import DATA, TITLES, packages
from archlint.frameworks.sqlalchemy.database import Database
from archlint.project.files.requirements import Requirements
from archlint.project.files.test_code import is_test
from archlint.project.imports.import_graph import ImportGraph

if TYPE_CHECKING:
    from archlint.project.project import Project

_DISTRIBUTIONS: Final = {
    "ninja": "django-ninja",
    "rest_framework": "djangorestframework",
    "strawberry": "strawberry-graphql",
    "tortoise": "tortoise-orm",
}
"""Where what is installed is called otherwise than what is imported."""


class Framework(msgspec.Struct, frozen=True):
    """A framework that the project imports."""

    title: str
    versions: tuple[str, ...]
    """Those that the project asks for, as it writes them; empty where it does not say."""

    is_required: bool
    """Whether a file of the project names it as required."""


def frameworks(project: Project) -> tuple[Framework, ...]:
    """The frameworks that anything imports, web first."""
    required = project.view(Requirements)
    found = []
    for package in _imported(project):
        if "." in package:
            continue  # a part of another one
        distribution = _DISTRIBUTIONS.get(package, package)
        versions = required.versions(distribution)
        found.append(Framework(TITLES[package], versions, required.name(distribution)))
    return tuple(found)


def keeps_data(project: Project) -> bool:
    """Whether anything that keeps data is imported."""
    return any(package in DATA for package in _imported(project))


def settings_modules(project: Project) -> tuple[str, ...]:
    """The paths of modules with Django's settings: those that run the project, not its tests.

    Where tests alone build upon all others, those others.
    """
    if "django" not in _imported(project):
        return ()
    settings = project.view(Settings)
    final = tuple(one.module.path for one in settings.final if not is_test(one.module.path))
    return final or tuple(one.module.path for one in settings.modules if not is_test(one.module.path))


def databases(project: Project) -> tuple[str, ...]:
    """The databases that the configuration, the settings or engines name, as people call them."""
    engine = BACKENDS.get(project.view(Database).name, project.view(Database).name)
    found = {*backends(project), *([engine] if engine else [])}
    return tuple(sorted(WORDS.get(name, name) for name in found))


def _imported(project: Project) -> tuple[str, ...]:
    graph = project.view(ImportGraph)
    return packages({edge.name for module in project.modules for edge in graph.external_of(module)})
