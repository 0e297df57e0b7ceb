"""Who in a layer uses something already, and so is what others should call instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.config.model import Layer
from archlint.project.answer import Definition
from archlint.project.import_graph import ImportGraph
from archlint.project.layers import Layers
from archlint.project.module import Module
from archlint.project.uses import Uses

if TYPE_CHECKING:
    from archlint.project.project import Project

_MOST = 3


def detour(project: Project, layers: Layers, through: Layer, target: Module, name: str) -> str:
    """What to call in a layer to get at a name of a module: functions that use it, or else modules.

    In words, as `app.services.Orders.place`; empty where nothing in the layer uses it yet.
    """
    importers = dict.fromkeys(edge.importer for edge in project.view(ImportGraph).importers_of(target))
    users = [module for module in importers if layers.of(module) == through]
    found = dict.fromkeys(
        function for module in users for function in _functions(project, module, target, name or target.name)
    )
    chosen = sorted(found)[:_MOST] or sorted(module.name for module in users)[:1]
    return " or ".join(f"`{each}`" for each in chosen)


def _functions(project: Project, module: Module, target: Module, name: str) -> list[str]:
    """The public functions of a module that use a name, or something of it."""
    return [
        use.function.name
        for use in project.view(Uses).of(module)
        if use.function is not None
        and isinstance(use.answer, Definition)
        and use.answer.module is target
        and (use.name == name or use.name.startswith(f"{name}."))
        and not use.function.fact.name.startswith("_")
    ]
