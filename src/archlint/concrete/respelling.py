"""Strings that the running Python cannot say, as the tuple of what they hold: `(a, b,)` for `t"{a}{b}"`.

A tuple is no string, so no rule takes one for it, and every expression stays in its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from archlint.concrete.quoted import fields, joined
from archlint.concrete.sheet import Sheet

if TYPE_CHECKING:
    from libcst import BaseExpression, CSTNode, FormattedStringExpression


def respell(node: CSTNode, sheet: Sheet) -> None:
    """Blank all of a string, or of strings side by side, but its expressions."""
    start, end = sheet.span(node)
    gap = start
    for piece in joined(node):
        for field in fields(piece):
            expression = cast("FormattedStringExpression", field).expression
            first, last = _with_parentheses(expression, sheet)
            sheet.blank(gap, first)
            if gap > start:
                _part(gap, sheet)
            gap = last
    sheet.blank(gap, end)
    if gap > start:
        _part(gap, sheet)
    sheet.put(start, b"(")
    sheet.put(end - 1, b")")


def _with_parentheses(expression: BaseExpression, sheet: Sheet) -> tuple[int, int]:
    start, end = sheet.span(expression)
    if expression.lpar:
        start = sheet.span(expression.lpar[0])[0]
        end = sheet.span(expression.rpar[-1])[1]
    return start, end


def _part(at: int, sheet: Sheet) -> None:
    """Put a comma into the blanks after an expression, unless it is a tuple that ends in one."""
    if sheet.text[at - 1 : at] != b",":
        sheet.put(sheet.text.index(b" ", at), b",")
