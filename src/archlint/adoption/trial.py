"""A project under another configuration, to see whether it holds."""

from __future__ import annotations

from typing import Final, TypeVar

from archlint.config.model import Config
from archlint.project.drawing.layers import Layers
from archlint.project.project import Project

V = TypeVar("V")

_CONFIGURED: Final = (Layers,)
"""The views that read the configuration."""


class Trial(Project):
    """The same files, and all views of them that do not depend on the configuration."""

    def __init__(self, project: Project, config: Config) -> None:
        super().__init__(
            config, project.modules, files=project.files, roots=project.roots, ignores=project.ignores
        )
        self._project = project

    def view(self, kind: type[V]) -> V:
        """The view of this kind, made anew only where the configuration counts."""
        return super().view(kind) if kind in _CONFIGURED else self._project.view(kind)
