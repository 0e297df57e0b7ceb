"""The function of the project that a value is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.project.answer import Definition
from archlint.project.functions import ProjectFunction
from archlint.project.scopes import meant

if TYPE_CHECKING:
    from archlint.project.objects.promises import Value


def called_function(value: Value) -> ProjectFunction | None:
    """The function of the project that a value is, a method asked of its class (`Cart.total`) too."""
    if not isinstance(value, Definition):
        return None
    found = meant(value)
    if found is None or found.kind is not Kind.FUNCTION:
        return None
    return ProjectFunction(found.module, found.index)
