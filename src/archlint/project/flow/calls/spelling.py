"""Functions for which a text tells what to do: the names of fields that they filter and order by."""

from __future__ import annotations

from archlint.project.flow.values import Constant, Entries, Items, Value
from archlint.project.functions import ProjectFunction


def is_spelled(function: ProjectFunction, words: tuple[str, ...]) -> bool:
    """Whether a function, or one that it makes, speaks of something that takes such texts."""
    fact = function.fact
    if not words or len(fact.parameters) <= bool(function.receiver):
        return False
    module, inside = function.module, f"{fact.qualname}()."
    return module.mentions(fact, *words) or any(
        other.qualname.startswith(inside) and module.mentions(other, *words) for other in module.functions
    )


def is_text(value: Value) -> bool:
    """Whether it is a text, or a list or dict of texts."""
    if isinstance(value, Constant):
        return isinstance(value.value, str)
    if isinstance(value, Items):
        return any(map(is_text, value.items))
    return isinstance(value, Entries) and any(is_text(held) for _, held in value.values)
