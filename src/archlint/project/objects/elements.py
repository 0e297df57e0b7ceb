"""What is taken out of something: `for source in self.sources` where those are `list[Orders]`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import (
    Attribute,
    Await,
    Call,
    Collection,
    Expression,
    Literal,
    Name,
    Starred,
    Subscript,
)
from archlint.facts.statements import Annotate
from archlint.project.answer import UNKNOWN, External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.objects.attribute_writes import in_body, in_methods
from archlint.project.objects.element_paths import VALUE, Path, inside, taken_from
from archlint.project.objects.promises import Instance, Value, same
from archlint.project.summaries import EACH

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.objects.overrides import Overrides
    from archlint.project.objects.values import Values

_NAMED_TUPLES = frozenset({"typing.NamedTuple", "typing_extensions.NamedTuple"})

_FAR = 4
"""Names and attributes that are followed, one after the other."""


class Elements:
    """The elements of what expressions are, by the paths to them; a part of `Values`."""

    def __init__(
        self, values: Values, functions: Functions, hierarchy: ClassHierarchy, overrides: Overrides
    ) -> None:
        self._values = values
        self._overrides = overrides
        self._functions = functions
        self._hierarchy = hierarchy

    def of(self, function: ProjectFunction, whole: Expression, path: Path, left: int = _FAR) -> Value:
        """What the elements of an expression in a function are, where that is certain."""
        if not left or not path:
            return UNKNOWN
        found: Value = UNKNOWN
        if isinstance(whole, Collection):
            return self._of_items(function, whole, path, left)
        if isinstance(whole, Await):
            return self.of(function, whole.value, path, left)
        if isinstance(whole, Name):
            found = self._of_name(function, whole.id, path, left)
        elif isinstance(whole, Attribute):
            found = self._of_attribute(self._values.of(function, whole.value), whole.attr, path, left)
        elif isinstance(whole, Call):
            found = self._returned(function, whole, path)
            taken = taken_from(whole, path) if found is UNKNOWN else None
            found = self.of(function, *taken, left) if taken is not None else found
        if found is UNKNOWN and path[0] >= 0:
            return self._fields(self._values.of(function, whole), path)
        return found

    def under(self, function: ProjectFunction, place: Subscript) -> Value:
        """What stands under a key: `pair[0]`, `sessions["main"]`."""
        key = place.index.value if isinstance(place.index, Literal) else None
        if isinstance(key, int) and key >= 0:
            found = self.of(function, place.value, (key,))
            if found is not UNKNOWN:
                return found
        return self.of(function, place.value, (VALUE,))

    def _of_items(self, function: ProjectFunction, items: Collection, path: Path, left: int) -> Value:
        """Of what is written down as a list or a tuple."""
        place, deeper = path[0], path[1:]
        if place == VALUE:
            return UNKNOWN
        if place == EACH:
            meant = items.items
        elif any(isinstance(item, Starred) for item in items.items[: place + 1]):
            return UNKNOWN
        else:
            meant = items.items[place : place + 1]
        if not deeper:
            return _agreed([self._values.of(function, item) for item in meant])
        return _agreed([self.of(function, item, deeper, left - 1) for item in meant])

    def _of_name(self, function: ProjectFunction, name: str, path: Path, left: int) -> Value:
        bound = self._functions.summary(function).bound.get(name, ())
        parameter = next((p for p in function.fact.parameters if p.name == name), None)
        if parameter is not None:
            return UNKNOWN if bound else self._promised(function, function.outer, parameter.annotation, path)
        if len(bound) != 1 or bound[0].how != "assign":
            return UNKNOWN
        if bound[0].annotation is not None:
            return self._promised(function, function.scope, bound[0].annotation, path)
        return self._kept(function, bound[0].value, path, left)

    def _of_attribute(self, holder: Value, name: str, path: Path, left: int) -> Value:
        if not isinstance(holder, Instance) or not isinstance(holder.of, ProjectClass):
            return UNKNOWN
        owner = holder.of
        written = list(in_methods(self._functions, self._hierarchy, owner, name))
        promised = [
            self._promised(method, method.scope, bound.annotation, path)
            for method, bound in written
            if bound.annotation is not None
        ]
        if promised:
            return _agreed(promised)
        if written:
            found = [self._kept(method, bound.value, path, left) for method, bound in written]
            return _agreed(found) if all(bound.how == "assign" for _, bound in written) else UNKNOWN
        return self._declared(owner, name, path)

    def _declared(self, owner: ProjectClass, name: str, path: Path) -> Value:
        """What a class body or a property says of an attribute."""
        found = self._hierarchy.member(owner, name)
        if not isinstance(found, tuple):
            return UNKNOWN
        holder, binding = found
        if binding.kind is Kind.FUNCTION:
            method = ProjectFunction(holder.module, binding.index)
            is_property = {"property", "cached_property"} & set(method.decorators)
            returns = method.fact.returns if is_property else None
            return self._promised(method, method.outer, returns, path)
        annotations = [getattr(form, "annotation", None) for form in in_body(holder, name)]
        scope = holder.fact.qualname
        return _agreed([self._within(holder.module, scope, each, path) for each in annotations])

    def _kept(self, function: ProjectFunction, whole: Expression, path: Path, left: int) -> Value:
        """The same of what has a name, by which others may put something into a list or a set."""
        if isinstance(whole, Collection) and whole.kind != "tuple":
            return UNKNOWN
        return self.of(function, whole, path, left - 1)

    def _returned(self, function: ProjectFunction, call: Call, path: Path) -> Value:
        from archlint.project.objects.values import called_function  # that makes this

        called = called_function(self._values.callee(function, call))
        if called is None:
            return UNKNOWN
        told = [each for each in self._overrides.fillings(called) if each.fact.returns is not None]
        return _agreed(
            [self._promised(each, each.outer, each.fact.returns, path) for each in (called, *told)]
        )

    def _promised(
        self, function: ProjectFunction, scope: str, annotation: Expression | None, path: Path
    ) -> Value:
        return self._within(function.module, scope, annotation, path)

    def _within(self, module: Module, scope: str, annotation: Expression | None, path: Path) -> Value:
        """What an annotation says of what lies at a path: by itself, and by the named tuple it speaks of."""
        while path and (inner := inside(annotation, path[0])) is not None:
            annotation, path = inner, path[1:]
        if path and path[0] < 0:
            return UNKNOWN
        return self._fields(self._values.promised(module, scope, annotation), path)

    def _fields(self, holder: Value, path: Path) -> Value:
        """What lies at a path of fields of named tuples."""
        for place in path:
            names = _names(self._hierarchy, holder)
            if not 0 <= place < len(names):
                return UNKNOWN
            holder = self._values.attribute(holder, names[place])
        return holder


def _names(hierarchy: ClassHierarchy, holder: Value) -> list[str]:
    """The fields of a named tuple, in order; none for any other object."""
    if not isinstance(holder, Instance) or not isinstance(holder.of, ProjectClass):
        return []
    order = hierarchy.order(holder.of)
    for at, each in enumerate(order):
        if isinstance(each, External) and each.name in _NAMED_TUPLES:
            tuples = (up for up in reversed(order[:at]) if isinstance(up, ProjectClass))
            return next(([*_declared_names(up)] for up in tuples), [])
    return []


def _declared_names(cls: ProjectClass) -> Iterator[str]:
    for form in cls.module.statements(cls.fact):
        if isinstance(form, Annotate) and isinstance(form.target, Name):
            yield form.target.id


def _agreed(values: list[Value]) -> Value:
    found = same(values)
    return found if isinstance(found, Instance) else UNKNOWN
