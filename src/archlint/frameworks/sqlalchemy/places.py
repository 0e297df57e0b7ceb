"""Where an expression starts; facts keep of some only their end."""

from __future__ import annotations

from archlint.facts.expressions import Attribute, Call, Expression, Subscript
from archlint.frameworks.orm import Place
from archlint.project.module import Module


def place_of(module: Module, expression: Expression) -> Place:
    """The start of an expression: that of its innermost value."""
    while isinstance(expression, (Attribute, Call, Subscript)):
        expression = expression.function if isinstance(expression, Call) else expression.value
    line, column = getattr(expression, "line", 1), getattr(expression, "column", 0)
    return Place(module, line, column)
