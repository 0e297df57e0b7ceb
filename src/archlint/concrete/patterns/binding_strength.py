"""Whether an expression keeps together when something is written right beside it."""

from __future__ import annotations

from typing import Final

from libcst import (
    Await,
    BinaryOperation,
    BooleanOperation,
    Comparison,
    CSTNode,
    GeneratorExp,
    IfExp,
    Integer,
    Lambda,
    NamedExpr,
    StarredElement,
    Tuple,
    UnaryOperation,
    Yield,
)

_LOOSE: Final = (
    Await,
    BinaryOperation,
    BooleanOperation,
    Comparison,
    IfExp,
    Integer,  # `1.bit_length()` is none
    Lambda,
    NamedExpr,
    StarredElement,
    Tuple,
    UnaryOperation,
    Yield,
)


def binds_loosely(node: CSTNode) -> bool:
    """Whether an expression falls apart without parentheses, and has none."""
    if isinstance(node, GeneratorExp):
        return not node.lpar
    return isinstance(node, _LOOSE) and not node.lpar
