"""The URLconfs that everything starts from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.frameworks.django.settings.modules import Settings
from archlint.project.module import Module
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from archlint.project.project import Project


def roots(project: Project) -> Iterator[Module]:
    """The modules that ROOT_URLCONF of any settings names."""
    symbols = project.view(Symbols)
    met: set[Module] = set()
    for settings in project.view(Settings).modules:
        for text in settings.texts("ROOT_URLCONF"):
            found = symbols.resolve(str(text.value), settings.module)
            if isinstance(found, Module) and found not in met:
                met.add(found)
                yield found
