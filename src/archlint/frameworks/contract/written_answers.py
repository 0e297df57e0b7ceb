"""The dicts that handlers answer with, where they are written down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.facts.expressions import Call, Collection, Comprehension, Expression, Literal, last_name
from archlint.facts.expressions import Mapping as Written
from archlint.facts.forms import walked
from archlint.facts.statements import Return
from archlint.project.objects.values import called_function
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project

_ANSWERS: Final = frozenset({"JSONResponse", "JsonResponse", "Response", "json_response", "jsonify"})
_DEEPEST: Final = 4


class Answer(msgspec.Struct, frozen=True):
    """One dict: all of its keys, with what stands under them."""

    function: ProjectFunction
    """Where it is written."""

    values: Mapping[str, Expression]


def answered_dict(project: Project, function: ProjectFunction, value: Expression | None) -> Answer | None:
    """The dict that is returned, as it is or in a response; None for anything else, and for failures."""
    if isinstance(value, Collection) and value.kind == "tuple" and len(value.items) == 2:
        status = value.items[1]
        is_good = isinstance(status, Literal) and isinstance(status.value, int) and status.value < 300
        return answered_dict(project, function, value.items[0]) if is_good else None
    if not isinstance(value, Call) or last_name(value.function) not in _ANSWERS:
        return inner_dict(project, function, value)
    if last_name(value.function) == "jsonify" and value.keywords and not value.arguments:
        named = {each.name: each.value for each in value.keywords}
        return Answer(function, named) if "" not in named else None
    is_plain = len(value.arguments) == 1 and not any("status" in each.name for each in value.keywords)
    return inner_dict(project, function, value.arguments[0]) if is_plain else None


def inner_dict(
    project: Project, function: ProjectFunction, value: Expression | None, depth: int = 0
) -> Answer | None:
    """A dict that is written down, here or in a function that makes it."""
    if isinstance(value, Written):
        names = [key.value for key in value.keys if isinstance(key, Literal) and isinstance(key.value, str)]
        is_whole = len(names) == len(value.keys)
        return Answer(function, dict(zip(names, value.values, strict=True))) if is_whole else None
    return _made(project, function, value, depth) if isinstance(value, Call) and depth < _DEEPEST else None


def element_of(value: Expression) -> Expression | None:
    """What each item of a list is that is made by running through something."""
    return value.element if isinstance(value, Comprehension) and value.kind == "list" else None


def _made(project: Project, function: ProjectFunction, call: Call, depth: int) -> Answer | None:
    """The dict that another function of the project makes, on each way through it."""
    found = called_function(project.view(Scopes).resolve(function.module, function.scope, call.function))
    if found is None or found.fact.decorators or found.fact.is_async or found.fact.is_generator:
        return None
    returned = [
        inner_dict(project, found, form.value, depth + 1)
        for form in walked(found.module.statements(found.fact))
        if isinstance(form, Return)
    ]
    return returned[0] if len(returned) == 1 else None
