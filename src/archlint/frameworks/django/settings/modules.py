"""The settings of the project: all settings modules, and what they agree on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.frameworks.django.settings.reader import Namespace, SettingsReader
from archlint.frameworks.django.settings.values import (
    Listing,
    Scalar,
    SettingValue,
    alternatives,
)
from archlint.project.files.test_code import is_test
from archlint.project.module import Module
from archlint.project.names.added_elsewhere import AddedElsewhere
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from archlint.project.project import Project

_MARKS = frozenset(
    {
        "AUTH_USER_MODEL",
        "DATABASES",
        "INSTALLED_APPS",
        "MIDDLEWARE",
        "ROOT_URLCONF",
        "SECRET_KEY",
        "TEMPLATES",
    }
)
_NAMED = re.compile(r"DJANGO_SETTINGS_MODULE[\"']?\s*[,=:\])]+\s*[\"']?([A-Za-z_][\w.]*)")
_PLACES = re.compile(r"(?:^|/)(?:manage|wsgi|asgi|celery|conftest|__main__|runtests)[^/]*\.py$")
_FILES = re.compile(r"(?:^|/)(?:pytest\.ini|setup\.cfg|tox\.ini|pyproject\.toml|\.env[^/]*|Dockerfile[^/]*)$")


class SettingsModule(msgspec.Struct, frozen=True):
    """One settings module."""

    module: Module
    names: Namespace
    elsewhere: AddedElsewhere

    def get(self, name: str) -> SettingValue | None:
        """What a setting may be; None where the module does not set it."""
        return self.names.values.get(name)

    def texts(self, name: str) -> tuple[Scalar, ...]:
        """The texts that a setting, or a list of it, may hold."""
        found: list[Scalar] = []
        for value in alternatives(self.get(name)):
            items = value.items if isinstance(value, Listing) else (value,)
            found += [
                inner
                for item in items
                for inner in alternatives(item)
                if isinstance(inner, Scalar) and isinstance(inner.value, str)
            ]
        return tuple(found)

    def certain(self, name: str) -> tuple[str, ...]:
        """The texts that a list surely holds, whatever the conditions."""
        value = self.get(name)
        items = value.items if isinstance(value, Listing) else ()
        return tuple(i.value for i in items if isinstance(i, Scalar) and isinstance(i.value, str))

    def is_closed(self, name: str) -> bool:
        """Whether everything a setting may be is seen."""
        if self.names.is_open or not self.elsewhere.to(name).isdisjoint(
            {self.module, *self.names.takes_from}
        ):
            return False
        return all(_is_closed(value) for value in alternatives(self.get(name)))


class Settings:
    """Every settings module of the project."""

    def __init__(self, project: Project) -> None:
        reader, elsewhere = project.view(SettingsReader), project.view(AddedElsewhere)
        self.named = frozenset(_named(project))
        """Those that something starts with: `DJANGO_SETTINGS_MODULE`."""

        modules = _modules(project, self.named)
        found = [SettingsModule(module, reader.namespace(module), elsewhere) for module in modules]
        self.modules: tuple[SettingsModule, ...] = tuple(found)
        taken = {source for one in found for source in one.names.takes_from}
        self.final: tuple[SettingsModule, ...] = tuple(one for one in found if one.module not in taken)
        """Those that no other builds upon."""

    @classmethod
    def build(cls, project: Project) -> Settings:
        """The settings of a project."""
        return cls(project)

    @property
    def user_model(self) -> str | None:
        """The label in AUTH_USER_MODEL, or its default; None where nobody can tell."""
        found: set[str] = set()
        # What only tests say does not count beside what the others say, but it leaves a default in doubt.
        real = [one for one in self.final if not is_test(one.module.path)]
        saying = [one for one in self.modules if one.texts("AUTH_USER_MODEL")]
        base = [one for one in saying if not is_test(one.module.path)]
        asked = real if any(one in real for one in saying) else base or self.final
        for one in asked:
            texts = {str(text.value) for text in one.texts("AUTH_USER_MODEL")}
            if one.get("INSTALLED_APPS") is None and not texts:
                continue
            if texts or not one.names.is_open:
                found |= texts or {"auth.User"}
            elif one in real and asked is self.final:
                found.add("")  # it may be set where nobody can look
        return (found.pop() or None) if len(found) == 1 else None

    def labels(self, name: str) -> frozenset[str]:
        """The texts that a setting of any module may be."""
        return frozenset(str(text.value) for one in self.modules for text in one.texts(name))

    @property
    def installed(self) -> frozenset[str]:
        """Everything that INSTALLED_APPS of any module may hold."""
        return self.labels("INSTALLED_APPS")

    @property
    def sees_all_apps(self) -> bool:
        """Whether no app may be installed that is not seen."""
        with_apps = [one for one in self.modules if one.get("INSTALLED_APPS") is not None]
        return bool(with_apps) and all(one.is_closed("INSTALLED_APPS") for one in self.final)


def _is_closed(value: SettingValue) -> bool:
    if isinstance(value, Listing):
        return not value.is_open and all(_is_closed(inner) for i in value.items for inner in alternatives(i))
    return isinstance(value, Scalar)


def _modules(project: Project, named: frozenset[Module]) -> Iterator[Module]:
    """Modules that set what only settings set, and those that something names as settings."""
    for module in project.modules:
        if module.is_stub or module.name == "django.conf.global_settings" or "_template" in module.path:
            continue
        binds = len(_MARKS & module.bindings.keys())
        last = module.name.rpartition(".")[2]
        looks = "settings" in (*module.name.split("."), last[:8], last[-8:])
        if module in named or binds > 1 or (looks and (binds or module.stars)):
            yield module


def _named(project: Project) -> Iterator[Module]:
    symbols = project.view(Symbols)
    for module in project.modules:
        if _PLACES.search(module.path):
            for name in _NAMED.findall(project.text(module.path).text):
                found = symbols.resolve(name, module)
                if isinstance(found, Module):
                    yield found
    for path in (path for path in project.files if _FILES.search(path)):
        for name in _NAMED.findall(project.text(path).text):
            yield from project.by_name.get(name, ())
