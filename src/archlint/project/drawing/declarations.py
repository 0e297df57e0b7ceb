"""What the parts of a project declare that they import."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from archlint.project.drawing.layers import Layers
from archlint.project.imports.parts import REST, Parts
from archlint.project.module import Module
from archlint.project.patterns import matches_name

if TYPE_CHECKING:
    from archlint.project.project import Project

NOT = "!"
"""In front of a value: what it names is forbidden, whatever else allows it."""


class Declarations:
    """Answers whether one module may import another, by the parts they lie in."""

    def __init__(
        self,
        project: Project,
        parts: Parts,
        may_import: Mapping[str, tuple[str, ...]],
        shared: tuple[str, ...],
        free: Mapping[str, tuple[str, ...]],
    ) -> None:
        self._parts = parts
        self._may_import = may_import
        self._shared = shared
        self._free = free
        self._layers = project.view(Layers) if project.config.layers else None
        self._matches = lru_cache(maxsize=None)(self._compare)

    def allows(self, importer: Module, imported: Module) -> bool:
        """Whether an import from one part into another is declared, and not forbidden."""
        if self.forbids(importer, imported):
            return False
        free = self._free.get(self._parts.pattern(importer), ())
        return any(self._matches(entry, imported) for entry in (*self._of(importer), *free, *self._shared))

    def forbids(self, importer: Module, imported: Module) -> bool:
        """Whether an import is forbidden by name."""
        return any(
            self._matches(entry[1:], imported) for entry in self._of(importer) if entry.startswith(NOT)
        )

    def named(self, members: Mapping[str, tuple[Module, ...]]) -> dict[str, frozenset[str]]:
        """The parts that each part declares by their very names, layers and wildcards left out."""
        return {
            part: frozenset(
                each for each in self._of(modules[0]) if each in members and each not in (part, REST)
            )
            for part, modules in members.items()
        }

    def unmatched(self, members: Mapping[str, tuple[Module, ...]]) -> Iterator[tuple[str, str]]:
        """What names no part and no layer: the place of the value in the options, and the value."""
        made = {self._parts.pattern(modules[0]) for modules in members.values()}
        known = (*members, *(layer.name for layer in (self._layers.layers if self._layers else ())))
        for option, table in (("may-import", self._may_import), ("free", self._free)):
            for key, entries in table.items():
                if key not in made:
                    yield f"{option}.{key}", key
                yield from ((f"{option}.{key}.{at}", entry) for at, entry in _strange(entries, known))
        yield from ((f"shared.{at}", entry) for at, entry in _strange(self._shared, known))

    def unseen(
        self, members: Mapping[str, tuple[Module, ...]], visible_to: Mapping[str, tuple[str, ...]]
    ) -> Iterator[tuple[str, str, str]]:
        """Declarations of parts that are not visible: the place of the value, the part, the other one."""
        for part, modules in members.items():
            key = self._parts.pattern(modules[0])
            for at, entry in enumerate(self._may_import.get(key, ())):
                visible = visible_to.get(entry)
                if visible is not None and not any(matches_name(part, pattern) for pattern in visible):
                    yield f"may-import.{key}.{at}", part, entry

    def _of(self, module: Module) -> tuple[str, ...]:
        return self._may_import.get(self._parts.pattern(module), ())

    def _compare(self, entry: str, imported: Module) -> bool:
        part = self._parts.of(imported)
        if matches_name(part, entry):
            return True
        layer = self._layers.of(imported) if self._layers else None
        return layer is not None and layer.name == entry


def _strange(entries: Iterable[str], known: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The entries that match nothing known, each with its index."""
    names = tuple(known)
    for at, entry in enumerate(entries):
        pattern = entry.removeprefix(NOT)
        if pattern != REST and not any(matches_name(name, pattern) for name in names):
            yield at, entry
