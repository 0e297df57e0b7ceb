"""The properties that a class gives its mapper by hand: `__mapper_args__ = {"properties": {…}}`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from archlint.facts.expressions import Call, Expression, Literal, Mapping, Name
from archlint.frameworks.sqlalchemy.mapping.body import Body, Declared
from archlint.frameworks.sqlalchemy.places import place_of

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place

RENAMING: Final = frozenset({"column_prefix", "exclude_properties", "include_properties"})
"""Arguments of a mapper by which attributes are called otherwise than columns, or are not there."""


def properties_of(declared: Declared | None) -> Iterator[Declared]:
    """The properties that the `__mapper_args__` of a class name, as if its body declared them."""
    if declared is None or declared.value is None:
        return
    for name, given in items_of(declared.value):
        if name == "properties":
            for key, value in items_of(given):
                if key:
                    place: Place = place_of(declared.place.module, value)
                    yield Declared(key, place, value)


def own_arguments(body: Body) -> dict[str, Expression]:
    """The arguments that the body of a class gives its mapper, by name, as far as they are written out."""
    declared = body.attributes.get("__mapper_args__")
    return {name: value for name, value in items_of(declared.value) if name} if declared is not None else {}


def renames(given: Expression | None) -> bool:
    """Whether arguments of a mapper give columns other names, or leave some out."""
    return any(name in RENAMING for name, _ in items_of(given))


def items_of(given: Expression | None) -> Iterator[tuple[str, Expression]]:
    """The items of a dict, however it is written; the name is empty where nobody can tell."""
    if isinstance(given, Mapping):
        for key, value in zip(given.keys, given.values, strict=True):
            known = isinstance(key, Literal) and isinstance(key.value, str)
            yield (str(key.value) if isinstance(key, Literal) and known else ""), value
    elif isinstance(given, Call) and isinstance(given.function, Name) and given.function.id == "dict":
        for keyword in given.keywords:
            yield keyword.name, keyword.value
        for argument in given.arguments:
            yield "", argument
    elif given is not None:
        yield "", given
