"""Where a name stands in the source, and with what a chain of names begins."""

from __future__ import annotations

from typing import TypeAlias

from archlint.facts.expressions import Attribute, Form, Name

Span: TypeAlias = tuple[int, int, int, int]
"""First line and column, last line and column."""


def root(form: Form) -> str:
    """The name that a chain of attributes begins with; empty where it begins with anything else."""
    while isinstance(form, Attribute):
        form = form.value
    return form.id if isinstance(form, Name) else ""


def span_of(form: Name | Attribute) -> Span:
    """The place of a name, or of the last name of a chain."""
    if isinstance(form, Name):
        return form.line, form.column, form.line, form.column + len(form.id.encode())
    return form.line, max(form.column - len(form.attr.encode()), 0), form.line, form.column


def name_span(expression: Form) -> Span | None:
    """The same; None for any other expression."""
    return span_of(expression) if isinstance(expression, (Name, Attribute)) else None
