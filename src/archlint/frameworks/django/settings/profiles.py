"""Settings that stand side by side, for development and for production: what each installs and loads."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from archlint.frameworks.django.models.registered import DjangoModels
from archlint.frameworks.django.urls.routes import DjangoRoutes
from archlint.project.files.test_code import is_test
from archlint.project.imports.import_graph import Edge, ImportGraph

if TYPE_CHECKING:
    from archlint.facts.imports import Import
    from archlint.frameworks.django.settings.modules import SettingsModule
    from archlint.project.module import Module
    from archlint.project.project import Project

_LOADED = frozenset({"admin", "apps", "models"})
"""What Django imports of each app that is installed."""


class Profile:
    """One of several settings modules, each of which a site may be started with."""

    def __init__(self, project: Project, settings: SettingsModule) -> None:
        apps = project.view(DjangoModels).apps
        self._project = project
        self.settings = settings
        entries = [apps.entry(str(text.value)) for text in settings.texts("INSTALLED_APPS")]
        self._folders = tuple(f"/{app.name.replace('.', '/')}/" for app in entries)

    def installs(self, module: Module) -> bool:
        """Whether a module may belong to an app that it installs."""
        return any(folder in f"/{module.path}" for folder in self._folders)

    def loader(self, module: Module) -> Edge | None:
        """The import by which a site with these settings surely loads a module."""
        return self._loaded.get(module)

    def loaded(self) -> Iterator[Module]:
        """The modules that such a site surely loads."""
        yield from self._starts()
        yield from self._loaded

    @cached_property
    def _loaded(self) -> dict[Module, Edge]:
        reached = self._project.view(ImportGraph).reached(self._starts(), is_sure)
        return {edge.imported: edge for edge in reached}

    def _starts(self) -> Iterator[Module]:
        roots = {str(text.value) for text in self.settings.texts("ROOT_URLCONF")}
        for module in self._project.modules:
            is_loaded = module.name in roots or module is self.settings.module
            if is_loaded or (_LOADED & set(module.name.split(".")[-2:]) and self.installs(module)):
                yield module
        for route in self._project.view(DjangoRoutes):
            if (
                route.root in roots
                and route.is_certain
                and route.pattern is not None
                and route.pattern.module
            ):
                yield route.pattern.module  # which `include()` may name by a text


class Profiles:
    """The settings modules of a project whose apps are all seen, where there are several."""

    def __init__(self, project: Project) -> None:
        found = [
            one
            for one in project.view(DjangoModels).settings.final
            if not is_test(one.module.path)
            and one.get("INSTALLED_APPS") is not None
            and one.is_closed("INSTALLED_APPS")
        ]
        self._all = [Profile(project, one) for one in found] if len(found) > 1 else []

    @classmethod
    def build(cls, project: Project) -> Profiles:
        """The view of a project."""
        return cls(project)

    def lacking(self, module: Module) -> tuple[Profile, Edge] | None:
        """A profile that loads a module without installing its app, and the import that does."""
        for profile in self._all:
            if not profile.installs(module):
                edge = profile.loader(module)
                if edge is not None:
                    return profile, edge
        return None


def is_sure(fact: Import) -> bool:
    """Whether an import happens whenever its module is loaded."""
    return not (fact.typing or fact.guarded or fact.conditional or fact.deferred)
