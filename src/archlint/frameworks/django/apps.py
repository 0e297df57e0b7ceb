"""Apps and their labels: which app a module belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Expression, Literal, Name
from archlint.facts.outline import last_name
from archlint.facts.statements import Annotate, Assign
from archlint.project.answer import Folder
from archlint.project.module import Module

if TYPE_CHECKING:
    from archlint.facts.definitions import ClassFact
    from archlint.frameworks.django.settings.modules import Settings
    from archlint.project.finder import Finder
    from archlint.project.project import Project


class App(msgspec.Struct, frozen=True):
    """An app: the package it is, and the label that text refers to it by."""

    name: str
    label: str
    config: str = ""
    """Dotted name of the class that configures it; empty where Django makes one."""

    is_default: bool = True
    auto_field: str = ""
    """What its configuration says of keys that Django adds; empty where it leaves that to the settings."""


class Apps:
    """The apps that the project defines, installed or not."""

    def __init__(self, project: Project, finder: Finder, settings: Settings) -> None:
        self._finder = finder
        self._packages = project.by_name.keys()
        self.configured: tuple[App, ...] = tuple(_configured(project))
        self._by_name: dict[str, App] = {}
        for app in self.configured:
            is_inside = app.config.startswith(f"{app.name}.")
            if app.name not in self._by_name or (app.is_default and is_inside):
                self._by_name[app.name] = app
            # Where the source root is another than the path at run time, the package has a longer name.
            package = app.config.rpartition(".")[0].removesuffix(".apps")
            if package.endswith(f".{app.name}"):
                self._by_name[package] = app
        self.installed: tuple[App, ...] = tuple(self.entry(text) for text in sorted(settings.installed))
        """What INSTALLED_APPS of any settings module may hold."""

        for app in self.installed:
            self._by_name.setdefault(app.name, app)
        self._of: dict[str, App] = {}

    def of(self, module: Module) -> App:
        """The app whose models a module would hold.

        The nearest package with a configuration of its own, else the one that looks like an app.
        """
        if module.name not in self._of:
            self._of[module.name] = self._app(module)
        return self._of[module.name]

    def entry(self, text: str) -> App:
        """The app that an entry of INSTALLED_APPS stands for: a package, or a configuration's class."""
        for app in self.configured:
            if app.config and text in (app.config, f"{app.name}.apps.{app.config.rpartition('.')[2]}"):
                return app
        home, _, last = text.rpartition(".")
        if home and last[:1].isupper() and text not in self._packages:
            return self.named(home.removesuffix(".apps"))
        return self.named(text)

    def named(self, name: str) -> App:
        """The app of a package."""
        return self._by_name.get(name) or App(name, name.rpartition(".")[2])

    def _app(self, module: Module) -> App:
        name = module.name
        while name:
            if name in self._by_name:
                return self._by_name[name]
            name = name.rpartition(".")[0]
        return self.named(self._package(module))

    def _package(self, module: Module) -> str:
        """The package that looks like an app: above `models`, or the nearest with models or migrations."""
        segments = module.name.split(".")
        if "models" in segments[1:]:
            return ".".join(segments[: segments.index("models", 1)])
        nearest = ".".join(segments if module.is_package else segments[:-1])
        package = nearest
        while package:
            found = self._finder.module(package, module)
            children = self._finder.children(found) if isinstance(found, (Module, Folder)) else ()
            if {"models", "migrations", "apps"} & set(children):
                return package
            package = package.rpartition(".")[0]
        return nearest or module.name


def _configured(project: Project) -> Iterator[App]:
    for module in project.modules:
        if not any(fact.module.startswith("django.apps") for fact in module.facts.imports):
            continue
        for fact in module.classes:
            if any(last_name(base).endswith("Config") for base in fact.bases):
                values = _texts(module, fact)
                if "name" in values:
                    yield _app(module, fact, values)


def _app(module: Module, fact: ClassFact, values: dict[str, object]) -> App:
    name = values["name"]
    if not isinstance(name, str):
        name = module.package
    label = values.get("label")
    is_default = bool(values.get("default", True))
    label = label if isinstance(label, str) else name.rpartition(".")[2]
    auto_field = values.get("default_auto_field")
    auto_field = auto_field if isinstance(auto_field, str) else ""
    return App(name, label, f"{module.name}.{fact.qualname}", is_default, auto_field)


def _texts(module: Module, fact: ClassFact) -> dict[str, object]:
    values: dict[str, object] = {}
    for statement in module.statements(fact):
        if isinstance(statement, Assign):
            values.update((t.id, _text(statement.value)) for t in statement.targets if isinstance(t, Name))
        elif isinstance(statement, Annotate) and isinstance(statement.target, Name) and statement.value:
            values[statement.target.id] = _text(statement.value)
    return values


def _text(value: Expression) -> object:
    return value.value if isinstance(value, Literal) else None
