"""A pack: a package whose modules are rules."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import msgspec

from archlint.card import Card

if TYPE_CHECKING:
    from archlint.project import Project


class Pack(msgspec.Struct, frozen=True, array_like=True):
    """A package of rules, as its distribution declares it."""

    name: str
    package: str
    """The dotted name of the package."""

    distribution: str
    """Name and version of what was installed."""

    text: str
    """The docstring of the package: what the pack is about."""

    rules: tuple[Card, ...]
    """In the order of their ids."""

    collectors: tuple[str, ...] = ()
    """The functions that give facts of its own: `package.module:function`."""

    folder: str = ""
    """Where it lies, if it is a folder that the configuration names."""

    @property
    def summary(self) -> str:
        """What the pack is about, in a line."""
        return self.text.partition("\n")[0]

    def detect(self, project: Project) -> bool:
        """Whether the pack is used on a project whose configuration does not say. Imports its package."""
        detect = getattr(import_module(self.package), "detect", None)
        return detect is None or bool(detect(project))
