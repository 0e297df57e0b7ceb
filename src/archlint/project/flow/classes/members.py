"""The attributes of classes and objects of the project that no framework gives a meaning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from archlint.facts.bindings import Binding, Kind
from archlint.facts.expressions import Name
from archlint.project.answer import UNKNOWN, External, Unresolved
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.builtins.growing import filled_by
from archlint.project.flow.classes.accessors import is_accessor, is_descriptor
from archlint.project.flow.classes.generics import ORIGINAL_BASES, original_bases
from archlint.project.flow.classes.heirs import goes_its_own_way
from archlint.project.flow.classes.subclassing import HOOK, Subclassing
from archlint.project.flow.kept.keeping import kept
from archlint.project.flow.kept.own_fields import kept_on
from archlint.project.flow.values import (
    Arguments,
    Closure,
    Constant,
    Entries,
    Items,
    Many,
    Object,
    Value,
    joined,
)
from archlint.project.functions import ProjectFunction, mentioning
from archlint.project.summaries import summarize
from archlint.project.words import Words

if TYPE_CHECKING:
    from archlint.project.flow.flow import Flow
    from archlint.project.flow.place import Place
    from archlint.project.flow.trace import Trace

_PROPERTIES = frozenset({"property", "cached_property", "hybrid_property", "lazy"})

_MANY = 4
_MOST_CALLERS = 8


class _Held(NamedTuple):
    """Where instances of a class have a name from, in the order in which it counts."""

    setters: tuple[ProjectFunction, ...]
    """The methods that set it on their own object."""

    outside: tuple[str, ...]
    """Bases outside the project that come before the class that has it."""

    owner: ProjectClass | None = None
    member: Binding | None = None


class Objects:
    """Looks attributes up along the method resolution order."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._hierarchy = flow.project.view(ClassHierarchy)
        self._subclassing = Subclassing(flow)
        self._stored: dict[tuple[ProjectClass, str], dict[ProjectFunction | None, tuple[Trace, Value]]] = {}
        self._set_by: dict[ProjectFunction, frozenset[str]] = {}
        self._filled_by: dict[ProjectFunction, frozenset[str]] = {}
        self._filled: dict[
            tuple[ProjectClass, str], dict[ProjectFunction, dict[int, tuple[Trace, Value]]]
        ] = {}
        self._searched: set[ProjectFunction] = set()
        self._members: dict[ProjectClass, dict[str, Binding]] = {}
        self._held: dict[tuple[ProjectClass, str], _Held] = {}

    def attribute(self, of: Object, name: str, site: Place) -> Value:
        """What `value.name` is, for an object."""
        found = kept_on(site, of, name) if of.fields else None
        if found is not None:
            return found
        if isinstance(of.of, External):
            return self._outside(of, of.of.name, name, site)
        return self.of_instance(of.of, of, name, site)

    def of_instance(self, cls: ProjectClass, receiver: Value, name: str, site: Place) -> Value:
        """What an instance of a class has by a name; methods are bound to `receiver`."""
        if name == ORIGINAL_BASES:
            return original_bases(self._flow, cls)
        if name == "__class__":
            return self._flow.names.of_class(cls)
        held = self._held.get((cls, name))
        if held is None:
            held = self._held[cls, name] = self._search(cls, name)
        if held.setters:
            told = self._told(cls, name, held.setters)
            value = self._assigned(held.setters, name) if told is None else told
            return self._refined(held, name) if value is UNKNOWN else value
        if held.outside and isinstance(receiver, Object):
            for base in held.outside:
                found = self._given(receiver, base, name, site)
                if found is not None:
                    return found
        if held.owner is None or held.member is None:
            return self._subclassing.given(cls, name)
        value = self._bound(held.owner, held.member, receiver, site)
        if held.member.kind is not Kind.VALUE:
            return value
        if isinstance(value, Constant) and isinstance(value.value, str) and value.value:
            return value  # heirs that name something else have runs of their own
        return _as_method(self._or_below(cls, name, value), receiver)

    def made(self, cls: ProjectClass, arguments: Arguments, site: Place) -> Value:
        """What a call of a class gives, before its constructor has run."""
        for semantics in self._flow.semantics:
            found = semantics.made(cls, arguments)
            if found is not None:
                return found
        return self._flow.instance_of(self._flow.names.of_class(cls), site)

    def has_heirs(self, of: Object) -> bool:
        """Whether other classes of the project inherit from the class of an object."""
        return isinstance(of.of, ProjectClass) and bool(self._hierarchy.below(of.of))

    def are_strangers(self, *classes: object) -> bool:
        """Whether two classes are of the project, and none inherits from both."""
        lines = [{each, *self._hierarchy.below(each)} for each in classes if isinstance(each, ProjectClass)]
        return len(lines) == 2 and lines[0].isdisjoint(lines[1])

    def constant(self, of: Object, name: str) -> Constant | Items | None:
        """The literal or tuple that an object surely has by a name: its class says so, and nothing else."""
        if not isinstance(of.of, ProjectClass) or name in self._flow.written:
            return None
        for field, given in of.fields:
            if field == name:
                return given if isinstance(given, (Constant, Items)) else None
        held = self._held.get((of.of, name))
        if held is None:
            held = self._held[of.of, name] = self._search(of.of, name)
        if held.setters or held.outside or held.owner is None or held.member is None:
            return None
        if held.member.kind is not Kind.VALUE:
            return None
        value = self._or_below(of.of, name, self._value(held.owner, held.member))
        return value if isinstance(value, (Constant, Items)) else None

    def _search(self, cls: ProjectClass, name: str) -> _Held:
        """Where an instance of a class has a name from."""
        setters = tuple(self._setters_of(cls, name))
        outside: list[str] = []
        for ancestor in self._hierarchy.order(cls):
            if isinstance(ancestor, Unresolved):
                break
            if isinstance(ancestor, External):
                outside.append(ancestor.name)
                continue
            member = self._member(ancestor, name)
            if member is not None:
                return _Held(setters, tuple(outside), ancestor, member)
        return _Held(setters, tuple(outside))

    def of_class(self, cls: ProjectClass, name: str, site: Place) -> Value:
        """What a class itself has by a name; class methods are bound to it."""
        if name == ORIGINAL_BASES:
            return original_bases(self._flow, cls)
        for ancestor in self._hierarchy.order(cls):
            if not isinstance(ancestor, ProjectClass):
                continue
            member = self._member(ancestor, name)
            if member is None:
                continue
            if member.kind is Kind.FUNCTION:
                function = ProjectFunction(ancestor.module, member.index)
                if "classmethod" in function.decorators:
                    return Closure(function, self._flow.names.of_class(cls))
                return Closure(function)
            return self._value(ancestor, member)
        return self._subclassing.given(cls, name)

    def member(self, cls: ProjectClass, name: str) -> tuple[ProjectClass, Binding] | None:
        """The class of the project that gives a name, with its binding; None for none or nobody knows."""
        for ancestor in self._hierarchy.order(cls):
            if not isinstance(ancestor, ProjectClass):
                continue
            member = self._member(ancestor, name)
            if member is not None:
                return ancestor, member
        return None

    def _or_below(self, cls: ProjectClass, name: str, value: Value) -> Value:
        """What a class gives to a name, or one of those below it, of which `self` may be as well."""
        below = [other for other in self._hierarchy.below(cls) if self._member(other, name) is not None]
        if len(below) > _MANY:
            return UNKNOWN
        for other in below:
            if goes_its_own_way(self._hierarchy, other, cls):
                continue
            value = joined(value, self._flow.class_names(other).get(name, UNKNOWN))
        return value

    def inherited(self, of: Value, cls: ProjectClass, name: str, arguments: Arguments, site: Place) -> Value:
        """What a method gives that a class has from a base outside the project."""
        if not isinstance(of, Object):
            return UNKNOWN
        for ancestor in self._hierarchy.order(cls):
            if isinstance(ancestor, External):
                found = self._given(of, ancestor.name, name, site)
                if found is not None:
                    return site.call(found, arguments)
        return UNKNOWN

    def store(self, trace: Trace, cls: ProjectClass, name: str, value: Value) -> None:
        """An attribute is set on an object of a class, in a run of one of its methods."""
        stored = self._stored.setdefault((cls, name), {})
        before = stored.get(trace.function)
        if before is not None and before[0] is trace:
            value = joined(before[1], value)
        stored[trace.function] = (trace, value)

    def _told(self, cls: ProjectClass, name: str, setters: tuple[ProjectFunction, ...]) -> Value | None:
        """What the constructor of a class tells that of its base to set: `super().__init__(Order)`."""
        found = self.member(cls, "__init__") if len(setters) == 1 else None
        if found is None or found[1].kind is not Kind.FUNCTION:
            return None
        constructor = ProjectFunction(found[0].module, found[1].index)
        if constructor == setters[0] or setters[0].fact.name != "__init__":
            return None
        trace = self._flow.root(constructor)
        value = trace.fields.get(name)
        return None if value is None else kept(value, trace)

    def _assigned(self, setters: tuple[ProjectFunction, ...], name: str) -> Value:
        """What methods set as an attribute of their own object."""
        found: Value | None = None
        for method in setters:
            for value in self._set_in(method, name):
                found = value if found is None else joined(found, value)
        return UNKNOWN if found is None else found

    def _refined(self, held: _Held, name: str) -> Value:
        """What an heir has by a name that methods of the classes above set to what nobody can tell."""
        owner, member = held.owner, held.member
        if owner is None or member is None or member.kind is not Kind.VALUE:
            return UNKNOWN
        above = self._hierarchy.order(owner)[1:]
        if any(ProjectClass(one.module, one.fact.owner) not in above for one in held.setters):
            return UNKNOWN
        value = self._value(owner, member)
        return value.refined(held.setters) if isinstance(value, Behaviour) else UNKNOWN

    def _set_in(self, method: ProjectFunction, name: str) -> Iterator[Value]:
        """What a method sets an attribute to, or puts into a dict there; what callers pass counts more."""
        key = ProjectClass(method.module, method.fact.owner), name
        is_set = name in self.sets(method)
        if is_set or not self._flow.is_running(method):
            self._flow.root(method)
        if name in self._fills(method) and method not in self._searched:
            self._searched.add(method)
            for caller in self._callers(method):
                self._flow.root(caller)
        filled = self._filled.get(key, {}).get(method, {})
        yield from (kept(value, trace) for trace, value in filled.values())
        stored = self._stored.get(key, {}).get(method)
        if stored is not None and not filled:
            yield kept(stored[1], stored[0])
        elif is_set and not filled:
            yield UNKNOWN

    def fill(self, trace: Trace, cls: ProjectClass, name: str, value: Value) -> None:
        """A method puts what a caller passes into a dict of its own object."""
        if trace.function is not None:
            filled = self._filled.setdefault((cls, name), {}).setdefault(trace.function, {})
            filled[id(trace)] = (trace, value)

    def _callers(self, method: ProjectFunction) -> list[ProjectFunction]:
        """The functions that speak of a method's name; none where there are many."""
        name = method.fact.name
        found: list[ProjectFunction] = []
        for module in self._flow.project.view(Words).modules(name):
            found += mentioning(module, name)
            if len(found) > _MOST_CALLERS:
                return []
        return [each for each in found if each != method]

    def _setters_of(self, cls: ProjectClass, name: str) -> Iterator[ProjectFunction]:
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

    def _replaces(self, cls: ProjectClass, name: str) -> bool:
        """Whether a class has a method of a name that calls none of that name in the classes above."""
        member = self._member(cls, name)
        if member is None or member.kind is not Kind.FUNCTION:
            return False
        method = ProjectFunction(cls.module, member.index)
        return not cls.module.mentions(method.fact, "super", name)

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

    def _fills(self, method: ProjectFunction) -> frozenset[str]:
        """The attributes of its own object into which a method puts something by a key."""
        names = self._filled_by.get(method)
        if names is None:
            names = self._filled_by[method] = filled_by(method)
        return names

    def _given(self, receiver: Object, base: str, name: str, site: Place) -> Value | None:
        for semantics in self._flow.semantics:
            found = semantics.member(receiver, base, name, site)
            if found is not None:
                return found
        return None

    def _outside(self, of: Object, base: str, name: str, site: Place) -> Value:
        found = self._given(of, base, name, site)
        return self._flow.names.outside(f"{base}.{name}") if found is None else found

    def _bound(self, owner: ProjectClass, member: Binding, receiver: Value, site: Place) -> Value:
        if member.kind is not Kind.FUNCTION:
            value = self._value(owner, member)
            return UNKNOWN if is_descriptor(self._hierarchy, value) else value
        function = ProjectFunction(owner.module, member.index)
        decorators = function.decorators
        if "staticmethod" in decorators:
            return Closure(function)
        bound = Closure(function, receiver)
        if not _PROPERTIES.isdisjoint(decorators):
            return site.call(bound, Arguments())
        if "classmethod" in decorators and isinstance(receiver, Object):
            cls = receiver.of
            return Closure(function, self._flow.names.of_class(cls) if isinstance(cls, ProjectClass) else cls)
        if "classmethod" in decorators and isinstance(receiver, Behaviour):
            kind = receiver.attribute("__class__", site)
            return bound if kind is UNKNOWN else Closure(function, kind)
        return bound

    def _value(self, owner: ProjectClass, member: Binding) -> Value:
        if member.kind is Kind.CLASS:
            return self._flow.names.of_class(ProjectClass(owner.module, member.index))
        value = self._flow.class_names(owner).get(member.name, UNKNOWN)
        return UNKNOWN if isinstance(value, (Entries, Items, Many)) and self._is_enum(owner) else value

    def keeps_arguments(self, cls: ProjectClass) -> bool:
        """Whether a class without a constructor may keep what it is called with, in the order of its body.

        A base from elsewhere brings a constructor of its own, which takes what it likes.
        """
        outside = (each.name for each in self._hierarchy.order(cls) if isinstance(each, External))
        return all(name.partition(".")[0] in _WITHOUT_CONSTRUCTOR for name in outside)

    def _is_enum(self, cls: ProjectClass) -> bool:
        """Whether what a class holds are members, made of what is written: `OPEN = 1, "open"`."""
        outside = (each.name for each in self._hierarchy.order(cls) if isinstance(each, External))
        return any(name.endswith(("Choices", "Enum", "Flag")) for name in outside)

    def _member(self, cls: ProjectClass, name: str) -> Binding | None:
        members = self._members.get(cls)
        if members is None:
            bound = [m for m in cls.fact.members if m.kind not in (Kind.DELETED, Kind.DECLARED)]
            read = [each for each in bound if not is_accessor(cls, each)]
            members = self._members[cls] = {member.name: member for member in read}
        return members.get(name)


def _as_method(value: Value, receiver: Value) -> Value:
    """A function that a class has by assignment, `compare = compare_orders`, takes the instance, too."""
    if not isinstance(value, Closure) or value.receiver is not None:
        return value
    return Closure(value.function, receiver, value.cells)


_WITHOUT_CONSTRUCTOR = frozenset({"abc", "builtins", "collections", "typing", "typing_extensions"})
"""Modules whose classes, as bases, leave a dataclass its constructor."""
