"""What an attribute of an object or of a class is; a part of `Values`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.facts.bindings import Binding, Kind
from archlint.facts.expressions import Attribute, Expression, Name, Subscript
from archlint.facts.statements import Annotate
from archlint.project.answer import UNKNOWN, Definition, External, Unresolved
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.memo import Memo
from archlint.project.objects.attribute_writes import in_body, in_methods
from archlint.project.objects.outside_members import is_enumeration
from archlint.project.objects.promises import Instance, Value, same
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from archlint.project.objects.values import Values
    from archlint.project.project import Project
    from archlint.project.scopes import Scopes

_ONLY_FOR_TYPES = frozenset({"abc.ABC", "typing.Generic", "typing.Protocol", "typing_extensions.Protocol"})


class Attributes:
    """The attributes that objects have from their class and from its methods."""

    def __init__(self, values: Values, project: Project, scopes: Scopes) -> None:
        self._values = values
        self._functions = project.view(Functions)
        self._hierarchy = project.view(ClassHierarchy)
        self._symbols = project.view(Symbols)
        self._scopes = scopes
        # What is made from itself is UNKNOWN.
        self._known = Memo(project.reads, self._of_instance, circular=_unknown)

    def of(self, value: Value, name: str) -> Value:
        """What an attribute of a value is."""
        if not isinstance(value, Instance):
            owner = self._hierarchy.of(value)
            return self._symbols.attribute(value, name) if owner is None else self._of_class(owner, name)
        if isinstance(value.of, External):
            return External(f"{value.of.name}.{name}")
        return self._known((value.of, name))

    def of_class_member(self, asked: Definition) -> Value:
        """What `Container.orders` is, where that is something that the class has; else what was asked."""
        owner = self._hierarchy.of(replace(asked, member=""))
        return asked if owner is None or "." in asked.member else self._of_class(owner, asked.member)

    def _of_class(self, owner: ProjectClass, name: str) -> Value:
        found = self._hierarchy.member(owner, name)
        if isinstance(found, External):
            return found
        if isinstance(found, tuple) and found[1].kind in (Kind.FUNCTION, Kind.CLASS):
            return _member(*found)
        return self._on_class(found[0], name) if isinstance(found, tuple) else UNKNOWN

    def _on_class(self, owner: ProjectClass, name: str) -> Value:
        """What the class itself has under a name: `objects = OrderManager()`."""
        if is_enumeration(owner, self._hierarchy):
            return Instance(owner)  # a member, whatever its value is
        values = [form.value for form in in_body(owner, name)]
        found = same([self._standing(owner, value) for value in values if value is not None])
        return UNKNOWN if isinstance(found, Definition) and self._is_replaced(owner, name) else found

    def _is_replaced(self, owner: ProjectClass, name: str) -> bool:
        """Whether an heir has something else under a name: whose methods ask, has either."""
        return any(
            member.name == name for heir in self._hierarchy.below(owner) for member in heir.fact.members
        )

    def _standing(self, owner: ProjectClass, value: Expression) -> Value:
        """What an expression in a class body is: what it makes, a class, or what a module has made."""
        module, scope = owner.module, owner.fact.qualname
        if not isinstance(value, (Name, Attribute)):
            return self._values.made(module, scope, value)
        found = self._scopes.resolve(module, scope, value)
        if self._hierarchy.of(found) is not None:
            return found
        held = self._values.held(found) if isinstance(found, Definition) else UNKNOWN
        return held if isinstance(held, Instance) else UNKNOWN

    def _on_instance(self, owner: ProjectClass, name: str) -> Value:
        """What an object has by a declaration in its class, `orders: Orders`, or from the class itself.

        A field of a model is made by one class and read as another: what the class has is the object's
        too only where its own class shows that it does not interfere.
        """
        forms = [form for form in in_body(owner, name) if isinstance(form, Annotate)]
        promised = [
            self._values.promised(owner.module, owner.fact.qualname, form.annotation) for form in forms
        ]
        if promised:
            return same(promised)
        found = self._on_class(owner, name)
        return found if isinstance(found, Definition) or self._is_plain(found) else UNKNOWN

    def _is_plain(self, value: Value) -> bool:
        """Whether a value is of a class all of which is seen, and which is no descriptor."""
        if not isinstance(value, Instance) or not isinstance(value.of, ProjectClass):
            return False
        is_seen = all(
            isinstance(each, ProjectClass) or (isinstance(each, External) and each.name in _ONLY_FOR_TYPES)
            for each in self._hierarchy.order(value.of)
        )
        return is_seen and not isinstance(self._hierarchy.member(value.of, "__get__"), tuple)

    def _of_instance(self, key: tuple[ProjectClass, str]) -> Value:
        found = self._as_written(key)
        return self._by_type_argument(*key) if found is UNKNOWN else found

    def _by_type_argument(self, owner: ProjectClass, name: str) -> Value:
        """What an attribute is that a generic class declares as `T`, for an heir that says what `T` is."""
        from archlint.project.objects.type_arguments import filled_in  # few classes are generic

        for holder in self._hierarchy.order(owner)[1:]:
            if not isinstance(holder, ProjectClass) or not any(
                isinstance(base, Subscript) for base in holder.fact.bases
            ):
                continue
            for annotation in self._annotations(holder, name):
                return filled_in(self._values, self._hierarchy, self._scopes, owner, holder, annotation)
        return UNKNOWN

    def _annotations(self, holder: ProjectClass, name: str) -> Iterator[Expression | None]:
        """What a class says of an attribute: in its body, as the result of a property, of a parameter."""
        yield from (form.annotation for form in in_body(holder, name) if isinstance(form, Annotate))
        for method, bound in in_methods(self._functions, self._hierarchy, holder, name):
            if isinstance(bound.value, Name):
                yield from (p.annotation for p in method.fact.parameters if p.name == bound.value.id)
        for member in holder.fact.members:
            if member.name == name and member.kind is Kind.FUNCTION:
                method = ProjectFunction(holder.module, member.index)
                if {"property", "cached_property"} & set(method.decorators):
                    yield method.fact.returns

    def _as_written(self, key: tuple[ProjectClass, str]) -> Value:
        owner, name = key
        found = self._hierarchy.member(owner, name)
        written = in_methods(self._functions, self._hierarchy, owner, name)
        stored = [self._values.bound(method, bound) for method, bound in written]
        if stored:
            return same(stored)
        if isinstance(found, External):
            return found
        if found is None or isinstance(found, Unresolved):
            return UNKNOWN
        holder, binding = found
        if binding.kind is not Kind.FUNCTION:
            return _member(holder, binding) if binding.kind is Kind.CLASS else self._on_instance(holder, name)
        method = ProjectFunction(holder.module, binding.index)
        if {"property", "cached_property"} & set(method.decorators):
            return self._values.result(method)
        return _member(holder, binding)


def _member(holder: ProjectClass, binding: Binding) -> Definition:
    qualname = f"{holder.fact.qualname}.{binding.name}"
    return Definition(holder.module, binding.kind, qualname, binding.index, binding.line)


def _unknown(_: object) -> Value:
    return UNKNOWN
