"""What ranging over something gives: `for source in self.sources` where those are `list[Orders]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import (
    Attribute,
    Await,
    Call,
    Collection,
    Expression,
    Name,
    Opaque,
    Subscript,
)
from archlint.project.answer import UNKNOWN
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.objects.attribute_writes import in_body, in_methods
from archlint.project.objects.promises import Instance, Value, same

if TYPE_CHECKING:
    from archlint.project.objects.values import Values

_FAR = 4
"""Names and attributes that are followed, one after the other."""

_MANY = frozenset(
    {
        "AsyncGenerator",
        "AsyncIterable",
        "AsyncIterator",
        "Collection",
        "FrozenSet",
        "Generator",
        "Iterable",
        "Iterator",
        "List",
        "MutableSequence",
        "Sequence",
        "Set",
        "Tuple",
        "deque",
        "frozenset",
        "list",
        "set",
        "tuple",
    }
)


class Elements:
    """The elements of what expressions are; a part of `Values`."""

    def __init__(self, values: Values, functions: Functions, hierarchy: ClassHierarchy) -> None:
        self._values = values
        self._functions = functions
        self._hierarchy = hierarchy

    def of(self, function: ProjectFunction, many: Expression, left: int = _FAR) -> Value:
        """What each element of an expression in a function is, where that is certain."""
        if not left:
            return UNKNOWN
        if isinstance(many, Collection):
            return _agreed([self._values.of(function, item) for item in many.items])
        if isinstance(many, Await):
            return self.of(function, many.value, left)
        if isinstance(many, Name):
            return self._of_name(function, many.id, left)
        if isinstance(many, Attribute):
            return self._of_attribute(self._values.of(function, many.value), many.attr, left)
        return self._returned(function, many) if isinstance(many, Call) else UNKNOWN

    def _of_name(self, function: ProjectFunction, name: str, left: int) -> Value:
        bound = self._functions.summary(function).bound.get(name, ())
        parameter = next((p for p in function.fact.parameters if p.name == name), None)
        if parameter is not None:
            return UNKNOWN if bound else self._promised(function, function.outer, parameter.annotation)
        if len(bound) != 1 or bound[0].how != "assign":
            return UNKNOWN
        if bound[0].annotation is not None:
            return self._promised(function, function.scope, bound[0].annotation)
        return self._kept(function, bound[0].value, left)

    def _of_attribute(self, holder: Value, name: str, left: int) -> Value:
        if not isinstance(holder, Instance) or not isinstance(holder.of, ProjectClass):
            return UNKNOWN
        owner = holder.of
        written = list(in_methods(self._functions, self._hierarchy, owner, name))
        promised = [
            self._promised(method, method.scope, bound.annotation)
            for method, bound in written
            if bound.annotation is not None
        ]
        if promised:
            return _agreed(promised)
        if written:
            found = [self._kept(method, bound.value, left) for method, bound in written]
            return _agreed(found) if all(bound.how == "assign" for _, bound in written) else UNKNOWN
        return self._declared(owner, name)

    def _declared(self, owner: ProjectClass, name: str) -> Value:
        """What a class body or a property says of an attribute."""
        found = self._hierarchy.member(owner, name)
        if not isinstance(found, tuple):
            return UNKNOWN
        holder, binding = found
        if binding.kind is Kind.FUNCTION:
            method = ProjectFunction(holder.module, binding.index)
            is_property = {"property", "cached_property"} & set(method.decorators)
            return self._promised(method, method.outer, method.fact.returns) if is_property else UNKNOWN
        annotations = [getattr(form, "annotation", None) for form in in_body(holder, name)]
        scope = holder.fact.qualname
        return _agreed([self._values.promised(holder.module, scope, _each(each)) for each in annotations])

    def _kept(self, function: ProjectFunction, many: Expression, left: int) -> Value:
        """The same of what has a name, by which others may put something into a list or a set."""
        if isinstance(many, Collection) and many.kind != "tuple":
            return UNKNOWN
        return self.of(function, many, left - 1)

    def _returned(self, function: ProjectFunction, call: Call) -> Value:
        from archlint.project.objects.values import called_function  # that makes this

        called = called_function(self._values.callee(function, call))
        return self._promised(called, called.outer, called.fact.returns) if called else UNKNOWN

    def _promised(self, function: ProjectFunction, scope: str, annotation: Expression | None) -> Value:
        return self._values.promised(function.module, scope, _each(annotation))


def _each(annotation: Expression | None) -> Expression | None:
    """What `list[Orders]` or `tuple[Orders, ...]` says of each element."""
    if not isinstance(annotation, Subscript):
        return None
    kind = getattr(annotation.value, "attr", None) or getattr(annotation.value, "id", "")
    index = annotation.index
    if kind not in _MANY:
        return None
    if not isinstance(index, Collection):
        return index
    is_same = "enerator" in kind or (len(index.items) == 2 and isinstance(index.items[1], Opaque))
    return index.items[0] if index.items and is_same else None


def _agreed(values: list[Value]) -> Value:
    found = same(values)
    return found if isinstance(found, Instance) else UNKNOWN
