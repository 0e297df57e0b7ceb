"""What handlers answer with, and what of the document's promise is not in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

import msgspec

from archlint.facts.expressions import Call, Collection, Expression, Literal, last_name
from archlint.facts.expressions import Mapping as Written
from archlint.facts.forms import walked
from archlint.facts.statements import Return
from archlint.frameworks.contract.asked_method import run_for
from archlint.frameworks.contract.models import Held, held_by, keys_of
from archlint.frameworks.contract.schemas import items, properties, required
from archlint.frameworks.fastapi.responses import response_annotation, writes_aliases
from archlint.project.objects.values import called_function
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.frameworks.contract.document import Contract
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project

_ANSWERS: Final = frozenset({"JSONResponse", "JsonResponse", "Response", "json_response", "jsonify"})
_FAILING: Final = frozenset({"detail", "error", "errors", "message", "msg"})
_DEEPEST: Final = 4


class Missing(msgspec.Struct, frozen=True):
    """A key that is promised, and not there."""

    path: str
    """From the outside in, with dots."""

    there: tuple[str, ...]
    """The keys that are there in its place."""

    line: int
    """Of what is returned; 0 for what the function says of itself."""


def missing_keys(
    project: Project, contract: Contract, function: ProjectFunction, schema: Mapping[str, Any], method: str
) -> Iterator[Missing]:
    """What the document promises and a handler never answers a method with."""
    annotation = response_annotation(function)
    if annotation is not None:
        held = held_by(project, function.module, function.outer, annotation)
        if held is not None and writes_aliases(function):
            yield from _lacking(project, contract, held, schema, "", 0)
        return
    wanted = required(schema)
    if properties(contract, schema) is None or not wanted:
        return
    for form in walked(run_for(function.module.statements(function.fact), method)):
        keys = _keys(project, function, form.value, 0) if isinstance(form, Return) else None
        if keys is None or not isinstance(form, Return) or (keys and keys <= _FAILING):
            continue
        for name in sorted(wanted - keys):
            yield Missing(name, tuple(sorted(keys)), form.line)


def _lacking(
    project: Project, contract: Contract, held: Held, schema: Mapping[str, Any], path: str, depth: int
) -> Iterator[Missing]:
    """The required properties that a model does not write."""
    if held.is_list != (schema.get("type") == "array"):
        return
    schema = items(contract, schema) if held.is_list else schema
    known, keys = properties(contract, schema), keys_of(project, held.cls)
    if known is None or keys is None or depth > _DEEPEST or any(not key.name for key in keys):
        return
    by_name = {key.name: key for key in keys}
    for name in sorted(required(schema) - by_name.keys()):
        yield Missing(f"{path}{name}", tuple(sorted(by_name)), 0)
    for name, key in by_name.items():
        if key.held is not None and name in known:
            yield from _lacking(project, contract, key.held, known[name], f"{path}{name}.", depth + 1)


def _keys(
    project: Project, function: ProjectFunction, value: Expression | None, depth: int
) -> frozenset[str] | None:
    """The keys of a dict that is written down; None for anything else, and for failures."""
    if depth > _DEEPEST or value is None:
        return None
    if isinstance(value, Written):
        names = [key.value for key in value.keys if isinstance(key, Literal) and isinstance(key.value, str)]
        return frozenset(names) if len(names) == len(value.keys) else None
    if isinstance(value, Collection) and value.kind == "tuple" and len(value.items) == 2:
        status = value.items[1]
        is_good = isinstance(status, Literal) and isinstance(status.value, int) and status.value < 300
        return _keys(project, function, value.items[0], depth + 1) if is_good else None
    if not isinstance(value, Call):
        return None
    if last_name(value.function) in _ANSWERS:
        is_plain = len(value.arguments) == 1 and not any("status" in each.name for each in value.keywords)
        return _keys(project, function, value.arguments[0], depth + 1) if is_plain else None
    return _made(project, function, value, depth)


def _made(project: Project, function: ProjectFunction, call: Call, depth: int) -> frozenset[str] | None:
    """The keys of the dict that another function of the project makes, on each way through it."""
    found = called_function(project.view(Scopes).resolve(function.module, function.scope, call.function))
    if found is None or found.fact.decorators or found.fact.is_async or found.fact.is_generator:
        return None
    returned = [
        _keys(project, found, form.value, depth + 1)
        for form in walked(found.module.statements(found.fact))
        if isinstance(form, Return)
    ]
    return returned[0] if len(returned) == 1 else None
