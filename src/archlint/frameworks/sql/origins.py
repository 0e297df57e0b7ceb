"""Whether a value is decided by whoever calls or asks, or by the code alone."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import TYPE_CHECKING, Final

from archlint.facts.expressions import (
    Attribute,
    Await,
    Call,
    Collection,
    Comparison,
    Conditional,
    Expression,
    Form,
    Literal,
    Name,
    Operation,
    Subscript,
    Template,
    last_name,
)
from archlint.facts.forms import parts
from archlint.project.answer import Definition, External
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.project import Project

_DEPTH: Final = 6
_HARMLESS: Final = frozenset(
    {
        *("bool", "int", "float", "Decimal", "UUID", "UUID4", "date", "datetime", "time", "timedelta"),
        *("PositiveInt", "NonNegativeInt", "Literal", "Enum"),
    }
)
"""Types whose values cannot hold SQL."""

_SAFE_CALLS: Final = frozenset(
    {
        *("int", "float", "bool", "len", "round", "sum", "hash", "UUID", "uuid4", "Decimal", "now", "today"),
        *("isoformat", "strftime", "utcnow", "timestamp", "hexdigest", "quote_name", "quote_identifier"),
        *("quote", "literal", "adapt", "mogrify", "escape_string", "compile", "as_string", "Identifier"),
    }
)
"""What these give cannot hold SQL, or is quoted as it has to be."""

_IN: Final = {"in", "not in"}
_REQUESTS: Final = ("flask.request.", "quart.request.", "bottle.request.", "builtins.input")


class Origin(Enum):
    """Who decides a value."""

    DATA = "data"
    FIXED = "fixed"
    UNKNOWN = "unknown"


def origin(project: Project, function: ProjectFunction, value: Expression, depth: int = 0) -> Origin:
    """Who decides a value in a function."""
    if isinstance(value, Literal):
        return Origin.FIXED
    if depth > _DEPTH:
        return Origin.UNKNOWN
    if isinstance(value, Name):
        return _of_name(project, function, value, depth)
    if isinstance(value, (Template, Operation, Collection, Conditional)):
        inside = parts(value)[1:] if isinstance(value, Conditional) else parts(value)
        return _joined(origin(project, function, part, depth + 1) for part in inside)  # type: ignore[arg-type]
    if isinstance(value, Await):
        return origin(project, function, value.value, depth + 1)
    if isinstance(value, Subscript):
        return origin(project, function, value.value, depth + 1)
    if isinstance(value, Call):
        return _of_call(project, function, value, depth)
    if isinstance(value, Attribute):
        if value.attr in ("id", "pk") or value.attr.endswith(("_id", "_meta")):
            return Origin.UNKNOWN  # nearly always a number
        found = project.view(Scopes).resolve(function.module, function.scope, value)
        if isinstance(found, External):
            return Origin.DATA if f"{found.name}.".startswith(_REQUESTS) else Origin.FIXED
        if isinstance(found, Definition):
            return Origin.FIXED
        base = origin(project, function, value.value, depth + 1)
        return Origin.UNKNOWN if _is_receiver(function, value.value) else base
    return Origin.UNKNOWN


def _of_call(project: Project, function: ProjectFunction, call: Call, depth: int) -> Origin:
    name = last_name(call.function)
    if name in _SAFE_CALLS:
        return Origin.FIXED
    if name in ("str", "join", "list", "sorted", "set", "tuple") and call.arguments:
        return _joined(origin(project, function, argument, depth + 1) for argument in call.arguments)
    found = project.view(Scopes).resolve(function.module, function.scope, call.function)
    if isinstance(found, External):
        return Origin.DATA if f"{found.name}.".startswith(_REQUESTS) else Origin.UNKNOWN
    if isinstance(call.function, Attribute) and not isinstance(found, Definition):
        return origin(project, function, call.function.value, depth + 1)  # `name.lower()`
    return Origin.UNKNOWN


def _of_name(project: Project, function: ProjectFunction, name: Name, depth: int) -> Origin:
    functions = project.view(Functions)
    bound = functions.summary(function).bound.get(name.id, ())
    parameter = next((p for p in function.fact.parameters if p.name == name.id), None)
    if (bound or parameter is not None) and _is_checked(function, name.id):
        return Origin.FIXED
    if bound:
        ways = [origin(project, function, each.value, depth + 1) for each in bound if each.how != "with"]
        return _joined(ways) if ways and parameter is None else Origin.UNKNOWN
    if parameter is not None:
        if name.id == function.receiver or _is_harmless(parameter.annotation):
            return Origin.FIXED
        return _of_parameter(project, function, name.id, depth)
    found = project.view(Scopes).name(function.module, function.scope, name.id)
    return Origin.FIXED if isinstance(found, (Definition, External)) else Origin.UNKNOWN


def _of_parameter(project: Project, function: ProjectFunction, name: str, depth: int) -> Origin:
    """What its callers pass; where nobody calls it, somebody outside does."""
    from archlint.project.objects.call_graph import CallGraph  # most texts are not made of parameters

    names = [p.name for p in function.fact.parameters if p.kind in ("positional", "normal")]
    if function.receiver and names[:1] == [function.receiver]:
        names = names[1:]
    ways = []
    for call in project.view(CallGraph).callers(function):
        given = {keyword.name: keyword.value for keyword in call.site.call.keywords}
        place = names.index(name) if name in names else -1
        arguments = call.site.call.arguments
        passed = given.get(name) or (arguments[place] if 0 <= place < len(arguments) else None)
        ways.append(origin(project, call.caller, passed, depth + 2) if passed is not None else Origin.FIXED)
    return _joined(ways) if ways else Origin.DATA


def _is_harmless(annotation: Expression | None) -> bool:
    if annotation is None:
        return False
    if isinstance(annotation, Literal) and isinstance(annotation.value, str):
        return annotation.value in _HARMLESS
    if isinstance(annotation, Subscript):
        wrapped = annotation.index
        inner = wrapped.items[0] if isinstance(wrapped, Collection) and wrapped.items else wrapped
        return last_name(annotation.value) in _HARMLESS or _is_harmless(inner)
    if isinstance(annotation, Operation):
        return all(_is_harmless(each) or isinstance(each, Literal) for each in annotation.operands)
    return last_name(annotation) in _HARMLESS


def _is_checked(function: ProjectFunction, name: str) -> bool:
    """Whether somewhere in a function it is asked whether a name's value is one of some."""
    waiting: list[Form] = list(function.module.statements(function.fact))
    while waiting:
        form = waiting.pop()
        if isinstance(form, Comparison) and last_name(form.left) == name and _IN & set(form.operators):
            return True
        waiting += parts(form)
    return False


def _is_receiver(function: ProjectFunction, value: Expression) -> bool:
    """Whether a value hangs on the object of the method."""
    while isinstance(value, (Attribute, Subscript, Call)):
        value = value.function if isinstance(value, Call) else value.value
    return isinstance(value, Name) and value.id == function.receiver


def _joined(ways: Iterable[Origin]) -> Origin:
    found = set(ways)
    if Origin.DATA in found:
        return Origin.DATA
    return Origin.UNKNOWN if Origin.UNKNOWN in found else Origin.FIXED
