"""Folders that are both collected from and collected into."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call, Collection, Expression, Literal, Name, Operation
from archlint.frameworks.constants import constants_of
from archlint.frameworks.inventory.texts import written

if TYPE_CHECKING:
    from archlint.frameworks.django.settings.modules import SettingsModule
    from archlint.project.module import Module

_TARGET, _SOURCES = "STATIC_ROOT", "STATICFILES_DIRS"
_STATIC_FILES = "django.contrib.staticfiles"
_JOINING = frozenset({"join", "joinpath"})
_MOST = 8
"""Names behind names."""


def collected_into_itself(settings: SettingsModule) -> Iterator[tuple[Module, Expression]]:
    """The folders in `STATICFILES_DIRS` that are the `STATIC_ROOT` too, where one module says both."""
    saying = [one for one in (settings.module, *settings.names.takes_from) if _says_either(one)]
    if len(saying) != 1 or _STATIC_FILES not in settings.certain("INSTALLED_APPS"):
        return
    values = constants_of(saying[0])
    target, sources = values.get(_TARGET), values.get(_SOURCES)
    if target is None or not isinstance(sources, Collection):
        return
    root = _parts(target, values)
    for one in sources.items:
        folder = one.items[1] if isinstance(one, Collection) and len(one.items) == 2 else one
        if root and _parts(folder, values) == root:
            yield saying[0], folder


def _says_either(module: Module) -> bool:
    return _TARGET in module.bindings or _SOURCES in module.bindings


def _parts(folder: Expression, values: Mapping[str, Expression], depth: int = 0) -> tuple[str, ...]:
    """The parts of a path; what is no path is one part, as it is written."""
    if isinstance(folder, Literal) and isinstance(folder.value, str):
        inside = (part for part in folder.value.split("/") if part not in ("", "."))
        return ("/", *inside) if folder.value.startswith("/") else tuple(inside)
    if isinstance(folder, Operation) and folder.operator == "/":
        return _joined(folder.operands, values, depth)
    if isinstance(folder, Name) and folder.id in values and depth < _MOST:
        return _parts(values[folder.id], values, depth + 1)
    if not isinstance(folder, Call):
        return (written(folder),)
    function = folder.function
    if isinstance(function, Attribute) and function.attr in _JOINING:
        start = (function.value,) if function.attr == "joinpath" else ()
        return _joined((*start, *folder.arguments), values, depth)
    if isinstance(function, Name) and function.id == "str" and len(folder.arguments) == 1:
        return _parts(folder.arguments[0], values, depth)
    return (written(folder),)


def _joined(parts: tuple[Expression, ...], values: Mapping[str, Expression], depth: int) -> tuple[str, ...]:
    return tuple(inner for part in parts for inner in _parts(part, values, depth))
