"""From which attribute of an object a field takes its value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Expression, Literal, Mapping

if TYPE_CHECKING:
    from archlint.frameworks.drf.serializers import Serializer


def extra_kwargs(serializer: Serializer, name: str) -> Mapping | None:
    """What `Meta.extra_kwargs` gives to a field; None where it gives nothing that is seen."""
    option = serializer.options.get("extra_kwargs")
    if option is None or not isinstance(option.value, Mapping):
        return None
    found = entry(option.value, name)
    return found if isinstance(found, Mapping) else None


def renamed(serializer: Serializer, name: str) -> str | None:
    """The source of a field that is made from the model: its own name, if `extra_kwargs` says nothing.

    None where nobody can tell.
    """
    option = serializer.options.get("extra_kwargs")
    if option is None:
        return name
    if not isinstance(option.value, Mapping) or None in option.value.keys:
        return None
    given = extra_kwargs(serializer, name)
    if given is None:
        return name if entry(option.value, name) is None else None
    source = entry(given, "source")
    if source is None:
        return None if None in given.keys else name
    if not isinstance(source, Literal) or not isinstance(source.value, str):
        return None
    return name if source.value == "*" else source.value


def entry(mapping: Mapping, key: str) -> Expression | None:
    """The value of a literal key in a dictionary display."""
    for known, value in zip(mapping.keys, mapping.values, strict=True):
        if isinstance(known, Literal) and known.value == key:
            return value
    return None


def renames(serializer: Serializer) -> Iterator[tuple[str, Literal]]:
    """The fields to which `extra_kwargs` gives a source, and that source as it is written."""
    option = serializer.options.get("extra_kwargs")
    if option is None or not isinstance(option.value, Mapping):
        return
    for key, value in zip(option.value.keys, option.value.values, strict=True):
        source = entry(value, "source") if isinstance(value, Mapping) else None
        if isinstance(key, Literal) and isinstance(source, Literal):
            yield str(key.value), source
