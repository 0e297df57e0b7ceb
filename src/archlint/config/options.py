"""The options of a rule: its fields, as a configuration spells them."""

from __future__ import annotations

import types
from collections.abc import Mapping
from enum import Enum
from typing import Any, Final, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT
from msgspec.structs import FieldInfo, fields

from archlint.config.containers import Array, Either, Table
from archlint.config.drawing import DRAWING
from archlint.config.kind import Kind
from archlint.config.model import Drawing, ImportPattern, PathPattern, Pattern
from archlint.config.patterns import import_pattern, layer_pattern, path_pattern
from archlint.config.records import Key
from archlint.config.scalars import FLAG, NUMBER, WHOLE, Choice, PathText, Text
from archlint.config.severities import THRESHOLD
from archlint.config.sourced import Toml
from archlint.errors import ArchlintError
from archlint.finding import Severity
from archlint.rule import Rule

Hint: TypeAlias = Any
"""A type hint as `typing` has it: a class, a generic alias, a union."""

_SCALARS: Final[Mapping[Any, Kind]] = {
    bool: FLAG,
    int: WHOLE,
    float: NUMBER,
    str: Text(),
    Severity: THRESHOLD,
    Pattern: PathText(rebase=layer_pattern),
    PathPattern: PathText(rebase=path_pattern),
    ImportPattern: PathText(rebase=import_pattern),
    Drawing: DRAWING,
}


def spelled(field: str) -> str:
    """The name of a field in a configuration: `allowed_in` is `allowed-in`."""
    return field.replace("_", "-")


def field_name(option: str) -> str:
    """The field that an option sets."""
    return option.replace("-", "_")


def options_of(rule: type[Rule], docs: Mapping[str, str] | None = None) -> dict[str, Key]:
    """The options of a rule by their spelling, with the docs of its fields where they are given.

    Raises `ArchlintError` where a field has a type that a configuration cannot hold.
    """
    try:
        hints = get_type_hints(rule)
    except NameError as error:
        raise ArchlintError(
            f"rule {rule.id}: the types of its options cannot be resolved: {error}"
        ) from error
    return {
        spelled(field.name): _key(rule, field, hints[field.name], (docs or {}).get(field.name, ""))
        for field in fields(rule)
    }


def _key(rule: type[Rule], field: FieldInfo, hint: Hint, doc: str) -> Key:
    try:
        kind = kind_of(hint)
    except TypeError as error:
        raise ArchlintError(f"rule {rule.id}: option `{field.name}`: {error}") from None
    return Key(kind, doc, field.required, _as_json(_default(field)))


def _default(field: FieldInfo) -> Toml:
    if field.default is not NODEFAULT:
        return field.default
    return None if field.default_factory is NODEFAULT else field.default_factory()


def _as_json(value: Toml) -> Toml:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (tuple, list)):
        return [_as_json(each) for each in value]
    if isinstance(value, Mapping):
        return {name: _as_json(each) for name, each in value.items()}
    return value


def kind_of(hint: Hint) -> Kind:
    """The kind of value that a type hint asks for; `X | None` asks for X, since TOML has no null.

    Raises `TypeError` for a type that TOML cannot spell.
    """
    if hint in _SCALARS:
        return _SCALARS[hint]
    origin: Hint = get_origin(hint)
    arguments = get_args(hint)
    if origin is Literal:
        return Choice("value", arguments)
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return Array(kind_of(arguments[0]))
    if isinstance(origin, type) and issubclass(dict, origin) and arguments[:1] == (str,):
        return Table(kind_of(arguments[1]))
    if origin in (Union, types.UnionType):
        kinds = tuple(kind_of(each) for each in arguments if each is not type(None))
        return kinds[0] if len(kinds) == 1 else Either(kinds)
    raise TypeError(f"a configuration cannot hold the type {hint!r}")
