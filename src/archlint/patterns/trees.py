"""The concrete trees of a project's files, parsed when somebody asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.concrete.tree import Tree, tree_of

if TYPE_CHECKING:
    from archlint.project import Module, Project

_KEPT = 2
"""Trees are large; rules look at one file after the other."""


class Trees:
    """The trees of the files that were asked for last."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._project = project
        self._trees: dict[str, Tree | None] = {}

    @classmethod
    def build(cls, project: Project) -> Trees:
        """The view of a project."""
        return cls(project)

    def of(self, module: Module) -> Tree | None:
        """The tree of a file; None where libcst cannot parse it."""
        text = self._project.text(module.path)
        if module.path not in self._trees:
            while len(self._trees) >= _KEPT:
                del self._trees[next(iter(self._trees))]
            self._trees[module.path] = tree_of(module.path, text)
        return self._trees[module.path]
