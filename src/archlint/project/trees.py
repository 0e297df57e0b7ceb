"""The concrete trees of a project's files and definitions, parsed when somebody asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.concrete.tree import Tree, tree_of, tree_of_lines

if TYPE_CHECKING:
    from archlint.facts.definitions import ClassFact, FunctionFact
    from archlint.project.module import Module
    from archlint.project.project import Project

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

    def of_definition(self, module: Module, definition: ClassFact | FunctionFact) -> Tree | None:
        """The tree of one class or function without its decorators, cheaper than that of the whole file."""
        text = self._project.text(module.path)
        around = definition.qualname.rpartition(".")[0]
        return tree_of_lines(module.path, text, definition.line, definition.end_line, around)
