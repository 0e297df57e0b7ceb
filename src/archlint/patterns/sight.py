"""What names in a concrete tree stand for, as far as the facts of the project tell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from archlint.concrete.patterns.matching import chain
from archlint.facts.bindings import Kind
from archlint.facts.fragment import fragment
from archlint.patterns.names import name_of
from archlint.project.answer import UNKNOWN, Definition, External
from archlint.project.classes import ClassHierarchy
from archlint.project.functions import ProjectFunction
from archlint.project.objects.values import Instance, Value, Values
from archlint.project.patterns import matches_name
from archlint.project.scopes import Scopes, nested

if TYPE_CHECKING:
    from archlint.concrete.tree import Node, Tree
    from archlint.project import Module, Project


class Sight:
    """Answers for the nodes of one tree, and counts the questions that have no answer."""

    def __init__(self, project: Project, module: Module, tree: Tree) -> None:
        self._project = project
        self._module = module
        self._tree = tree
        self.unsure = 0

    def stands_for(self, node: Node, targets: Sequence[str]) -> bool:
        """Whether a name or chain of names is one of some things, by their dotted names."""
        value = self._value(node, chain(node))
        name = value.of.name if isinstance(value, Instance) else name_of(value)
        if name:
            return any(matches_name(name, target) for target in targets)
        last = chain(node).rpartition(".")[2]
        self.unsure += any(target.rpartition(".")[2] in (last, "*") for target in targets)
        return False

    def is_instance(self, node: Node, classes: Sequence[str]) -> bool:
        """Whether an expression is an object of one of some classes, or of one below."""
        value = self._value(node, self._tree.code(node))
        if isinstance(value, Definition) and value.kind is Kind.VALUE:
            value = self._project.view(Values).held(value)
        if not isinstance(value, Instance):
            followed = self._followed(node, classes)
            self.unsure += value is UNKNOWN and not followed
            return any(matches_name(name, each) for name in followed for each in classes)
        if any(matches_name(value.of.name, each) for each in classes):
            return True
        if isinstance(value.of, External):
            return False
        hierarchy = self._project.view(ClassHierarchy)
        answers = [hierarchy.is_subclass(value.of, each) for each in classes]
        self.unsure += None in answers and True not in answers
        return True in answers

    def _followed(self, node: Node, classes: Sequence[str]) -> frozenset[str]:
        """The classes of an object that only its way through the code tells, where its methods are called."""
        # Few patterns ask for a class at all, and following values is dear.
        from archlint.frameworks.followed_types import FollowedTypes, may_follow

        if not may_follow(classes):
            return frozenset()
        place = self._tree.location(node)
        text = self._project.text(self._module.path)
        end = (place.end_line, len(text.line(place.end_line)[: place.end_column - 1].encode()))
        return self._project.view(FollowedTypes).ending_at(self._module, end)

    def _value(self, node: Node, code: str) -> Value:
        form = fragment(code)
        if form is None:
            return UNKNOWN
        scope = self._tree.scope(node)
        function = self._function(scope)
        if function is not None:
            return self._project.view(Values).of(function, form)
        return self._project.view(Scopes).resolve(self._module, scope, form)

    def _function(self, scope: str) -> ProjectFunction | None:
        """The function whose body a scope is."""
        if not scope.endswith("()"):
            return None
        found = nested(self._module, scope.removesuffix("()"))
        if found is None or found.kind is not Kind.FUNCTION:
            return None
        return ProjectFunction(self._module, found.index)
