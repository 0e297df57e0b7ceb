"""The names that the `Meta` of a model gives to indexes, constraints and the table."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Call, Collection, Literal
from archlint.facts.outline import last_name
from archlint.frameworks.django.models.registered import DjangoModel

_KINDS = (("indexes", "the index"), ("constraints", "the constraint"))
_LONGEST = {
    "Index": 30,
    "GinIndex": 30,
    "BrinIndex": 31,
    "GistIndex": 31,
    "HashIndex": 31,
    "BTreeIndex": 32,
    "BloomIndex": 32,
    "SpGistIndex": 33,
}
"""How many characters a name of each may have: those of PostgreSQL add what their suffix is longer by."""


class Named(msgspec.Struct, frozen=True):
    """One name, as a text of the model's own class."""

    option: str
    kind: str
    name: str
    written: Literal
    longest: int = 0
    """How many characters it may have; 0 where nobody can tell."""


def named(model: DjangoModel) -> Iterator[Named]:
    """The indexes and constraints that the `Meta` of a model names, or that of an abstract model above it."""
    for option, kind in _KINDS:
        value = model.meta.get(option)
        for item in value.items if isinstance(value, Collection) else ():
            if not isinstance(item, Call):
                continue
            for keyword in item.keywords:
                text = keyword.value
                if keyword.name == "name" and isinstance(text, Literal) and _is_plain(text):
                    longest = _LONGEST.get(last_name(item.function), 0) if option == "indexes" else 0
                    yield Named(option, kind, str(text.value), text, longest)


def table_of(model: DjangoModel) -> Iterator[Named]:
    """The table that a model's own `Meta` names."""
    value = model.meta.get("db_table")
    is_free = model.concrete == model.key and "managed" not in model.meta and "proxy" not in model.meta
    if _has_own(model, "db_table") and is_free and isinstance(value, Literal) and _is_plain(value):
        yield Named("db_table", "the table", str(value.value), value)


def _is_plain(text: Literal) -> bool:
    return isinstance(text.value, str) and bool(text.value) and "%" not in text.value and not text.truncated


def _has_own(model: DjangoModel, option: str) -> bool:
    """Whether an option is written in the model's own `Meta`."""
    if model.cls is None:
        return False
    for member in model.cls.fact.members:
        if member.name == "Meta" and member.kind is Kind.CLASS:
            meta = model.cls.module.classes[member.index]
            return any(one.name == option for one in meta.members)
    return False
