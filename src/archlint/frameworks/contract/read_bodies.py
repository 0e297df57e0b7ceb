"""The keys that handlers read from a body in JSON themselves, where none of them is what clients send."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

import msgspec

from archlint.facts.expressions import (
    Attribute,
    Await,
    Call,
    Expression,
    Form,
    Literal,
    Name,
    Operation,
    Subscript,
    last_name,
)
from archlint.facts.forms import walked
from archlint.facts.statements import Assign, If
from archlint.frameworks.contract.asked_method import run_for
from archlint.frameworks.contract.schemas import properties, required
from archlint.project.functions import Functions

if TYPE_CHECKING:
    from archlint.frameworks.contract.document import Contract
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project

_REQUESTS: Final = frozenset({"req", "request"})
_RAW: Final = frozenset({"body", "data"})
_TESTING: Final = frozenset({"and", "not", "or"})


class ReadKey(msgspec.Struct, frozen=True):
    """A key that a handler reads at the top of a body."""

    name: str
    line: int
    body: Expression
    """What it is read from."""


def foreign_keys(
    project: Project, contract: Contract, function: ProjectFunction, schema: Mapping[str, Any], method: str
) -> tuple[ReadKey, ...]:
    """All that a handler reads of a body, if clients send nothing of it.

    Of a body that is passed on, or asked which keys it has, nobody can tell what is read.
    """
    known = properties(contract, schema)
    if not known or not required(schema) or schema.get("additionalProperties"):
        return ()
    forms = list(walked(run_for(function.module.statements(function.fact), method)))
    names = _names_of_body(project, function)
    read = [each for form in forms for each in _keys_read(form) if _is_body(each.body, names)]
    seen = {id(each.body) for each in read} | {id(each) for form in forms for each in _harmless(form)}
    is_open = any(isinstance(each, Name) and each.id in names and id(each) not in seen for each in forms)
    is_foreign = known.keys().isdisjoint(each.name for each in read)
    return tuple(read) if is_foreign and not is_open else ()


def _names_of_body(project: Project, function: ProjectFunction) -> frozenset[str]:
    bound = project.view(Functions).summary(function).bound.items()
    return frozenset(
        name
        for name, given in bound
        if len(given) == 1 and given[0].how == "assign" and _is_body(given[0].value)
    )


def _is_body(value: Expression, names: Collection[str] = ()) -> bool:
    """Whether this is what a client has sent: `await request.json()`, `request.get_json() or {}`."""
    if isinstance(value, Name):
        return value.id in names
    if isinstance(value, Await):
        return _is_body(value.value)
    if isinstance(value, Operation) and value.operator == "or":
        return _is_body(value.operands[0], names)
    if isinstance(value, Attribute):
        return value.attr == "json" and last_name(value.value) in _REQUESTS
    if not isinstance(value, Call) or not isinstance(value.function, Attribute):
        return False
    if value.function.attr == "loads" and len(value.arguments) == 1:
        text = value.arguments[0]
        return isinstance(text, Attribute) and text.attr in _RAW and last_name(text.value) in _REQUESTS
    return value.function.attr in ("get_json", "json") and last_name(value.function.value) in _REQUESTS


def _keys_read(form: Form) -> Iterator[ReadKey]:
    """`body["user"]` and `body.get("user")`, of whatever has keys."""
    key: Form | None = None
    if isinstance(form, Subscript):
        body, key = form.value, form.index
    elif isinstance(form, Call) and isinstance(form.function, Attribute) and form.function.attr == "get":
        body, key = form.function.value, form.arguments[0] if form.arguments else None
    if isinstance(key, Literal) and isinstance(key.value, str):
        yield ReadKey(key.value, key.line, body)


def _harmless(form: Form) -> tuple[Expression, ...]:
    """What is set, and what is only asked whether there is anything."""
    if isinstance(form, Assign):
        return form.targets
    if isinstance(form, If):
        return (form.test,)
    return form.operands if isinstance(form, Operation) and form.operator in _TESTING else ()
