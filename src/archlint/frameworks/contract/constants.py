"""Handlers that answer the same whatever they are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archlint.facts.bindings import Kind
from archlint.facts.expressions import (
    Attribute,
    Call,
    Collection,
    Expression,
    Literal,
    Mapping,
    Name,
    Operation,
    last_name,
)
from archlint.facts.forms import passed_values, walked
from archlint.facts.statements import Evaluate, Return, Statement
from archlint.frameworks.contract.asked_method import run_for
from archlint.frameworks.pydantic.wanted import is_model
from archlint.project.answer import Definition, External
from archlint.project.classes import ClassHierarchy
from archlint.project.flow.builtins.dumping import is_dataclass
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.facts.expressions import Form
    from archlint.project.project import Project

_ANSWERS: Final = frozenset(
    {
        *("HttpResponse", "JSONResponse", "JsonResponse", "ORJSONResponse", "Response", "jsonify"),
        *("json_response", "make_response", "web_response", "PlainTextResponse"),
    }
)
"""Calls that make an answer of what they are given."""

_DEPTH: Final = 6


def constant_answer(project: Project, function: ProjectFunction, method: str) -> Return | None:
    """All that a function does for a method, if it gives what is written down, and looks at nothing."""
    body = [each for each in run_for(function.module.statements(function.fact), method) if not _is_idle(each)]
    if len(body) != 1 or not isinstance(body[0], Return) or body[0].value is None:
        return None
    value = body[0].value
    nothing = echoed = frozenset[str]()
    if method == "GET" and any(map(_is_empty, walked((value,)))):
        echoed = frozenset(each.name for each in function.fact.parameters)
    is_constant = any(_is_constant(project, function, value, each, 0) for each in (nothing, echoed))
    return body[0] if _holds_something(value) and is_constant else None


def _is_empty(form: Form) -> bool:
    """Whether nothing is where data were promised: what is asked for may well be said besides."""
    return (isinstance(form, Collection) and not form.items) or (
        isinstance(form, Mapping) and not form.values
    )


def _is_idle(statement: Statement) -> bool:
    """Whether it is the docstring."""
    return isinstance(statement, Evaluate) and isinstance(statement.value, Literal)


def _holds_something(value: Expression) -> bool:
    """Whether more is given than a status: data, or a name for it."""
    if isinstance(value, Call):
        is_answer = last_name(value.function) in _ANSWERS
        given = (
            *value.arguments[:1],
            *(each.value for each in value.keywords if not is_answer or each.name in ("data", "content")),
        )
        return any(_holds_something(each) for each in given)
    if isinstance(value, Collection) and value.kind == "tuple":
        return bool(value.items) and _holds_something(value.items[0])
    return isinstance(value, (Name, Attribute, Collection, Mapping))


def _is_constant(
    project: Project, function: ProjectFunction, value: Expression, echoed: frozenset[str], depth: int
) -> bool:
    if depth > _DEPTH:
        return False
    inner = depth + 1
    if isinstance(value, Literal) or (isinstance(value, Name) and value.id in echoed):
        return True
    if isinstance(value, Collection):
        return all(_is_constant(project, function, item, echoed, inner) for item in value.items)
    if isinstance(value, Mapping):
        keys = [key for key in value.keys if key is not None]
        pairs = (*keys, *value.values)
        return len(keys) == len(value.keys) and all(
            _is_constant(project, function, each, echoed, inner) for each in pairs
        )
    if isinstance(value, Operation):
        return all(_is_constant(project, function, each, echoed, inner) for each in value.operands)
    scopes = project.view(Scopes)
    if isinstance(value, Call):
        found = scopes.resolve(function.module, function.scope, value.function)
        is_answer = isinstance(found, External) and found.name.rpartition(".")[2] in _ANSWERS
        given = passed_values(value)
        is_record = bool(given) and not echoed and _holds_what_is_passed(project, found)
        return (is_answer or is_record) and all(
            _is_constant(project, function, each, echoed, inner) for each in given
        )
    if isinstance(value, (Name, Attribute)):
        found = scopes.resolve(function.module, function.scope, value)
        if isinstance(found, External):
            return ".status" in found.name or ".HTTP_" in found.name
        return isinstance(found, Definition) and _is_fixed(project, found)
    return False


def _holds_what_is_passed(project: Project, found: object) -> bool:
    """Whether what is called is a model or a dataclass, which has what it is given and no more."""
    cls = project.view(ClassHierarchy).of(found) if isinstance(found, Definition) else None
    return cls is not None and (is_dataclass(cls) or is_model(project, cls))


def _is_fixed(project: Project, found: Definition) -> bool:
    """Whether a name of a module stands for what is written down there, and nothing else is put into it."""
    if found.kind is not Kind.VALUE or found.member or not found.qualname.isupper():
        return False
    bound = project.view(Functions).module_summary(found.module).bound.get(found.qualname, [])
    value = bound[0].value if len(bound) == 1 else None
    return isinstance(value, (Literal, Mapping)) and bool(value)
