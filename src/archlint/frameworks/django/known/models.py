"""Models that are there without being in the project: those of Django's own apps and of usual packages.

The tables are written for reading: a line `model NAME = LABEL (BASES)` or `abstract NAME (BASES)`, with
`open` at its end where there may be more, then the fields as they would be declared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

import msgspec

from archlint.facts.expressions import Expression, Literal
from archlint.frameworks.django.known import apps as known_apps
from archlint.frameworks.django.known import package_models as known_packages
from archlint.frameworks.django.models.spelling import MODELS, canonical

AUTH_USER = "@user"
"""Stands in the tables for the model that AUTH_USER_MODEL names."""

_HEAD = re.compile(
    r"(?P<what>model|abstract) (?P<name>\S+)(?: = (?P<label>\S+))?(?: \((?P<bases>[^)]*)\))?(?P<open> open)?"
)
_VALUES: Mapping[str, bool | None] = {"True": True, "False": False, "None": None}


class KnownField(msgspec.Struct, frozen=True):
    """A field of a known model, as if it were declared."""

    name: str
    kind: str
    arguments: tuple[Expression, ...]
    options: Mapping[str, Expression]


class KnownModel(msgspec.Struct, frozen=True):
    """A model or an abstract base that is known beforehand."""

    name: str
    """Its dotted name."""

    label: str
    """Empty for abstract bases."""

    bases: tuple[str, ...]
    """Dotted names of the known models it inherits from."""

    fields: tuple[KnownField, ...]
    managers: tuple[str, ...]
    table: str
    """Empty where it goes by the label."""

    is_abstract: bool
    is_open: bool


def known_model(name: str) -> KnownModel | None:
    """The known model of a dotted name, whichever of its spellings that is."""
    found = known_models().get(canonical(name))
    if found is not None or name.startswith("django."):
        return found
    package, _, last = name.partition(".")
    return _by_package().get((package, last.rpartition(".")[2]))


@cache
def known_models() -> Mapping[str, KnownModel]:
    """All known models by dotted name."""
    found = [*_parsed(known_apps.TABLE), *_parsed(known_packages.TABLE)]
    return {model.name: model for model in found}


@cache
def _by_package() -> Mapping[tuple[str, str], KnownModel]:
    """Packages re-export their models at several places."""
    return {(name.partition(".")[0], name.rpartition(".")[2]): m for name, m in known_models().items()}


def _parsed(table: str) -> Iterator[KnownModel]:
    home: dict[str, str] = {}
    head: re.Match[str] | None = None
    fields: list[KnownField] = []
    managers: list[str] = []
    db_table = ""
    for line in (*table.splitlines(), "end"):
        words = line.split()
        if not words:
            continue
        if line.startswith("    "):
            if words[0] == "manager":
                managers.append(words[1])
            elif words[0] == "table":
                db_table = words[1]
            else:
                fields.append(_field(words))
            continue
        if head is not None:
            yield _model(head, tuple(fields), tuple(managers), db_table, home)
        head, fields, managers, db_table = _HEAD.fullmatch(line), [], [], ""


def _model(
    head: re.Match[str],
    fields: tuple[KnownField, ...],
    managers: tuple[str, ...],
    table: str,
    home: dict[str, str],
) -> KnownModel:
    name = head["name"]
    home[name.rpartition(".")[2]] = name
    bases = tuple(home[base] for base in (head["bases"] or "").split())
    is_abstract = head["what"] == "abstract"
    label, is_open = head["label"] or "", bool(head["open"])
    return KnownModel(name, label, bases, fields, managers, table, is_abstract, is_open)


def _field(words: list[str]) -> KnownField:
    name, kind, *rest = words
    pairs = [word.split("=", 1) for word in rest if "=" in word]
    arguments = tuple(Literal(word, 0, 0) for word in rest if "=" not in word)
    options = {key: Literal(_value(text), 0, 0) for key, text in pairs}
    return KnownField(name, f"{MODELS}.{kind}", arguments, options)


def _value(text: str) -> str | int | bool | None:
    if text in _VALUES:
        return _VALUES[text]
    return int(text) if text.isdigit() else text
