"""Which modules of an import cycle are entered first when something upstream is imported."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TypeAlias

import msgspec

from archlint.project.imports.execution import Execution, Step
from archlint.project.module import Module

Entered: TypeAlias = tuple[frozenset[Module], bool]
"""The modules of the cycle that may be the first, and whether one surely is entered."""

_NOTHING: Entered = (frozenset(), False)


class _Ways(msgspec.Struct):
    """How far the search has come in a module.

    Kept until its answer is found: each answer that is needed first sends the search there again.
    """

    left: list[tuple[Module, bool]]
    """What it imports, the next one last, and whether it surely does."""

    entered: set[Module] = msgspec.field(default_factory=set)


class Touched:
    """Answers for one cycle, found when they are asked for: most of what lies upstream never is."""

    def __init__(self, execution: Execution, cycle: Collection[Module]) -> None:
        self.cycle = cycle
        self._execution = execution
        self._known: dict[Module, Entered] = {module: (frozenset((module,)), True) for module in cycle}
        self._ways: dict[Module, _Ways] = {}
        self.reach = self._upstream()
        """The cycle, and the modules whose import leads into it."""

    def by(self, module: Module) -> Entered:
        """What is entered first by importing a module."""
        if module not in self.reach:
            return _NOTHING
        pending = [module]
        while pending:
            missing = None if pending[-1] in self._known else self._settle(pending[-1])
            if missing is None:
                pending.pop()
            else:
                pending.append(missing)
        return self._known[module]

    def by_steps(self, steps: Iterable[Step]) -> Entered:
        """What is entered first by some imports, one after the other."""
        found: frozenset[Module] = frozenset()
        for step in steps:
            for module in step.reached:
                members, is_sure = self.by(module)
                found |= members
                if is_sure and step.is_certain:
                    return found, True
        return found, False

    def _upstream(self) -> set[Module]:
        found = set(self.cycle)
        waiting = list(self.cycle)
        while waiting:
            for importer in self._execution.predecessors[waiting.pop()]:
                if importer not in found:
                    found.add(importer)
                    waiting.append(importer)
        return found

    def _settle(self, module: Module) -> Module | None:
        """Find the answer for a module, or else another module whose answer is needed first."""
        knot = self._execution.component_of(module)
        entered: dict[Module, Entered] = {}
        for each in knot:
            answer = self._first(each, knot)
            if isinstance(answer, Module):
                return answer
            entered[each] = answer
        if len(knot) > 1:
            # Upstream cycles: whichever of them comes first, it may be any of these.
            members = frozenset().union(*(members for members, _ in entered.values()))
            entered = dict.fromkeys(knot, (members, False))
        self._known.update(entered)
        for each in knot:
            self._ways.pop(each, None)
        return None

    def _first(self, module: Module, knot: Collection[Module]) -> Entered | Module:
        """What a module enters first, apart from what its own knot does; a module that is not known yet."""
        ways = self._ways.get(module)
        if ways is None:
            ways = self._ways[module] = self._ways_of(module, knot)
        while ways.left:
            reached, is_certain = ways.left[-1]
            answer = self._known.get(reached)
            if answer is None:
                return reached
            ways.entered.update(answer[0])
            if answer[1] and is_certain:
                return frozenset(ways.entered), True
            ways.left.pop()
        return frozenset(ways.entered), False

    def _ways_of(self, module: Module, knot: Collection[Module]) -> _Ways:
        """What a module imports that leads into the cycle: the first time of each, and the first sure one."""
        found = dict.fromkeys(((each, True) for each in self._execution.around(module)), None)
        for step in self._execution.steps(module):
            is_certain = step.is_certain
            for each in step.reached:
                found.setdefault((each, is_certain))
        return _Ways([way for way in reversed(found) if way[0] in self.reach and way[0] not in knot])
