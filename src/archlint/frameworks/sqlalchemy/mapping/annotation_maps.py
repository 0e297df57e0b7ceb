"""Types of columns that a base gives to annotations: `type_annotation_map = {list[str]: ARRAY(String)}`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.facts.expressions import (
    Attribute,
    Call,
    Collection,
    Expression,
    Literal,
    Mapping,
    Name,
    Subscript,
)
from archlint.frameworks.sqlalchemy.tables.words import Column
from archlint.project.answer import External

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.made import Names
    from archlint.frameworks.sqlalchemy.mapping.body import Declared

MAP = "type_annotation_map"


def typed_by(names: Names, maps: Iterable[Declared], column: Column, annotation: Expression | None) -> Column:
    """A column with the type that the nearest of some maps has for its annotation.

    Only for annotations with arguments: what a plain `str` stands for may have more to it than its type.
    """
    inner = annotation.index if isinstance(annotation, Subscript) else None
    if not isinstance(inner, Subscript) or column.type.startswith("sqlalchemy."):
        return column
    for declared in maps:
        for key, value in _items(declared.value):
            made = value.function if isinstance(value, Call) else value
            if _shape(key) == _shape(inner) and isinstance(made, (Name, Attribute)):
                found = names.resolve(declared.place.module, "", made)
                return replace(column, type=found.name) if isinstance(found, External) else column
    return column


def _items(value: Expression | None) -> Iterator[tuple[Expression, Expression]]:
    if isinstance(value, Mapping):
        for key, each in zip(value.keys, value.values, strict=True):
            if key is not None:
                yield key, each


def _shape(form: Expression) -> object:
    """A type as it is written, wherever it stands."""
    if isinstance(form, Name):
        return form.id
    if isinstance(form, Attribute):
        return form.attr
    if isinstance(form, Literal):
        return form.value
    if isinstance(form, Subscript):
        return (_shape(form.value), _shape(form.index))
    return tuple(map(_shape, form.items)) if isinstance(form, Collection) else object()
