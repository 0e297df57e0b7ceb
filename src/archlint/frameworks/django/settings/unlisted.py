"""Apps that the settings leave out beside those that they write down, though their models are loaded.

Where INSTALLED_APPS cannot be read to its end, plugins or a file for one site may add to it. What the urls or
an installed app import in any case would have to be added for every site, though: it belongs among its like.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from archlint.frameworks.django.models.registered import DjangoModels
from archlint.frameworks.django.settings.installation import Installation
from archlint.frameworks.django.settings.profiles import Profile, is_sure
from archlint.project.answer import External
from archlint.project.classes import ClassHierarchy
from archlint.project.files.test_code import is_test
from archlint.project.imports.import_graph import Edge, ExternalEdge, ImportGraph

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

_LIKE = 3
"""How many apps must be written down from a folder, for those that are not there to be missed."""

_CONTRIB = "django.contrib"
MODELS = frozenset(
    f"{_CONTRIB}.{app}.models"
    for app in ("admin", "auth", "contenttypes", "flatpages", "redirects", "sessions", "sites")
)
"""Modules whose import fails where their app is not installed."""


class Unlisted:
    """Answers from what surely happens when a site starts, whatever else is installed."""

    def __init__(self, project: Project) -> None:
        models = project.view(DjangoModels)
        self._project = project
        self._installation = project.view(Installation)
        self._listed = {app.name for app in models.apps.installed}
        self._like = Counter(_folder(app.name) for app in models.apps.installed)
        self._profiles = [
            Profile(project, one)
            for one in models.settings.final
            if not is_test(one.module.path) and one.get("INSTALLED_APPS") is not None
        ]

    @classmethod
    def build(cls, project: Project) -> Unlisted:
        """The view of a project."""
        return cls(project)

    def loader(self, module: Module, app: str) -> Edge | None:
        """The import that loads a module of an app which is missed; None where it is not."""
        if self._installation.installs(module) or not self._misses(app):
            return None
        edges = (profile.loader(module) for profile in self._profiles)
        return next((edge for edge in edges if edge is not None), None)

    @cached_property
    def contrib(self) -> tuple[tuple[str, ExternalEdge], ...]:
        """Django's own apps that are missed, each with the first import of their models."""
        found: dict[str, ExternalEdge] = {}
        for edge in self._leaving():
            app = edge.name.partition(".models")[0]
            if f"{app}.models" in MODELS and app not in found and self._misses(app):
                found[app] = edge
        return tuple((app, edge) for app, edge in found.items() if not self._is_configured(app))

    def _is_configured(self, app: str) -> bool:
        """Whether the project has a configuration of its own for it, whose name says nothing of that."""
        hierarchy = self._project.view(ClassHierarchy)
        return any(
            isinstance(base, External) and base.name.startswith(f"{app}.apps.")
            for cls in hierarchy.classes()
            if cls.fact.name.endswith("Config")
            for base in hierarchy.order(cls)
        )

    def _misses(self, app: str) -> bool:
        return app not in self._listed and self._like[_folder(app)] >= _LIKE

    def _leaving(self) -> Iterator[ExternalEdge]:
        graph = self._project.view(ImportGraph)
        for profile in self._profiles:
            for module in sorted({*profile.loaded()}, key=lambda each: each.path):
                yield from (edge for edge in graph.external_of(module) if is_sure(edge.fact))


def _folder(app: str) -> str:
    return app.rpartition(".")[0]
