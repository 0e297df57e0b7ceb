"""Places of expressions, as findings show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import (
    Attribute,
    Await,
    Call,
    Expression,
    Literal,
    Name,
    Operation,
    Subscript,
)
from archlint.facts.forms import parts

if TYPE_CHECKING:
    from archlint.finding import Location
    from archlint.project.module import Module
    from archlint.project.project import Project


def spot(project: Project, module: Module, form: Expression) -> Location:
    """The last name of a chain, with its call: of `orders.filter(…).first()`, `first()`."""
    while isinstance(form, Await):
        form = form.value
    end = place(form)
    named = form.function if isinstance(form, Call) else form
    if isinstance(named, Attribute):
        return project.location(module, named.line, max(named.column - len(named.attr.encode()), 0), *end)
    if isinstance(form, Name):
        return project.location(module, *end, form.line, form.column + len(form.id.encode()))
    start = begin(form)
    if isinstance(form, (Call, Subscript)):
        return project.location(module, *start, *end)
    return project.location(module, *start)


def begin(form: Expression) -> tuple[int, int]:
    """Where an expression starts, as far as facts tell."""
    while isinstance(form, (Attribute, Call, Subscript, Await, Operation)):
        if isinstance(form, Operation):
            form = form.operands[0]
        else:
            form = form.function if isinstance(form, Call) else form.value
    return place(form)


def start(project: Project, module: Module, form: Expression) -> Location:
    """The point where an expression starts."""
    return project.location(module, *begin(form))


def place(form: object) -> tuple[int, int]:
    """Line and column of a form; those of its first part where it has none."""
    line = getattr(form, "line", 0)
    if line:
        return line, getattr(form, "column", 0)
    for part in parts(form):  # type: ignore[arg-type]
        found = place(part)
        if found[0]:
            return found
    return 0, 0


def end_of(project: Project, module: Module, form: Expression) -> Location:
    """The point where a chain ends, or where a name, a literal or a display starts."""
    line, column = place(form)
    return project.location(module, line, column, line, column)


def text_at(project: Project, module: Module, form: Literal) -> Location:
    """A text as it is written, if it has simple quotes and no prefix."""
    end = form.column + len(str(form.value).encode()) + 2
    return project.location(module, form.line, form.column, form.line, end)
