"""Which code of the project belongs to an installed app, and which is loaded when Django starts."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from archlint.frameworks.django.known.packages import FIELDS, SILENT_APPS
from archlint.frameworks.django.models.registered import DjangoModels
from archlint.project.answer import MISSING
from archlint.project.files.test_code import is_test
from archlint.project.imports.import_graph import Edge, ImportGraph
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from archlint.facts.imports import Import
    from archlint.frameworks.django.models.registered import DjangoModel
    from archlint.project.module import Module
    from archlint.project.project import Project

_APART = re.compile(r"(?:^|/)migrations/")
_FAMILIAR = frozenset({"django", *SILENT_APPS, *FIELDS})

_LISTING = frozenset({"glob", "importlib", "os", "pathlib", "pkgutil"})
"""Where a package finds out what parts it has."""

_COMPLETE = frozenset({"auth", "contenttypes", "sessions", "sites", "admin", "redirects", "flatpages"})
"""Labels of Django's apps whose models are all known."""


class Installation:
    """Answers from INSTALLED_APPS and ROOT_URLCONF, as far as they can be seen."""

    def __init__(self, project: Project) -> None:
        models = project.view(DjangoModels)
        self._project = project
        self.is_seen = models.settings.sees_all_apps
        """Whether no app may be installed that is not seen."""

        self._folders = tuple(f"/{app.name.replace('.', '/')}/" for app in models.apps.installed)
        own = {module.name.partition(".")[0] for module in project.modules}
        self.has_strangers = any(
            app.name.partition(".")[0] not in own | _FAMILIAR for app in models.apps.installed
        )
        """Whether an app is installed of which nobody here knows what models it has."""

    @cached_property
    def may_have_strangers(self) -> bool:
        """The same, where no settings say it, by what the models are made with and of."""
        if self.is_seen or self.has_strangers:
            return self.has_strangers
        graph, models = self._project.view(ImportGraph), self._project.view(DjangoModels)
        modules = {model.cls.module for model in models.declared() if model.cls is not None}
        known = _FAMILIAR | sys.stdlib_module_names
        return any(
            edge.name.partition(".")[0] not in known
            for module in modules
            if not self.is_apart(module)
            for edge in graph.external_of(module)
        )

    @classmethod
    def build(cls, project: Project) -> Installation:
        """The view of a project."""
        return cls(project)

    def installs(self, module: Module) -> bool:
        """Whether a module may belong to an installed app, wherever on the path its folder lies."""
        return any(folder in f"/{module.path}" for folder in self._folders)

    def lacks(self, app: str, name: str) -> bool:
        """Whether an app, by its label, surely has no model of this name."""
        models = self._project.view(DjangoModels)
        own = [model for model in models.declared() if model.app_label == app and not _is_local(model)]
        if any(model.name.lower() == name.lower() for model in own):
            return False
        if not own and app not in _COMPLETE and (self.has_strangers or not self.is_seen):
            return False
        return not any(self._may_bind(models, module, app, name) for module in self._project.modules)

    def _may_bind(self, models: DjangoModels, module: Module, app: str, name: str) -> bool:
        """Whether a module of the app binds the name to something that may be a model all the same."""
        unseen = module.facts.dynamic_names or module.facts.fault
        if not (name in module.bindings or unseen or module.stars) or models.apps.of(module).label != app:
            return False
        return bool(unseen) or self._project.view(Symbols).member(module, name) is not MISSING

    def is_apart(self, module: Module) -> bool:
        """Whether a module is only there for tests or for the history of the schema."""
        return is_test(module.path) or _APART.search(module.path) is not None

    def loader(self, module: Module) -> Edge | None:
        """The import by which a module outside every installed app is loaded with the others."""
        return self._loaded.get(module)

    def forgets(self, module: Module) -> bool:
        """Whether a part of a package of models is imported neither by the package nor by anybody else."""
        package = module.name.rpartition(".")[0]
        if module.is_package or package.rpartition(".")[2] != "models":
            return False
        graph = self._project.view(ImportGraph)
        if any(not edge.by and not self.is_apart(edge.importer) for edge in graph.importers_of(module)):
            return False
        homes = self._project.by_name.get(package, ())
        return bool(homes) and not any(map(_imports_by_name, homes))

    @cached_property
    def _loaded(self) -> dict[Module, Edge]:
        reached = self._project.view(ImportGraph).reached(self._starts(), _happens)
        return {edge.imported: edge for edge in reached}

    def _starts(self) -> Iterator[Module]:
        settings = self._project.view(DjangoModels).settings
        roots = settings.labels("ROOT_URLCONF")
        own = {one.module for one in settings.modules}
        for module in self._project.modules:
            is_start = module in own or module.name in roots or self.installs(module)
            if is_start and not self.is_apart(module):
                yield module


def _is_local(model: DjangoModel) -> bool:
    """Whether only a function makes the model, as tests do."""
    return model.cls is None or "()" in model.cls.fact.qualname


def _imports_by_name(package: Module) -> bool:
    """Whether a package may import its parts in a loop over their names."""
    looking = any(fact.module.partition(".")[0] in _LISTING for fact in package.facts.imports)
    return looking or bool(package.facts.fault) or "__getattr__" in package.bindings


def _happens(fact: Import) -> bool:
    """Whether an import is one that Python runs, sooner or later, and that may not fail."""
    return not (fact.typing or fact.guarded)
