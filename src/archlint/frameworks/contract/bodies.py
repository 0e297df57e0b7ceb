"""What a handler of FastAPI takes as its body, and where that differs from what clients are told to send."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

import msgspec

from archlint.facts.expressions import Attribute, Call, Name, last_name, says
from archlint.facts.forms import walked
from archlint.frameworks.contract.models import Held, Key, held_by, keys_of
from archlint.frameworks.contract.schemas import items, properties, required

if TYPE_CHECKING:
    from archlint.facts.definitions import Parameter
    from archlint.frameworks.contract.document import Contract
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project

_DEEPEST: Final = 4
_MARKERS: Final = frozenset({"Cookie", "Depends", "File", "Form", "Header", "Path", "Query", "Security"})
_OTHERS: Final = frozenset({"File", "Form", "UploadFile"})


class Difference(msgspec.Struct, frozen=True):
    """One key that the two see differently."""

    path: str
    """From the outside in, with dots."""

    is_optional: bool
    """The document has it, and lets it be left out."""

    key: Key | None
    """Of the model; None for the name of a parameter."""

    known: tuple[str, ...]
    """The names that the document has in its place."""


def body_differences(
    project: Project, contract: Contract, function: ProjectFunction, schema: Mapping[str, Any]
) -> Iterator[Difference]:
    """What a handler requires, and clients of the document need not send."""
    bodies = [(each, held) for each in function.fact.parameters if (held := _body(project, function, each))]
    is_strict = bool(required(schema))
    known = properties(contract, schema)
    if known is None or not bodies or _has_other_bodies(function):
        return
    if len(bodies) == 1 and not _is_embedded(bodies[0][0]):
        yield from _differing(project, contract, bodies[0][1], schema, "", is_strict, 0)
        return
    for parameter, held in bodies:
        if parameter.name not in known:
            yield Difference(parameter.name, False, None, tuple(known))
        else:
            inner = known[parameter.name]
            yield from _differing(project, contract, held, inner, f"{parameter.name}.", is_strict, 0)


def _body(project: Project, function: ProjectFunction, parameter: Parameter) -> Held | None:
    """The model that a parameter takes from the body."""
    default = parameter.default
    is_body = default is None or (isinstance(default, Call) and last_name(default.function) == "Body")
    if not is_body or not _MARKERS.isdisjoint(_names(parameter)):
        return None
    return held_by(project, function.module, function.outer, parameter.annotation)


def _has_other_bodies(function: ProjectFunction) -> bool:
    """Whether something else is taken from the body, too, or in another format."""
    return any(not _OTHERS.isdisjoint(_names(each)) for each in function.fact.parameters)


def _names(parameter: Parameter) -> set[str]:
    """The names in an annotation, and what makes the default."""
    annotation = (parameter.annotation,) if parameter.annotation is not None else ()
    found = {last_name(form) for form in walked(annotation) if isinstance(form, (Attribute, Name))}
    return found | ({last_name(parameter.default.function)} if isinstance(parameter.default, Call) else set())


def _is_embedded(parameter: Parameter) -> bool:
    keywords = parameter.default.keywords if isinstance(parameter.default, Call) else ()
    return any(each.name == "embed" and says(each.value, True) for each in keywords)


def _differing(
    project: Project,
    contract: Contract,
    held: Held,
    schema: Mapping[str, Any],
    path: str,
    is_strict: bool,
    depth: int,
) -> Iterator[Difference]:
    schema = items(contract, schema) if held.is_list else schema
    known, keys = properties(contract, schema), keys_of(project, held.cls)
    if known is None or keys is None or depth > _DEEPEST or schema.get("additionalProperties"):
        return
    for key in keys:
        name = next((each for each in sorted(key.read_as) if each in known), "")
        if not name:
            if key.is_required and "" not in key.read_as:
                yield Difference(f"{path}{key.field.name}", False, key, tuple(known))
            continue
        if key.is_required and is_strict and name not in required(schema) and "default" not in known[name]:
            yield Difference(f"{path}{name}", True, key, tuple(known))
        if key.held is not None:
            inner = known[name]
            yield from _differing(project, contract, key.held, inner, f"{path}{name}.", is_strict, depth + 1)
