"""Names that a module gives by `__getattr__`: imported there, or listed with the module they are in.

_NAMES = {"Order": "shop.orders.models"}

def __getattr__(name):
    return getattr(import_module(_NAMES[name]), name)
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Collection, Expression, Literal, Mapping, Name
from archlint.facts.forms import walked
from archlint.facts.imports import Import
from archlint.facts.statements import Annotate, Assign, Return, Try, With
from archlint.project.module import Module

_DOOR = "__getattr__"
_LOADERS = ("import_module", "__import__")


def lazy_import(module: Module, name: str) -> Import | None:
    """The import in `__getattr__` that brings a name."""
    return next(
        (fact for fact in module.facts.imports if fact.scope == f"{_DOOR}()" and fact.alias == name), None
    )


def listed_module(module: Module, name: str) -> tuple[str, str] | None:
    """The module that a table of the module lists for a name, as it is written, and the name in there."""
    door = module.binds(_DOOR)
    if door is None or door.kind is not Kind.FUNCTION:
        return None
    function = module.functions[door.index]
    if not module.mentions(function, *_LOADERS):
        return None
    for table, key, value in _entries(module):
        if key == name and module.mentions(function, table):
            return _target(value, name)
    return None


def is_listed_only(module: Module) -> bool:
    """Whether `__getattr__` takes what it gives from one place, and catches nothing on its way there."""
    door = module.binds(_DOOR)
    if door is None or door.kind is not Kind.FUNCTION:
        return False
    forms = list(walked(module.statements(module.functions[door.index])))
    ways = [form for form in forms if isinstance(form, Return)]
    return len(ways) == 1 and not any(isinstance(form, (Try, With)) for form in forms)


def _entries(module: Module) -> Iterator[tuple[str, str, Expression]]:
    for statement in module.body:
        if not isinstance(statement, (Assign, Annotate)) or not isinstance(statement.value, Mapping):
            continue
        table = statement.value
        targets = statement.targets if isinstance(statement, Assign) else (statement.target,)
        names = [target.id for target in targets if isinstance(target, Name)]
        for key, value in zip(table.keys, table.values, strict=True):
            if isinstance(key, Literal) and isinstance(key.value, str):
                yield from ((name, key.value, value) for name in names)


def _target(value: Expression, name: str) -> tuple[str, str] | None:
    """`"shop.orders"`, or `("shop.orders", "Order")` where the name is another one there."""
    parts = value.items if isinstance(value, Collection) else (value,)
    texts = [part.value for part in parts if isinstance(part, Literal) and isinstance(part.value, str)]
    if len(texts) != len(parts) or len(texts) not in (1, 2):
        return None
    return texts[0], texts[-1] if len(texts) == 2 else name
