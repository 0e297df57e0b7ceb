"""What methods set on their own objects."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from itertools import takewhile
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Name
from archlint.project.answer import UNKNOWN
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.builtins.growing import filled_by
from archlint.project.flow.classes.subclassing import HOOK
from archlint.project.flow.kept.keeping import kept
from archlint.project.flow.values import Arguments, Closure, Value, joined
from archlint.project.functions import ProjectFunction, mentioning
from archlint.project.summaries import summarize
from archlint.project.words import Words

if TYPE_CHECKING:
    from archlint.project.flow.flow import Flow
    from archlint.project.flow.trace import Trace

_MOST_CALLERS = 8


class OwnAttributes:
    """Keeps what runs have set, and runs the methods that set something when that is asked for."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._hierarchy = flow.project.view(ClassHierarchy)
        self._stored: dict[tuple[ProjectFunction, str], tuple[Trace, Value]] = {}
        self._set_by: dict[ProjectFunction, frozenset[str]] = {}
        self._filled_by: dict[ProjectFunction, frozenset[str]] = {}
        self._filled: dict[tuple[ProjectFunction, str], dict[int, tuple[Trace, Value]]] = {}
        self._searched: set[ProjectFunction] = set()

    def setters_of(self, cls: ProjectClass, name: str) -> Iterator[ProjectFunction]:
        """The methods that set an attribute on their own object."""
        nearer: list[ProjectClass] = []
        for ancestor in self._hierarchy.order(cls):
            if not isinstance(ancestor, ProjectClass):
                continue
            for member in ancestor.fact.members if name in ancestor.fact.attributes else ():
                if member.kind is Kind.FUNCTION and member.name != HOOK:
                    method = ProjectFunction(ancestor.module, member.index)
                    sets = ancestor.module.mentions(method.fact, name) and (
                        name in self.sets(method) or name in self._fills(method)
                    )
                    if sets and not any(self._replaces(other, member.name) for other in nearer):
                        yield method
            nearer.append(ancestor)

    def given(self, cls: ProjectClass, name: str, setters: tuple[ProjectFunction, ...]) -> Value:
        """What an object of a class has by a name that methods set."""
        told = self._told(cls, name, setters)
        return self._assigned(cls, setters, name) if told is None else told

    def store(self, trace: Trace, method: ProjectFunction, name: str, value: Value) -> None:
        """A method sets an attribute of its own object."""
        before = self._stored.get((method, name))
        if before is not None and before[0] is trace:
            value = joined(before[1], value)
        self._stored[method, name] = (trace, value)

    def sets(self, method: ProjectFunction) -> frozenset[str]:
        """The attributes that a method sets on its own object, functions inside it left out."""
        names = self._set_by.get(method)
        if names is None:
            stored = summarize(method.module.statements(method.fact)).stored
            names = self._set_by[method] = frozenset(
                target.attr
                for target, _ in stored
                if isinstance(target.value, Name) and target.value.id == method.receiver
            )
        return names

    def fill(self, trace: Trace, method: ProjectFunction, name: str, value: Value) -> None:
        """A method puts what a caller passes into a dict of its own object."""
        self._filled.setdefault((method, name), {})[id(trace)] = (trace, value)

    def _told(self, cls: ProjectClass, name: str, setters: tuple[ProjectFunction, ...]) -> Value | None:
        """What the constructor of a class tells that of its base to set: `super().__init__(Order)`."""
        found = self._flow.objects.member(cls, "__init__") if len(setters) == 1 else None
        if found is None or found[1].kind is not Kind.FUNCTION:
            return None
        constructor = ProjectFunction(found[0].module, found[1].index)
        if constructor == setters[0] or setters[0].fact.name != "__init__":
            return None
        trace = self._flow.root(constructor)
        value = trace.fields.get(name)
        return None if value is None else kept(value, trace)

    def _assigned(self, cls: ProjectClass, setters: tuple[ProjectFunction, ...], name: str) -> Value:
        """What methods set as an attribute of their own object."""
        values: list[Value] = []
        nearer: set[str] = set()
        for method in setters:
            if not self._is_other_for(cls, method, name):
                values += self._set_in(method, name)
            elif method.fact.name not in nearer:  # what is set there is set anew behind `super()`
                values.append(self._set_for(cls, method, name))
            nearer.add(method.fact.name)
        return reduce(joined, values) if values else UNKNOWN

    def _is_other_for(self, heir: ProjectClass, method: ProjectFunction, name: str) -> bool:
        """Whether an heir gives other values than a class above to what a method asks for, to set a name."""
        owner = ProjectClass(method.module, method.fact.owner)
        if heir == owner:
            return False
        nearer = takewhile(lambda each: each != owner, self._hierarchy.order(heir))
        names = {
            member.name
            for each in nearer
            if isinstance(each, ProjectClass)
            for member in each.fact.members
            if member.kind is Kind.VALUE and member.name != name
        }
        return method.module.mentions(method.fact, *names)

    def _set_for(self, heir: ProjectClass, method: ProjectFunction, name: str) -> Value:
        """What a method of a class above sets on an object of an heir."""
        site = self._flow.site(method.module)
        receiver = self._flow.instance_of(self._flow.names.of_class(heir), site)
        _, trace = self._flow.calls.invoke(site, Closure(method, receiver), Arguments(is_open=True))
        if trace is None or trace.receiver != receiver:
            return UNKNOWN
        return kept(trace.left.get(name, UNKNOWN), trace)

    def _set_in(self, method: ProjectFunction, name: str) -> Iterator[Value]:
        """What a method sets an attribute to, or puts into a dict there; what callers pass counts more."""
        is_set = name in self.sets(method)
        if is_set or not self._flow.is_running(method):
            self._flow.root(method)
        if name in self._fills(method) and method not in self._searched:
            self._searched.add(method)
            for caller in self._callers(method):
                self._flow.root(caller)
        filled = self._filled.get((method, name), {})
        yield from (kept(value, trace) for trace, value in filled.values())
        stored = self._stored.get((method, name))
        if stored is not None and not filled:
            yield kept(stored[1], stored[0])
        elif is_set and not filled:
            yield UNKNOWN

    def _callers(self, method: ProjectFunction) -> list[ProjectFunction]:
        """The functions that speak of a method's name; none where there are many."""
        name = method.fact.name
        found: list[ProjectFunction] = []
        for module in self._flow.project.view(Words).modules(name):
            found += mentioning(module, name)
            if len(found) > _MOST_CALLERS:
                return []
        return [each for each in found if each != method]

    def _replaces(self, cls: ProjectClass, name: str) -> bool:
        """Whether a class has a method of a name that calls none of that name in the classes above."""
        member = self._flow.objects.declared(cls, name)
        if member is None or member.kind is not Kind.FUNCTION:
            return False
        method = ProjectFunction(cls.module, member.index)
        return not cls.module.mentions(method.fact, "super", name)

    def _fills(self, method: ProjectFunction) -> frozenset[str]:
        """The attributes of its own object into which a method puts something by a key."""
        names = self._filled_by.get(method)
        if names is None:
            names = self._filled_by[method] = filled_by(method)
        return names
