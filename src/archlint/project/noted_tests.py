"""Tests whose outcome stands in a name: `if row is None: error = "lost"`, and later `if error is None:`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeGuard

from archlint.facts.expressions import Attribute, Call, Comparison, Conditional, Name, Subscript, dotted
from archlint.facts.forms import walked
from archlint.facts.statements import Assign, If, Raise, Return
from archlint.project.guards import first_line, last_line

if TYPE_CHECKING:
    from archlint.facts.expressions import Form
    from archlint.project.module import Module
    from archlint.project.project import Project


def is_noted(module: Module, line: int, subject: str) -> bool:
    """Whether what is asked on the way to a line is what a test of a name has left behind."""
    return any(
        _is_on_the_way(form, line, noted)
        for function in module.functions_around(line)
        if (noted := frozenset(_noted(walked(module.statements(function)), line, subject)))
        for form in walked(module.statements(function))
        if isinstance(form, (Conditional, If))
    )


def is_asked_elsewhere(project: Project, subject: str) -> bool:
    """Whether some function asks for `g.user` by this chain of names, as a decorator does for its views."""
    word = subject.rpartition(".")[2].encode()
    return "." in subject and any(
        _speaks_of(form.test, frozenset({subject}))
        for module in project.modules
        if module.speaks_of(word)
        for function in module.functions
        for form in walked(module.statements(function))
        if isinstance(form, If)
    )


def _noted(forms: Iterable[Form], line: int, subject: str) -> Iterator[str]:
    """The names that tests of a subject have set before a line."""
    wanted = frozenset({subject})
    for form in forms:
        if isinstance(form, If) and max(map(last_line, form.body)) < line and _speaks_of(form.test, wanted):
            yield from _bound((*form.body, *form.orelse))
        elif _is_test(form) and form.line < line and _speaks_of(form.value, wanted):
            yield from _bound((form,))


def _is_test(form: Form) -> TypeGuard[Assign]:
    return isinstance(form, Assign) and isinstance(form.value, Comparison)


def _bound(statements: Iterable[Form]) -> Iterator[str]:
    """The names that statements set, or put something into: `errors["name"] = …`, `errors.append(…)`."""
    for form in walked(statements):
        for place in _changed(form):
            held = place.value if isinstance(place, (Attribute, Subscript)) else place
            if isinstance(held, Name):
                yield held.id


def _changed(form: Form) -> tuple[Form, ...]:
    if isinstance(form, Assign):
        return form.targets
    if isinstance(form, Call) and isinstance(form.function, Attribute):
        return (form.function,)
    return ()


def _is_on_the_way(form: Conditional | If, line: int, noted: frozenset[str]) -> bool:
    """Whether a line is inside of what such a name is asked for, or behind what has given up for it."""
    if not _speaks_of(form.test, noted):
        return False
    end = last_line(form)
    if end < line:
        return isinstance(form, If) and isinstance(form.body[-1], (Raise, Return))
    return first_line(form) <= line


def _speaks_of(test: Form, chains: frozenset[str]) -> bool:
    return any(isinstance(part, (Attribute, Name)) and dotted(part) in chains for part in walked((test,)))
