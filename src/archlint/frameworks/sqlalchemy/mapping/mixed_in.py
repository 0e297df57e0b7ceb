"""Relationships and their like that a class has from a mixin, where they were made once for all classes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Call
from archlint.frameworks.sqlalchemy.mapping.unmapped import mapped_with

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place
    from archlint.frameworks.sqlalchemy.mapping.mapped import MappedClass
    from archlint.frameworks.sqlalchemy.mappings import Mappings

_PROPERTIES = frozenset({"column_property", "relationship", "synonym"})
"""What a mixin cannot have as it is, other than `mapped_column`, of which each class gets a copy."""


class MixedIn(msgspec.Struct, frozen=True):
    """One of them."""

    mixin: str
    name: str
    made: str
    """By what: `relationship`."""

    place: Place


def properties_mixed_in(mappings: Mappings, mapped: MappedClass) -> Iterator[MixedIn]:
    """What a class is given by its mixins and abstract bases."""
    registry = mapped.registry
    if registry is None or registry.naming == "lower" or mapped.is_imperative or mapped.is_abstract:
        return
    met: set[str] = set()
    for cls in mapped_with(mappings, mapped):
        attributes = mappings.body(cls).attributes
        for declared in attributes.values():
            if cls == mapped.cls or declared.name in met or not isinstance(declared.value, Call):
                continue
            made = mappings.names.construct(declared.place.module, "", declared.value.function)
            if made in _PROPERTIES:
                yield MixedIn(cls.fact.name, declared.name, made, declared.place)
        met |= attributes.keys()
