"""Lists of modules that grow elsewhere: `from shop.urls import urlpatterns`, then `urlpatterns.append(…)`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Expression, last_name
from archlint.project.answer import Definition
from archlint.project.functions import Functions
from archlint.project.scopes import Scopes
from archlint.project.words import Words

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project
    from archlint.project.summaries import Summary

_ADDING = frozenset({"add", "append", "extend", "insert"})


class AddedElsewhere:
    """Answers for one name after the other: only modules that speak of it are looked at."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._functions = project.view(Functions)
        self._scopes = project.view(Scopes)
        self._known: dict[str, frozenset[Module]] = {}

    @classmethod
    def build(cls, project: Project) -> AddedElsewhere:
        """The view of a project."""
        return cls(project)

    def to(self, name: str) -> frozenset[Module]:
        """The modules whose list of this name a function or another module adds to."""
        if name not in self._known:
            self._known[name] = frozenset(self._grown(name))
        return self._known[name]

    def _grown(self, name: str) -> Iterator[Module]:
        for module in self._project.view(Words).modules(name):
            for scope, summary in self._functions.bodies(module, name):
                for target in _added_to(summary, name):
                    found = self._scopes.resolve(module, scope, target)
                    if not isinstance(found, Definition) or found.kind is not Kind.VALUE:
                        continue
                    if found.qualname == name and (scope or found.module is not module):
                        yield found.module


def _added_to(summary: Summary, name: str) -> Iterator[Expression]:
    for site in summary.calls:
        called = site.call.function
        if isinstance(called, Attribute) and called.attr in _ADDING and last_name(called.value) == name:
            yield called.value
    for target, bound in summary.stored:
        if target.attr == name and bound.how == "augment":
            yield target
