"""What an expression in a settings module may be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from archlint.facts.expressions import (
    Attribute,
    Call,
    Collection,
    Comprehension,
    Conditional,
    Expression,
    Literal,
    Name,
    Operation,
    Starred,
    Subscript,
)
from archlint.facts.expressions import Mapping as MappingDisplay
from archlint.frameworks.django.settings.texts import written_out
from archlint.frameworks.django.settings.values import (
    OPEN,
    Choice,
    Listing,
    Scalar,
    SettingValue,
    Table,
    either,
    joined,
)
from archlint.frameworks.orm import Place

if TYPE_CHECKING:
    from archlint.project.module import Module

Lookup: TypeAlias = Callable[[Expression], SettingValue]
"""What a name or a chain of attributes stands for, and what the call of a function gives."""

_CONTAINERS = frozenset({"list", "tuple", "set", "sorted"})
_DATABASE_READERS = frozenset({"config", "parse", "db", "db_url", "db_url_config", "dj_db_url"})
_READERS = frozenset(
    {"env", "get", "getenv", "config", "str", "bool", "int", "list", "tuple", "json", "dict"}
)
_ENGINES: Mapping[str, str] = {
    "mysql": "django.db.backends.mysql",
    "oracle": "django.db.backends.oracle",
    "pgsql": "django.db.backends.postgresql",
    "postgis": "django.contrib.gis.db.backends.postgis",
    "postgres": "django.db.backends.postgresql",
    "postgresql": "django.db.backends.postgresql",
    "psql": "django.db.backends.postgresql",
    "spatialite": "django.contrib.gis.db.backends.spatialite",
    "sqlite": "django.db.backends.sqlite3",
    "sqlite3": "django.db.backends.sqlite3",
}


def evaluated(module: Module, value: Expression, lookup: Lookup) -> SettingValue:
    """What an expression may be, where `lookup` knows the names."""

    def of(part: Expression) -> SettingValue:
        return evaluated(module, part, lookup)

    if isinstance(value, Literal):
        return OPEN if value.truncated else Scalar(value.value, Place(module, value.line, value.column))
    if isinstance(value, (Name, Attribute)):
        return lookup(value)
    if isinstance(value, Collection):
        return _listing(module, value, of)
    if isinstance(value, MappingDisplay):
        return _table(module, value, of)
    text = written_out(module, value, of)
    if text is not None:
        return text
    if isinstance(value, Operation) and value.operator == "+":
        total = of(value.operands[0])
        for operand in value.operands[1:]:
            total = joined(total, of(operand))
        return total
    if isinstance(value, Operation) and value.operator in ("or", "and"):
        found = of(value.operands[0])
        for operand in value.operands[1:]:
            found = either(found, of(operand))
        return found
    if isinstance(value, Conditional):
        return either(of(value.body), of(value.orelse))
    if isinstance(value, Subscript) and isinstance(value.index, Literal):
        table = of(value.value)
        found_entry = table.get(str(value.index.value)) if isinstance(table, Table) else None
        return OPEN if found_entry is None else found_entry
    if isinstance(value, Comprehension):
        return _comprehended(module, value, lookup)
    return _called(module, value, of, lookup) if isinstance(value, Call) else OPEN


def _comprehended(module: Module, value: Comprehension, lookup: Lookup) -> SettingValue:
    """`[f"shop.{name}" for name in PARTS]`, item by item."""
    first = value.generators[0]
    over = evaluated(module, first.iterable, lookup)
    is_plain = value.kind != "dict" and len(value.generators) == 1 and isinstance(first.target, Name)
    if not isinstance(over, Listing) or not isinstance(first.target, Name) or not is_plain:
        return OPEN
    place = Place(module, value.line, value.column)
    made = (evaluated(module, value.element, _naming(lookup, first.target.id, item)) for item in over.items)
    if first.conditions:  # which of them are taken is left open
        return Listing(tuple(Choice((each,)) for each in made), place, is_open=True)
    return Listing(tuple(made), place, over.is_open)


def _naming(lookup: Lookup, name: str, item: SettingValue) -> Lookup:
    """A lookup in which a name stands for an item."""

    def looked_up(form: Expression) -> SettingValue:
        return item if isinstance(form, Name) and form.id == name else lookup(form)

    return looked_up


def _listing(module: Module, value: Collection, of: Lookup) -> SettingValue:
    total: SettingValue = Listing((), Place(module, value.line, value.column))
    for item in value.items:
        if isinstance(item, Starred):
            total = joined(total, of(item.value))
        else:
            total = joined(total, Listing((of(item),), Place(module, value.line, value.column)))
    return total


def _table(module: Module, value: MappingDisplay, of: Lookup) -> Table:
    entries: list[tuple[str, SettingValue]] = []
    is_open = False
    for key, item in zip(value.keys, value.values, strict=True):
        said = of(key) if key is not None else None  # a name of the module's, as often as a text
        if isinstance(said, Scalar) and isinstance(said.value, str):
            entries.append((said.value, of(item)))
            continue
        spread = of(item) if key is None else OPEN
        if isinstance(spread, Table):
            entries.extend(spread.entries)
            is_open = is_open or spread.is_open
        else:
            is_open = True
    return Table(tuple(entries), Place(module, value.line, value.column), is_open)


def _called(module: Module, call: Call, of: Lookup, lookup: Lookup) -> SettingValue:
    """Containers made anew, what is read from the environment with a default, functions of the project."""
    function = call.function
    last = function.attr if isinstance(function, Attribute) else getattr(function, "id", "")
    if isinstance(function, Name) and last in _CONTAINERS and len(call.arguments) == 1:
        return of(call.arguments[0])
    given = {keyword.name: keyword.value for keyword in call.keywords}
    default = given.get("default") or (call.arguments[1] if len(call.arguments) > 1 else None)
    if last in _DATABASE_READERS and isinstance(function, Attribute):
        url = default or (call.arguments[0] if last == "parse" and call.arguments else None)
        engine = _engine(of(url)) if url is not None else None
        if engine is not None:
            place = Place(module, call.line, call.column)
            return Table((("ENGINE", Choice((Scalar(engine, place), OPEN))),), place, is_open=True)
    if last in _READERS and default is not None:
        return either(of(default), OPEN)
    return lookup(call)


def _engine(url: SettingValue) -> str | None:
    """The engine that the scheme of a database URL stands for."""
    if not isinstance(url, Scalar) or not isinstance(url.value, str):
        return None
    return _ENGINES.get(url.value.partition(":")[0].partition("+")[0])
