"""Methods that a class inherits and that work on what it sets itself: the template and its heirs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.values import Arguments, Closure, Object
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.project.flow.flow import Flow
    from archlint.project.module import Module

_MOST = 6
"""Heirs for whom one method is run; those of a library of views are many, and alike."""

_OWN = frozenset({Kind.VALUE, Kind.FUNCTION, Kind.CLASS})


def run_for_heirs(flow: Flow, modules: tuple[Module, ...]) -> None:
    """Run inherited methods with `self` as an object of each class that fills them in.

    On its own a method is run for the class that has it: for `self.model` of a list of anything that is
    none, or one of several.
    """
    hierarchy = flow.project.view(ClassHierarchy)
    runs: dict[ProjectFunction, int] = {}
    for module in modules:
        for index, fact in enumerate(module.classes):
            if not fact.bases or not fact.members:
                continue
            cls = ProjectClass(module, index)
            receiver = flow.instance_of(flow.names.of_class(cls), flow.site(module))
            if not isinstance(receiver, Object):
                continue
            for method in _inherited(hierarchy, cls):
                runs[method] = runs.get(method, 0) + 1
                if runs[method] <= _MOST:
                    site = flow.site(method.module)
                    site.path.state = {}
                    flow.calls.invoke(site, Closure(method, receiver), Arguments(is_open=True))


def _inherited(hierarchy: ClassHierarchy, cls: ProjectClass) -> Iterator[ProjectFunction]:
    """The methods from classes of the project above that ask for something that a class sets."""
    own = {member.name for member in cls.fact.members if member.kind in _OWN}
    met = set(own)
    for ancestor in hierarchy.order(cls)[1:]:
        if not isinstance(ancestor, ProjectClass):
            continue
        for member in ancestor.fact.members:
            if member.kind is not Kind.FUNCTION or member.name in met:
                continue
            method = ProjectFunction(ancestor.module, member.index)
            if any(ancestor.module.mentions(method.fact, name) for name in own):
                yield method
        met.update(member.name for member in ancestor.fact.members)
