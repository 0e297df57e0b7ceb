"""The file or folder that somebody is about to write in. It need not be there yet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from archlint.config.model import Layer
from archlint.demand import Demand
from archlint.discovery.naming import name_sources
from archlint.facts.entry import Entry
from archlint.project import Module, Project
from archlint.project.drawing.layers import Layers
from archlint.project.files.tree import lies_within
from archlint.project.patterns import matches

_NEW: Final = "…"
"""A file that nobody has, to stand for one that may come into a folder."""


class Place(msgspec.Struct, frozen=True):
    """Some modules, each with its layer."""

    path: str
    is_folder: bool
    modules: tuple[tuple[Module, Layer | None], ...]

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The layers that are met here, each once, in the order of the modules."""
        return tuple(dict.fromkeys(layer for _, layer in self.modules if layer is not None))

    def keeps(self, demand: Demand) -> bool:
        """Whether a demand is to be kept here, by any of the modules."""
        if demand.is_of_whole:
            return False
        return any(
            _is_in(module, layer, demand.inside, everywhere=True) and not _is_in(module, layer, demand.free)
            for module, layer in self.modules
        )

    def may(self, demand: Demand) -> bool:
        """Whether this is where a demand lets do what it forbids elsewhere."""
        return any(_is_in(module, layer, demand.free) for module, layer in self.modules)


def place_at(project: Project, path: str) -> Place:
    """The place of a path relative to the root; one that is not there is a file if it ends like one."""
    is_folder = not path.endswith((".py", ".pyi"))
    inside = [module for module in project.modules if _lies_in(module, path)] if is_folder else []
    wanted = f"{path}/{_NEW}.py".removeprefix("./").removeprefix("/") if is_folder else path
    there = project.module_at(wanted)
    modules = (*inside, *([there] if there else [_planned(project, wanted)]))
    layers = _layers(project, modules)
    return Place(path or ".", is_folder, tuple((module, layers.of(module)) for module in modules))


def _lies_in(module: Module, folder: str) -> bool:
    return folder in ("", ".") or module.path.startswith(f"{folder}/")


def _planned(project: Project, path: str) -> Module:
    """A module as it would be called; it has no facts."""
    (named,) = name_sources([path], project.roots)
    entry = Entry(module=named.module, digest=b"", facts=b"")
    return Module(named.path, named.module, named.is_package, named.root, entry, project.reads)


def _layers(project: Project, modules: Iterable[Module]) -> Layers:
    """The drawing laid over the project and what is planned. Raises ConfigError as `Layers` does."""
    every = tuple(dict.fromkeys((*project.modules, *modules)))
    return Layers.build(Project(project.config, every, project.files, project.roots))


def _is_in(module: Module, layer: Layer | None, entries: Iterable[str], everywhere: bool = False) -> bool:
    found = tuple(entries)
    if not found:
        return everywhere
    return any(
        (layer is not None and entry == layer.name)
        or matches(module, entry)
        or lies_within(module.path, entry)
        for entry in found
    )
