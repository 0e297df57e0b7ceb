"""What handlers answer with, and what of the document's promise is not in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

import msgspec

from archlint.facts.forms import walked
from archlint.facts.statements import Return
from archlint.frameworks.contract.asked_method import run_for
from archlint.frameworks.contract.models import Held, held_by, keys_of
from archlint.frameworks.contract.schemas import items, properties, required
from archlint.frameworks.contract.written_answers import answered_dict, element_of, inner_dict
from archlint.frameworks.fastapi.responses import response_annotation, writes_aliases

if TYPE_CHECKING:
    from archlint.frameworks.contract.document import Contract
    from archlint.frameworks.contract.written_answers import Answer
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project

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
    if properties(contract, schema) is None or not required(schema):
        return
    for form in walked(run_for(function.module.statements(function.fact), method)):
        answer = answered_dict(project, function, form.value) if isinstance(form, Return) else None
        if answer is None or not isinstance(form, Return):
            continue
        if not answer.values or not answer.values.keys() <= _FAILING:
            yield from _unwritten(project, contract, answer, schema, "", form.line)


def _unwritten(
    project: Project, contract: Contract, answer: Answer, schema: Mapping[str, Any], path: str, line: int
) -> Iterator[Missing]:
    """The required properties that a dict does not have, nor those that are written in it."""
    known = properties(contract, schema)
    if known is None or path.count(".") > _DEEPEST:
        return
    for name in sorted(required(schema) - answer.values.keys()):
        yield Missing(f"{path}{name}", tuple(sorted(answer.values)), line)
    for name, value in answer.values.items():
        inner = known.get(name, {})
        each = element_of(value) if inner.get("type") == "array" else value
        below = inner_dict(project, answer.function, each) if each is not None else None
        if below is not None:
            said = inner if each is value else items(contract, inner)
            yield from _unwritten(project, contract, below, said, f"{path}{name}.", line)


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
