"""What a project is built with, as its own files tell: frameworks, settings, databases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from archlint.frameworks.django.backends import WORDS, backends
from archlint.frameworks.django.settings import Settings
from archlint.frameworks.known import TITLES, packages
from archlint.project.import_graph import ImportGraph
from archlint.project.requirements import Requirements

if TYPE_CHECKING:
    from archlint.project.project import Project

_DISTRIBUTIONS: Final = {
    "django.db": "django",
    "ninja": "django-ninja",
    "rest_framework": "djangorestframework",
    "strawberry": "strawberry-graphql",
    "tortoise": "tortoise-orm",
}
"""Where what is installed is called otherwise than what is imported."""


@dataclass(frozen=True, slots=True)
class Framework:
    """A framework that the project imports."""

    title: str
    versions: tuple[str, ...]
    """Those that the project asks for, as it writes them; empty where it does not say."""

    is_required: bool
    """Whether a file of the project names it as required."""


def frameworks(project: Project) -> tuple[Framework, ...]:
    """The frameworks that anything imports, web first."""
    graph = project.view(ImportGraph)
    required = project.view(Requirements)
    imported = {edge.name for module in project.modules for edge in graph.external_of(module)}
    found = []
    for package in packages(imported):
        distribution = _DISTRIBUTIONS.get(package, package)
        versions = required.versions(distribution)
        found.append(Framework(TITLES[package], versions, required.name(distribution)))
    return tuple(found)


def settings_modules(project: Project) -> tuple[str, ...]:
    """The paths of modules with settings that no other builds upon."""
    return tuple(one.module.path for one in project.view(Settings).final)


def databases(project: Project) -> tuple[str, ...]:
    """The databases that the settings name, as people call them."""
    return tuple(sorted(WORDS[name] for name in backends(project)))
