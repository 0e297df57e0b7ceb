"""The attributes of classes and objects of the project that no framework gives a meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from archlint.facts.bindings import Binding, Kind
from archlint.project.answer import UNKNOWN, External, Unresolved
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.builtins.enumerations import gone_through, is_enumeration
from archlint.project.flow.classes.accessors import is_accessor, is_descriptor
from archlint.project.flow.classes.generics import ORIGINAL_BASES, original_bases
from archlint.project.flow.classes.heirs import goes_its_own_way
from archlint.project.flow.classes.own_attributes import OwnAttributes
from archlint.project.flow.classes.subclassing import Subclassing
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
    any_of,
    joined,
)
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.project.flow.flow import Flow
    from archlint.project.flow.place import Place

_PROPERTIES = frozenset({"property", "cached_property", "hybrid_property", "lazy"})

_PACKED = (Entries, Items, Many)
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
        self.own = OwnAttributes(flow)
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
            value = self.own.given(cls, name, held.setters)
            return self._refined(held, name) if value is UNKNOWN else value
        if held.outside and isinstance(receiver, Object):
            for base in held.outside:
                found = self._given(receiver, base, name, site)
                if found is not None:
                    return found
        if held.owner is None or held.member is None:
            written = self._member_value(cls) if name == "value" else UNKNOWN
            return self._subclassing.given(cls, name) if written is UNKNOWN else written
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
        setters = tuple(self.own.setters_of(cls, name))
        outside: list[str] = []
        for ancestor in self._hierarchy.order(cls):
            if isinstance(ancestor, Unresolved):
                break
            if isinstance(ancestor, External):
                outside.append(ancestor.name)
                continue
            member = self.declared(ancestor, name)
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
            member = self.declared(ancestor, name)
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
            member = self.declared(ancestor, name)
            if member is not None:
                return ancestor, member
        return None

    def declared(self, cls: ProjectClass, name: str) -> Binding | None:
        """What the body of a class itself binds a name to."""
        members = self._members.get(cls)
        if members is None:
            bound = [m for m in cls.fact.members if m.kind not in (Kind.DELETED, Kind.DECLARED)]
            read = [each for each in bound if not is_accessor(cls, each)]
            members = self._members[cls] = {member.name: member for member in read}
        return members.get(name)

    def _or_below(self, cls: ProjectClass, name: str, value: Value) -> Value:
        """What a class gives to a name, or one of those below it, of which `self` may be as well."""
        below = [other for other in self._hierarchy.below(cls) if self.declared(other, name) is not None]
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
        return UNKNOWN if isinstance(value, _PACKED) and is_enumeration(self._hierarchy, owner) else value

    def _member_value(self, cls: ProjectClass) -> Value:
        """What the members of an enumeration are written as: `sort.value`; nothing of any other class."""
        written = gone_through(self._flow, self._flow.names.of_class(cls))
        return any_of(written.items) if isinstance(written, Items) else UNKNOWN

    def keeps_arguments(self, cls: ProjectClass) -> bool:
        """Whether a class without a constructor may keep what it is called with, in the order of its body.

        A base from elsewhere brings a constructor of its own, which takes what it likes.
        """
        outside = (each.name for each in self._hierarchy.order(cls) if isinstance(each, External))
        return all(name.partition(".")[0] in _WITHOUT_CONSTRUCTOR for name in outside)


def _as_method(value: Value, receiver: Value) -> Value:
    """A function that a class has by assignment, `compare = compare_orders`, takes the instance, too."""
    if not isinstance(value, Closure) or value.receiver is not None:
        return value
    return Closure(value.function, receiver, value.cells)


_WITHOUT_CONSTRUCTOR = frozenset({"abc", "builtins", "collections", "typing", "typing_extensions"})
"""Modules whose classes, as bases, leave a dataclass its constructor."""
