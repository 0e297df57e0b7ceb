"""The base of rules that look at concrete source: at libcst's nodes, with comments, quotes and spaces."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias, Union, cast

from archlint.rule import ModuleRule, Outcome, Verdict

if TYPE_CHECKING:
    from archlint.concrete.tree import Tree
    from archlint.facts import ClassFact, FunctionFact
    from archlint.project import Module, Project

__all__ = ["ConcreteRule", "Nominee"]

Definition: TypeAlias = Union["ClassFact", "FunctionFact"]

Nominee: TypeAlias = Union["Module", Definition]
"""What is to be parsed: the whole file, or one definition of it without its decorators."""


class ConcreteRule(ModuleRule, frozen=True):
    """A rule in two steps: facts nominate what may be wrong, and only that is parsed by libcst.

    Parsing concretely takes ten times as long as all that archlint does otherwise. So nominate few files,
    and single definitions where one will do.
    """

    @abstractmethod
    def nominate(self, project: Project, module: Module) -> Iterable[Nominee]:
        """What of a module is to be looked at: the module itself, or some of its classes and functions."""

    @abstractmethod
    def check_tree(self, project: Project, module: Module, tree: Tree) -> Iterator[Verdict]:
        """Look at one tree. `tree.location(node)` and `tree.code(node)` serve for findings and edits."""

    def check_module(self, project: Project, module: Module) -> Iterator[Verdict]:
        """Look at what is nominated. What libcst cannot parse is unknown."""
        for nominee in self.nominate(project, module):
            # libcst is for files that have something to look at.
            from archlint.project.trees import Trees

            trees = project.view(Trees)
            is_file = nominee is module
            tree = trees.of(module) if is_file else trees.of_definition(module, cast("Definition", nominee))
            if tree is None:
                yield Outcome.UNKNOWN
            else:
                yield from self.check_tree(project, module, tree)
