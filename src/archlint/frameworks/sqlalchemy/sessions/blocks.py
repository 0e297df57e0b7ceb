"""The blocks of a body by their lines: which `try` is around a line, and how its handlers go on."""

from __future__ import annotations

from collections.abc import Iterable

from archlint.facts.expressions import Call, last_name
from archlint.facts.forms import parts, walked
from archlint.facts.statements import Evaluate, Handler, Jump, Raise, Return, Statement, Try, With
from archlint.project.functions import ProjectFunction


def tries_around(function: ProjectFunction, line: int) -> list[Try]:
    """The `try` statements that have a line in what they try, the outermost first."""
    found = (form for form in walked(function.module.statements(function.fact)) if isinstance(form, Try))
    return [each for each in found if each.body and each.line <= line <= last_line(each.body)]


def is_within_with(forms: Iterable[object], line: int) -> bool:
    """Whether a `with` statement among these forms is around a line."""
    for form in forms:
        if isinstance(form, With) and form.line <= line <= last_line(form.body):
            return True
        if is_within_with(parts(form), line):  # type: ignore[arg-type]
            return True
    return False


def last_line(forms: Iterable[object]) -> int:
    """The last line that something of these forms begins or ends in."""
    last = 0
    for form in forms:
        last = max(last, getattr(form, "line", 0), last_line(parts(form)))  # type: ignore[arg-type]
    return last


def contains(handler: Handler, line: int) -> bool:
    """Whether a line is in the body of a handler."""
    return handler.line <= line <= last_line(handler.body)


def leaves(handler: Handler) -> Statement | None:
    """The statement by which a handler leaves; None where it goes on behind the `try`."""
    last = handler.body[-1] if handler.body else None
    if isinstance(last, (Raise, Return)) or (isinstance(last, Jump) and last.kind != "pass"):
        return last
    if (
        isinstance(last, Evaluate)
        and isinstance(last.value, Call)
        and last_name(last.value.function) == "exit"
    ):
        return Raise(last.value, None, last.line)
    return None
