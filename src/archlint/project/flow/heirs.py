"""Methods that a class inherits and that work on what it sets itself: the template and its heirs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Name
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.values import Arguments, Closure, Object
from archlint.project.functions import Functions, ProjectFunction

if TYPE_CHECKING:
    from archlint.project.flow.flow import Flow
    from archlint.project.module import Module
    from archlint.project.project import Project

_MOST = 6
"""Heirs for whom one method is run; those of a library of views are many, and alike."""

_OWN = frozenset({Kind.VALUE, Kind.FUNCTION, Kind.CLASS})


def run_for_heirs(flow: Flow, modules: tuple[Module, ...]) -> None:
    """Run inherited methods with `self` as an object of each class that fills them in.

    On its own a method is run for the class that has it: for `self.model` of a list of anything that is
    none, or one of several.
    """
    inherited = _Inherited(flow.project)
    runs: dict[ProjectFunction, int] = {}
    for module in modules:
        for index, fact in enumerate(module.classes):
            if not fact.bases or not fact.members:
                continue
            cls = ProjectClass(module, index)
            receiver = flow.instance_of(flow.names.of_class(cls), flow.site(module))
            if not isinstance(receiver, Object):
                continue
            for method in inherited.by(cls):
                runs[method] = runs.get(method, 0) + 1
                if runs[method] <= _MOST:
                    site = flow.site(method.module)
                    site.path.state = {}
                    flow.calls.invoke(site, Closure(method, receiver), Arguments(is_open=True))


class _Inherited:
    """Which inherited methods ask for something that the heir sets, and begin with nobody but a stranger.

    What other methods of the same object call is run where they call it: perhaps never for this heir.
    """

    def __init__(self, project: Project) -> None:
        self._hierarchy = project.view(ClassHierarchy)
        self._functions = project.view(Functions)
        self._asked: dict[ProjectFunction, frozenset[str]] = {}

    def by(self, cls: ProjectClass) -> list[ProjectFunction]:
        """The methods from classes of the project above with which the work of an heir begins."""
        own = {member.name for member in cls.fact.members if member.kind in _OWN}
        methods = list(self._methods(cls, own))
        found = [
            method
            for method, is_hidden in methods
            if not is_hidden and any(method.module.mentions(method.fact, name) for name in own)
        ]
        return [method for method in found if self._begins(method, methods, found)]

    def _begins(
        self,
        method: ProjectFunction,
        methods: list[tuple[ProjectFunction, bool]],
        found: list[ProjectFunction],
    ) -> bool:
        """Whether a method is not only run where others that are run for the heir call it, or never."""
        callers = [(each, is_hidden) for each, is_hidden in methods if self._calls(each, method)]
        if not callers:
            return not method.fact.name.startswith("_") or method.fact.name.startswith("__")
        return any(not is_hidden and caller not in found for caller, is_hidden in callers)

    def _methods(self, cls: ProjectClass, own: set[str]) -> Iterator[tuple[ProjectFunction, bool]]:
        """The methods of the classes above, and whether a nearer one of the same name hides them."""
        met = set(own)
        for ancestor in self._hierarchy.order(cls)[1:]:
            if not isinstance(ancestor, ProjectClass):
                continue
            for member in ancestor.fact.members:
                if member.kind is Kind.FUNCTION:
                    yield ProjectFunction(ancestor.module, member.index), member.name in met
            met.update(member.name for member in ancestor.fact.members)

    def _calls(self, method: ProjectFunction, other: ProjectFunction) -> bool:
        """Whether a method calls another one of its own object."""
        name = other.fact.name
        if method.fact.name == name or not method.module.mentions(method.fact, name):
            return False
        if method not in self._asked:
            calls = (site.call.function for site in self._functions.summary(method).calls)
            self._asked[method] = frozenset(
                called.attr
                for called in calls
                if isinstance(called, Attribute)
                and isinstance(called.value, Name)
                and called.value.id == method.receiver
            )
        return name in self._asked[method]
