"""What a function asks before it gets to a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import (
    Attribute,
    Call,
    Collection,
    Comparison,
    Conditional,
    Lambda,
    Literal,
    Mapping,
    Name,
    Operation,
    last_name,
    says,
)
from archlint.facts.forms import parts, walked
from archlint.facts.statements import For, If, Match, Raise, Return
from archlint.project.tries import is_in_handler

if TYPE_CHECKING:
    from archlint.facts.definitions import FunctionFact
    from archlint.facts.expressions import Form
    from archlint.project.module import Module

_NAMES = ("__name__", "label", "label_lower", "model", "model_name", "object_name")
"""Attributes with which code asks for the name of a class."""

_OF_CLASSES = "issubclass"


def gives_up_before(module: Module, function: FunctionFact, line: int) -> bool:
    """Whether a function ends before a line where something is missing: `if not user: return`."""
    return any(
        last_line(form) < line and isinstance(form.body[-1], (Raise, Return)) and _is_missing(form.test)
        for form in walked(module.statements(function))
        if isinstance(form, If)
    )


def is_told_by_name(module: Module, line: int) -> bool:
    """Whether a line is one way of several, by a class or its name: `if kind.model == "order":`."""
    return any(
        form.line <= line <= last_line(form) and _asks_name(form)
        for function in module.functions
        if function.line <= line <= function.end_line and module.mentions(function, *_NAMES, _OF_CLASSES)
        for form in walked(module.statements(function))
        if isinstance(form, (If, Match))
    )


def is_one_way(module: Module, line: int) -> bool:
    """Whether a line is one way of several, by what something is: `if kind == 1:`, `for each in found:`.

    What is wrong there for one caller, and right for another, is meant for the other. Callers choose by
    flags, too: `def rows(all=False)`. A handler is only for those for whom the first way fails.
    """
    return is_in_handler(module, line) or any(
        first_line(form) <= line <= last_line(form) and _chooses(form, _flags(function))
        for function in module.functions
        if function.line <= line <= function.end_line
        for form in walked(module.statements(function))
        if isinstance(form, (Conditional, For, If))
    )


def is_in_branch(module: Module, line: int) -> bool:
    """Whether a line is one of several ways, whatever the test asks; the test itself is on none of them."""
    return any(
        first_line(way) <= line <= last_line(way)
        for function in module.functions_around(line)
        for form in walked(module.statements(function))
        for way in _ways(form)
    )


def _ways(form: Form) -> tuple[Form, ...]:
    """What happens on each way that a statement or a conditional expression leaves open."""
    if isinstance(form, If):
        return (*form.body, *form.orelse)
    return (form,) if isinstance(form, (Conditional, Match)) else ()


def is_in_table(module: Module, line: int) -> bool:
    """Whether a line is of one of several functions in a table: whoever takes it out knows what it is for."""
    return any(
        first_line(form) <= line <= last_line(form)
        and sum(isinstance(part, Lambda) for part in walked((form,))) > 1
        for function in module.functions
        if function.line <= line <= function.end_line
        for form in walked(module.statements(function))
        if isinstance(form, (Collection, Mapping))
    )


def _flags(function: FunctionFact) -> frozenset[str]:
    """The parameters that are true or false where nobody passes them."""
    return frozenset(
        one.name
        for one in function.parameters
        if isinstance(one.default, Literal) and isinstance(one.default.value, bool)
    )


def _chooses(form: Conditional | For | If, flags: frozenset[str]) -> bool:
    if isinstance(form, For):
        return isinstance(form.iterable, (Attribute, Name))
    return any(
        (isinstance(part, Comparison) and not _is_of_none(part))
        or (isinstance(part, Name) and part.id in flags)
        for part in walked((form.test,))
    )


def _is_of_none(test: Comparison) -> bool:
    return says(test.others[0], None)


def first_line(form: Form) -> int:
    """The first line on which something of a form begins."""
    return min(found for part in walked((form,)) if (found := getattr(part, "line", 0)))


def last_line(form: Form) -> int:
    """The last line on which something of a form begins."""
    return max(getattr(form, "line", 0), *(last_line(part) for part in parts(form)), 0)


def _is_missing(test: Form) -> bool:
    """Whether a test holds where something is not there."""
    if isinstance(test, Comparison):
        return test.operators == ("is",) and _is_of_none(test)
    if isinstance(test, Operation) and test.operator == "or":
        return any(map(_is_missing, test.operands))
    return isinstance(test, Operation) and test.operator == "not"


def _asks_name(form: If | Match) -> bool:
    if isinstance(form, Match):
        return isinstance(form.subject, Attribute) and form.subject.attr in _NAMES
    return _tells_name(form.test)


def _tells_name(test: Form) -> bool:
    if isinstance(test, Call) and last_name(test.function) == _OF_CLASSES:
        return True
    if isinstance(test, Comparison) and isinstance(test.left, Attribute) and test.left.attr in _NAMES:
        return any(isinstance(other, Literal) and isinstance(other.value, str) for other in test.others)
    return any(map(_tells_name, parts(test)))
