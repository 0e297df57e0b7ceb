"""From the call that makes a field to what is declared by it."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import TYPE_CHECKING

from archlint.facts.expressions import Expression, Starred
from archlint.frameworks.django.models.arguments import in_place
from archlint.frameworks.django.models.declared import Declaration, MadeField

if TYPE_CHECKING:
    from archlint.frameworks.orm import Place


def declaration(
    name: str,
    made: MadeField,
    place: Place,
    constant: Callable[[Expression], Expression],
    *,
    is_certain: bool = True,
) -> Declaration:
    """The field of a name. `constant` gives the literal that an argument stands for, else what is written."""
    options = MappingProxyType(
        {
            **{n: constant(v) for n, v in in_place(made.kind, made.arguments).items()},
            **{keyword.name: constant(keyword.value) for keyword in made.keywords},
        }
    )
    is_plain = made.is_plain and "" not in options
    is_plain = is_plain and not any(isinstance(a, Starred) for a in made.arguments)
    return Declaration(name, made.kind, made.arguments, options, place, made.cls, is_certain, is_plain)
