"""What the document says of bodies: the schemas of requests and answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from archlint.frameworks.contract.document import Contract, Operation

_COMBINED: Final = ("allOf", "anyOf", "oneOf", "not", "discriminator")
_GOOD: Final = ("200", "201", "202", "2XX", "2xx")


def request_schema(contract: Contract, operation: Operation) -> Mapping[str, Any]:
    """The schema of what clients send; empty where there is none in JSON."""
    return _in_json(contract, contract.resolved(operation.said.get("requestBody")))


def answer_schema(contract: Contract, operation: Operation) -> Mapping[str, Any]:
    """The schema of what clients get if all goes well; empty where there is none in JSON."""
    answers = contract.resolved(operation.said.get("responses"))
    good = [name for name in _GOOD if name in answers]
    return _in_json(contract, contract.resolved(answers[good[0]])) if len(good) == 1 else {}


def properties(contract: Contract, schema: Mapping[str, Any]) -> dict[str, Mapping[str, Any]] | None:
    """The properties of an object; None where the schema is put together, or no object."""
    found = schema.get("properties")
    if any(name in schema for name in _COMBINED) or not isinstance(found, Mapping) or not found:
        return None
    return {name: contract.resolved(said) for name, said in found.items()}


def required(schema: Mapping[str, Any]) -> frozenset[str]:
    """The properties that are always there."""
    found = schema.get("required")
    return frozenset(map(str, found)) if isinstance(found, list) else frozenset()


def items(contract: Contract, schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema of the items of an array."""
    return contract.resolved(schema.get("items"))


def _in_json(contract: Contract, said: Mapping[str, Any]) -> Mapping[str, Any]:
    content = contract.resolved(said.get("content"))
    return contract.resolved(contract.resolved(content.get("application/json")).get("schema"))
