"""Classes that nothing but annotations speaks of: nobody is seen to make an object of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archlint.facts.expressions import Attribute, Name, last_name
from archlint.facts.forms import walked
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.calls.signatures import written_in
from archlint.project.functions import mentioning
from archlint.project.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archlint.facts.definitions import FunctionFact
    from archlint.facts.expressions import Form
    from archlint.project.module import Module
    from archlint.project.project import Project

_KEEPING: Final = frozenset({"abstractmethod", "classmethod", "override", "property", "staticmethod"})
"""Decorators that leave it to the caller what a function is given; others may make it, as a router does."""


class PromisedOnly:
    """Answers for the classes of a project."""

    def __init__(self, project: Project) -> None:
        self._words = project.view(Words)
        self._hierarchy = project.view(ClassHierarchy)
        self._known: dict[ProjectClass, bool] = {}

    @classmethod
    def build(cls, project: Project) -> PromisedOnly:
        """The view of a project."""
        return cls(project)

    def holds(self, cls: ProjectClass) -> bool:
        """Whether a class is what functions say they are given, and nobody makes one: it may be a dict."""
        if cls not in self._known:
            speaking = self._words.modules(cls.fact.name)
            is_made = bool(self._hierarchy.below(cls)) or any(_may_make(module, cls) for module in speaking)
            self._known[cls] = not is_made
        return self._known[cls]


def _may_make(module: Module, cls: ProjectClass) -> bool:
    name = cls.fact.name
    if _speaks(module.body, name) or any(_is_given(each, name) for each in module.functions):
        return True
    if any(_speaks(module.statements(each.fact), name) for each in mentioning(module, name)):
        return True
    return any(_speaks(module.statements(each), name) for each in module.classes if each is not cls.fact)


def _is_given(function: FunctionFact, name: str) -> bool:
    """Whether a framework calls a function, as its decorator says, and gives it one."""
    if all(last_name(each) in _KEEPING for each in function.decorators):
        return False
    annotations = (each.annotation for each in function.parameters)
    return any(name in written_in(each) for each in annotations if each is not None)


def _speaks(forms: Iterable[Form], name: str) -> bool:
    return any(
        (isinstance(form, Name) and form.id == name) or (isinstance(form, Attribute) and form.attr == name)
        for form in walked(forms)
    )
