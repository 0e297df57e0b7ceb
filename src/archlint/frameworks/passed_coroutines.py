"""Coroutines that are passed to a function of the project which takes them for what they would give."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call, Comparison, Name, Subscript, last_name, says
from archlint.facts.forms import passed_values, walked
from archlint.project.call_arguments import call_arguments
from archlint.project.objects.called import called_function
from archlint.project.objects.values import Values

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project


def passed_calls(
    project: Project, function: ProjectFunction, names: Collection[str], allowed: Collection[str]
) -> Iterator[Call]:
    """The calls of some names that stand among the arguments of another, which asks something of each.

    Attributes that are `allowed` may be asked of coroutines.
    """
    for outer in walked(function.module.statements(function.fact)):
        if not isinstance(outer, Call):
            continue
        for given in passed_values(outer):
            if isinstance(given, Call) and last_name(given.function) in names:
                is_asked = _is_asked_there(project, function, outer, given, allowed)
                yield from (given,) if is_asked else ()


def _is_asked_there(
    project: Project, function: ProjectFunction, outer: Call, given: Expression, allowed: Collection[str]
) -> bool:
    called = called_function(project.view(Values).callee(function, outer))
    if called is None or called.fact.decorators:
        return False
    arguments = call_arguments(called.left_to_callers, outer).by_parameter
    name = next((name for name, value in arguments.items() if value is given), "")
    return bool(name) and _is_only_asked(called, name, allowed)


def _is_only_asked(function: ProjectFunction, name: str, allowed: Collection[str]) -> bool:
    """Whether a body reads attributes or items of a parameter and does nothing else with it.

    To ask whether it is None tells nothing: a coroutine never is.
    """
    forms = list(walked(function.module.statements(function.fact)))
    asked = [
        form.value
        for form in forms
        if isinstance(form, Subscript) or (isinstance(form, Attribute) and form.attr not in allowed)
    ]
    tested = [form.left for form in forms if isinstance(form, Comparison) and _asks_for_none(form)]
    uses, read, idle = (
        sum(isinstance(each, Name) and each.id == name for each in among) for among in (forms, asked, tested)
    )
    return read > 0 and read + idle == uses


def _asks_for_none(form: Comparison) -> bool:
    return form.operators in (("is",), ("is not",)) and says(form.others[0], None)
