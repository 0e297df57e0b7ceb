"""Modules of the project that settings name by text: apps, middleware, the URLconf, backends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from archlint.frameworks.django.settings.dotted import dotted_settings
from archlint.frameworks.django.settings.modules import Settings
from archlint.project.answer import Definition
from archlint.project.module import Module
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place
    from archlint.project.project import Project


class NamedModule(NamedTuple):
    """A module, the setting that names it, and where that is written."""

    module: Module
    setting: str
    place: Place


def named_modules(project: Project) -> Iterator[NamedModule]:
    """What the settings of a project name of the project itself, each place once."""
    symbols, met = project.view(Symbols), set()
    for settings in project.view(Settings).modules:
        for setting, text in dotted_settings(settings):
            found = symbols.resolve(str(text.value), text.place.module)
            module = found.module if isinstance(found, Definition) else found
            if isinstance(module, Module) and (text.place, module) not in met:
                met.add((text.place, module))
                yield NamedModule(module, setting, text.place)
