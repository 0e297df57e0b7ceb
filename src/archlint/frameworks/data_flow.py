"""The values of a project as its frameworks know them, followed through all of its code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from archlint.frameworks.django.query.semantics import DjangoSemantics
from archlint.project.flow.behaviour import Semantics
from archlint.project.flow.flow import Flow
from archlint.project.flow.trace import Called, Trace
from archlint.project.module import Module

if TYPE_CHECKING:
    from archlint.project.project import Project

_FRAMEWORKS: tuple[Callable[[Project], Semantics | None], ...] = (DjangoSemantics.of,)
"""Each makes the semantics of one framework, or None for a project that does not use it."""


class DataFlow:
    """The runs of all the code of a project; without a framework there is nothing to follow."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self.semantics = tuple(s for s in (make(project) for make in _FRAMEWORKS) if s is not None)
        self.flow = Flow(project, self.semantics)
        self._traces: dict[Module, tuple[Trace, ...]] = {}

    @classmethod
    def build(cls, project: Project) -> DataFlow:
        """The view of a project."""
        return cls(project)

    def traces(self) -> Iterator[Trace]:
        """Every run of every body, those with the arguments of a caller too, each once."""
        met: set[int] = set()
        for module in self._project.modules:
            for trace in self._of(module):
                if id(trace) not in met:
                    met.add(id(trace))
                    yield trace

    def _of(self, module: Module) -> tuple[Trace, ...]:
        if not self.semantics:
            return ()
        if module not in self._traces:
            found: dict[int, Trace] = {}
            for root in self.flow.traces(module):
                found[id(root)] = root
                found.update((id(inner), inner) for inner in root.inside())
            self._traces[module] = tuple(found.values())
        return self._traces[module]


def call_of(trace: Trace) -> Called | None:
    """The call in the caller's run that led to this one; None for a run on its own."""
    if trace.caller is None:
        return None
    caller, form = trace.caller
    for event in caller.events:
        if isinstance(event, Called) and event.form is form:
            return event
    return None
