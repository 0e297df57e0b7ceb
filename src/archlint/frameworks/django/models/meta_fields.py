"""The names of fields that a model's `Meta` holds, each with where it is written."""

from __future__ import annotations

from collections import abc
from collections.abc import Callable, Iterator

import msgspec

from archlint.facts.expressions import (
    Attribute,
    Call,
    Collection,
    Comprehension,
    Expression,
    Keyword,
    Literal,
    Mapping,
    Name,
    Operation,
    Starred,
    Template,
)
from archlint.facts.outline import last_name
from archlint.facts.substitution import substituted

TOGETHER = ("unique_together", "index_together")
_EXPRESSIONS = ("check", "condition")
_OF_EXPRESSIONS = ("Index", "UniqueConstraint")
"""Classes that take expressions by position."""

_OF_ALL = frozenset({"Coalesce", "Concat", "Greatest", "Least", "NullIf"})
_OF_FIRST = frozenset(
    {"Abs", "Ceil", "ExtractMonth", "ExtractYear", "F", "Floor", "LTrim", "Left", "Length", "Lower", "MD5"}
    | {"OpClass", "OrderBy", "RTrim", "Right", "Round", "Trim", "TruncDate", "Upper"}
)
"""Functions whose arguments are fields: all of them, or the first."""


class FieldName(msgspec.Struct, frozen=True):
    """A name of a field in an option; `written` is the text it is part of."""

    name: str
    written: Expression
    further: str = ""
    """What stands behind it in the path of a condition: `author__name` goes into another table."""


def field_names(
    option: str, value: Expression, made: Callable[[Call], Call] = lambda call: call
) -> Iterator[FieldName]:
    """The fields that the value of an option names, signs of order left out. What is no text is skipped.

    `made` tells what makes a constraint in the end, where a function is called for it.
    """
    if option in ("ordering", "get_latest_by"):
        for name in _texts(value):
            yield FieldName(name.name.removeprefix("-"), name.written)
        for item in _items(value):
            if isinstance(item, Call):
                yield from fields_of(item)
    elif option == "order_with_respect_to":
        yield from _texts(value)
    elif option in TOGETHER:
        for item in _items(value):
            yield from _texts(item)
    elif option in ("indexes", "constraints"):
        for item in _items(value):
            if isinstance(item, Call):
                yield from _of_call(made(item))


def _of_call(call: Call) -> Iterator[FieldName]:
    """`Index(fields=["-placed"])`, `UniqueConstraint(fields=…, condition=Q(…))`."""
    if last_name(call.function).endswith(_OF_EXPRESSIONS):
        for argument in call.arguments:
            yield from fields_of(argument)
    for keyword in call.keywords:
        if keyword.name in ("fields", "include"):
            for name in _texts(keyword.value):
                yield FieldName(name.name.removeprefix("-"), name.written)
        elif keyword.name in _EXPRESSIONS:
            yield from _of_condition(keyword.value)


def fields_of(value: Expression) -> Iterator[FieldName]:
    """The fields in `Lower("title")`, `F("title").desc()`, `Coalesce("a", "b")`."""
    if isinstance(value, Literal):
        for name in _texts(value):
            yield FieldName(name.name.removeprefix("-").partition("__")[0], name.written)
    elif isinstance(value, Call) and isinstance(value.function, Attribute) and not value.arguments:
        yield from fields_of(value.function.value)  # `.asc()` of an expression
    elif isinstance(value, Call):
        function = last_name(value.function)
        taken = value.arguments if function in _OF_ALL else value.arguments[: function in _OF_FIRST]
        for argument in taken:
            yield from fields_of(argument)


def _of_condition(value: Expression) -> Iterator[FieldName]:
    """The first names of the lookups in `Q(…)`, and what `F(…)` names."""
    if isinstance(value, Operation):
        for operand in value.operands:
            yield from _of_condition(operand)
    elif isinstance(value, Call) and last_name(value.function) == "Q":
        for keyword in value.keywords:
            yield from _of_keyword(keyword)
        for argument in value.arguments:
            yield from _of_condition(argument)
    elif isinstance(value, Call) and last_name(value.function) == "F":
        for name in (found for argument in value.arguments for found in _texts(argument)):
            first, _, further = name.name.partition("__")
            yield FieldName(first, name.written, further)


def _of_keyword(keyword: Keyword) -> Iterator[FieldName]:
    """`Q(price__gt=0)`, `Q(**{f"{name}__gt": 0})`."""
    if keyword.name:
        literal = Literal(keyword.name, keyword.line, keyword.column)
        first, _, further = keyword.name.partition("__")
        yield FieldName(first, literal, further)
        yield from _of_condition(keyword.value)
    elif isinstance(keyword.value, Mapping):
        for key, value in zip(keyword.value.keys, keyword.value.values, strict=True):
            parts = key.parts if isinstance(key, Template) else (key,)
            texts = [one.value for one in parts if isinstance(one, Literal) and isinstance(one.value, str)]
            first, _, further = "".join(texts).partition("__")
            written = parts[0] if parts else None
            if len(texts) == len(parts) and isinstance(written, Literal) and first:
                yield FieldName(first, written, further)
            yield from _of_condition(value)


def _gone_through(value: Comprehension) -> tuple[Expression, ...]:
    """What a comprehension over what is written down makes, item by item; nothing for any other."""
    generator = value.generators[0]
    target = generator.target
    if len(value.generators) > 1 or generator.conditions or not isinstance(generator.iterable, Collection):
        return ()
    return tuple(_for_item(value.element, target, item) for item in generator.iterable.items)


def _for_item(element: Expression, target: Expression, item: Expression) -> Expression:
    """The element of a comprehension for one item."""
    targets: tuple[Expression, ...] = (target,)
    items: tuple[Expression, ...] = (item,)
    if isinstance(target, Collection) and isinstance(item, Collection):
        targets, items = target.items, item.items
    names = {each.id: part for each, part in zip(targets, items, strict=False) if isinstance(each, Name)}
    return substituted(element, lambda name: names.get(name.id) if isinstance(name, Name) else None)


def _texts(value: Expression) -> Iterator[FieldName]:
    for item in _items(value):
        if isinstance(item, Literal) and isinstance(item.value, str):
            yield FieldName(item.value, item)


def _items(value: Expression) -> tuple[Expression, ...]:
    """The items of a list or tuple, of sums of them too; anything else is its own item."""
    if isinstance(value, Starred):
        return _items(value.value)
    if isinstance(value, Comprehension):
        return _gone_through(value)
    if isinstance(value, Collection):
        return tuple(
            part for item in value.items for part in (_items(item) if isinstance(item, Starred) else (item,))
        )
    if isinstance(value, Operation) and value.operator == "+":
        return tuple(item for operand in value.operands for item in _items(operand))
    return () if isinstance(value, Name) else (value,)


def unique_alone(meta: abc.Mapping[str, Expression], name: str) -> bool | None:
    """Whether options make one field unique on its own, for all rows; None where nobody can tell."""
    for item in _items(meta.get("constraints", _NOTHING)):
        if not isinstance(item, Call):
            return None
        given = {keyword.name: keyword.value for keyword in item.keywords}
        fields = [field.name for field in _texts(given.get("fields", _NOTHING))]
        if last_name(item.function) == "UniqueConstraint" and fields == [name] and "condition" not in given:
            return True
    for item in _items(meta.get("unique_together", _NOTHING)):
        if [field.name for field in _texts(item)] == [name] and isinstance(item, Collection):
            return True
    return False


_NOTHING = Collection("tuple", (), 0, 0)
