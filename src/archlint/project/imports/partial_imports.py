"""Imports inside a cycle, played through: is a name there when it is taken from a half-run module?"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.imports import Import
from archlint.project.imports.binding_order import BindingOrder, Position
from archlint.project.imports.execution import Execution, Step
from archlint.project.imports.top_reads import Span, reads_at_import
from archlint.project.module import Module

if TYPE_CHECKING:
    from archlint.project.project import Project


class MissedName(msgspec.Struct, frozen=True):
    """A name that is taken from a module before the module has bound it."""

    importer: Module
    fact: Import
    source: Module
    bound: Position
    """Where the module would bind it."""

    way: tuple[tuple[Module, Import], ...]
    """The imports that are under way, from the one in the half-run module to the one that led here."""

    name: str
    read: Span | None = None
    """Where it is read off the module, if not by the import itself: `handlers.ping`."""


class PartialImports:
    """Plays imports through, from a module that is imported before any other of its cycle."""

    transparent = True

    def __init__(self, execution: Execution, order: BindingOrder) -> None:
        self.execution = execution
        self.order = order

    @classmethod
    def build(cls, project: Project) -> PartialImports:
        """The view of a project."""
        return cls(project.view(Execution), project.view(BindingOrder))

    def may_fail(self, cycle: Collection[Module]) -> bool:
        """Whether any name is taken inside a cycle that its module may bind too late."""
        return any(
            self._is_bound_late(cycle, step.source, step.fact.name)
            for module in cycle
            for step in self.execution.steps(module)
            if step.source in cycle and not step.fact.guarded
        ) or any(self._reads_late(cycle, module) for module in cycle)

    def _reads_late(self, cycle: Collection[Module], module: Module) -> bool:
        """Whether a module of a cycle reads something off another that may bind it too late."""
        return any(
            self._is_bound_late(cycle, source, name)
            for step in self.execution.steps(module)
            if (source := imported_whole(step)) in cycle
            for name, _ in reads_at_import(module, step.fact.alias)
        )

    def failure(self, cycle: Collection[Module], entry: Module) -> MissedName | None:
        """How importing a module of a cycle first fails, or None where it works or nobody can tell.

        It has to fail both if all imports under a condition run and if none does.
        """
        first = (*self.execution.around(entry), entry)
        with_conditions = _Play(self, cycle, conditions=True).failure(first)
        return with_conditions and _Play(self, cycle, conditions=False).failure(first)

    def _is_bound_late(self, cycle: Collection[Module], source: Module | None, name: str) -> bool:
        if source is None:
            return False
        around = self.execution.around(source)
        into_cycle = (
            (step.fact.line, step.fact.column)
            for step in self.execution.steps(source)
            if any(each in cycle and each not in around and each is not source for each in step.reached)
        )
        first = next(into_cycle, None)
        return first is not None and self.order.bound_later(source, name, first) is not None


def imported_whole(step: Step) -> Module | None:
    """The module that an import binds to a name, if that is a module."""
    if step.child is not None:
        return step.child
    is_bound = not step.fact.name and bool(step.fact.alias) and bool(step.loads)
    return step.loads[-1] if is_bound and not step.fact.binds_top else None


class _Frame(msgspec.Struct):
    """A module that is running."""

    module: Module
    wanted: Iterator[Module]
    fact: Import | None = None
    """The import it is at."""

    @property
    def now(self) -> Position:
        """How far it has run."""
        return (self.fact.line, self.fact.column) if self.fact else (0, 0)


class _Play:
    """One run, in a world where nothing of the cycle has been imported yet."""

    def __init__(self, views: PartialImports, cycle: Collection[Module], *, conditions: bool) -> None:
        self._execution = views.execution
        self._order = views.order
        self._cycle = cycle
        self._conditions = conditions
        self._frames: list[_Frame] = []
        self._running: dict[Module, _Frame] = {}
        self._done: set[Module] = set()
        self._failure: MissedName | None = None
        self._is_lost = False

    def failure(self, first: tuple[Module, ...]) -> MissedName | None:
        """The failure of importing some modules one after the other."""
        for module in first:
            self._enter(module)
            while self._frames and self._failure is None and not self._is_lost:
                self._go_on()
        if self._is_lost or any(frame.fact and frame.fact.guarded for frame in self._frames):
            return None  # nobody can tell, or somebody catches it
        return self._failure

    def _go_on(self) -> None:
        frame = self._frames[-1]
        wanted = next(frame.wanted, None)
        if wanted is not None:
            self._enter(wanted)
        elif self._failure is None:
            self._frames.pop()
            del self._running[frame.module]
            self._done.add(frame.module)

    def _enter(self, module: Module) -> None:
        if module in self._done or module in self._running or module not in self._cycle:
            return
        self._is_lost = module.facts.fault is not None
        frame = _Frame(module, iter(()))
        frame.wanted = self._wanted(frame)
        self._frames.append(frame)
        self._running[module] = frame

    def _wanted(self, frame: _Frame) -> Iterator[Module]:
        """What a module asks for; resumed when that has run, or is running already."""
        for step in self._execution.steps(frame.module):
            if not step.is_certain and not self._conditions:
                continue
            frame.fact = step.fact
            yield from step.loads
            self._take(frame, step)
            if self._failure is not None:
                return
            if step.child is not None and step.source is not None and self._order.is_open(step.source):
                self._is_lost = True  # nobody can tell whether Python looks for the submodule
            if step.child is not None and not self._has(step):
                yield step.child
            self._read(frame, step)
            if self._failure is not None:
                return

    def _take(self, frame: _Frame, step: Step) -> None:
        half_run = self._running.get(step.source) if step.source is not None else None
        if half_run is None or half_run is frame:
            return
        bound = self._order.bound_later(half_run.module, step.fact.name, half_run.now)
        if bound is not None:
            self._failed(frame, step, half_run, bound, step.fact.name)

    def _read(self, frame: _Frame, step: Step) -> None:
        """What is read off a module that is half-run as long as this one runs."""
        source = imported_whole(step)
        half_run = self._running.get(source) if source is not None else None
        if half_run is None or half_run is frame or not step.is_certain:
            return
        for name, span in reads_at_import(frame.module, step.fact.alias):
            bound = self._order.bound_later(half_run.module, name, half_run.now)
            if bound is not None and span[0] > step.fact.line:
                self._failed(frame, step, half_run, bound, name, span)
                return

    def _failed(
        self,
        frame: _Frame,
        step: Step,
        half_run: _Frame,
        bound: Position,
        name: str,
        read: Span | None = None,
    ) -> None:
        under_way = self._frames[self._frames.index(half_run) : -1]
        way = tuple((each.module, each.fact) for each in under_way if each.fact is not None)
        self._failure = MissedName(frame.module, step.fact, half_run.module, bound, way, name, read)

    def _has(self, step: Step) -> bool:
        """Whether the package has the name itself, so that Python looks for no submodule."""
        if step.source is None:
            return False
        running = self._running.get(step.source)
        return self._order.may_have(step.source, step.fact.name, running.now if running else None)
