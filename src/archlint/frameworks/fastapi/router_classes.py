"""The routes that classes of routers add to themselves: `class Crud(APIRouter)` with `self.add_api_route`.

What an object of a class adds is read as `__init__` runs it, through `super()` and the class's own methods.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Name
from archlint.facts.statements import DefineFunction, Evaluate, Statement, With
from archlint.frameworks.fastapi.entries import CALLS, Entry, blocks, decorations, entry_of
from archlint.frameworks.fastapi.names import ROUTERS, is_named
from archlint.frameworks.fastapi.order import Tried
from archlint.project.answer import External, Unresolved
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.frameworks.fastapi.entries import Conditions
    from archlint.project.project import Project

_DEPTH = 8
_START = "__init__"


def routes_of_classes(project: Project) -> Iterator[tuple[Tried, ...]]:
    """The routes that an object of each class of routers has from the start, in their order."""
    hierarchy = project.view(ClassHierarchy)
    for cls in hierarchy.classes():
        bases = hierarchy.order(cls)[1:] if cls.fact.bases else ()
        if any(not isinstance(base, Unresolved) and is_named(base.name, ROUTERS) for base in bases):
            entries = list(_Run(project, hierarchy, cls).method(_START, 0, frozenset(), ()))
            if len(entries) > 1:
                yield tuple(Tried(each.path, (each,)) for each in entries if each.methods)


class _Run(msgspec.Struct):
    """Making one object of a class, call by call."""

    project: Project
    hierarchy: ClassHierarchy
    cls: ProjectClass
    calls: int = 0

    def method(
        self, name: str, after: int, conditions: Conditions, above: tuple[ProjectFunction, ...]
    ) -> Iterator[Entry]:
        """What a method adds, looked up from some place on in the order of the class."""
        order = self.hierarchy.order(self.cls)
        for at in range(after, len(order)):
            owner = order[at]
            if not isinstance(owner, ProjectClass):
                return  # FastAPI's own, or one that nobody knows
            member = next((each for each in reversed(owner.fact.members) if each.name == name), None)
            if member is None:
                continue
            if member.kind is Kind.FUNCTION:
                function = ProjectFunction(owner.module, member.index)
                if function not in above and len(above) < _DEPTH:
                    self.calls += 1
                    body = owner.module.statements(function.fact)
                    yield from self._body(function, body, at, conditions, (*above, function), self.calls)
            return

    def _body(
        self,
        function: ProjectFunction,
        body: tuple[Statement, ...],
        at: int,
        conditions: Conditions,
        above: tuple[ProjectFunction, ...],
        call: int,
    ) -> Iterator[Entry]:
        for statement in body:
            if isinstance(statement, DefineFunction):
                inner = ProjectFunction(function.module, statement.index)
                for decorator, named in reversed(decorations(inner)):
                    if _is_own(function, named.value):
                        yield from self._entry(function, conditions, decorator, named, inner)
            elif isinstance(statement, Evaluate) and isinstance(statement.value, Call):
                yield from self._called(function, statement.value, at, conditions, above)
            elif isinstance(statement, With):
                yield from self._body(function, statement.body, at, conditions, above, call)
            else:
                for number, block in enumerate(blocks(statement)):
                    inside = conditions | {(getattr(statement, "line", 0), call * 1000 + number)}
                    yield from self._body(function, block, at, inside, above, call)

    def _called(
        self,
        function: ProjectFunction,
        call: Call,
        at: int,
        conditions: Conditions,
        above: tuple[ProjectFunction, ...],
    ) -> Iterator[Entry]:
        named = call.function
        if not isinstance(named, Attribute):
            return
        if _is_super(named.value):
            yield from self.method(named.attr, at + 1, conditions, above)
        elif _is_own(function, named.value):
            if named.attr in CALLS and self._is_from_outside(named.attr):
                yield from self._entry(function, conditions, call, named, None)
            else:
                yield from self.method(named.attr, 0, conditions, above)

    def _is_from_outside(self, name: str) -> bool:
        """Whether no class of the project has a way of its own to add routes."""
        return isinstance(self.hierarchy.member(self.cls, name), External)

    def _entry(
        self,
        function: ProjectFunction,
        conditions: Conditions,
        call: Call,
        named: Attribute,
        handler: ProjectFunction | None,
    ) -> Iterator[Entry]:
        entry = entry_of(self.project, function.module, function.scope, conditions, call, named.attr, handler)
        yield replace(entry, made_by=self.cls.name)


def _is_own(function: ProjectFunction, value: object) -> bool:
    return isinstance(value, Name) and value.id == function.receiver != ""


def _is_super(value: object) -> bool:
    return isinstance(value, Call) and isinstance(value.function, Name) and value.function.id == "super"
