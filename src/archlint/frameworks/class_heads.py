"""The classes of a project by their names and the last names of their bases: what may be what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from archlint.facts.outline import class_heads, last_name

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project


class Head(NamedTuple):
    """A class, and the last names of its bases: `Model` of `models.Model`."""

    name: str
    bases: tuple[str, ...]


class ClassHeads:
    """All classes, by module, in the order of the source."""

    def __init__(self, project: Project) -> None:
        self._heads = [(module, _heads(module)) for module in project.modules]
        self._below: dict[str, set[str]] | None = None

    @classmethod
    def build(cls, project: Project) -> ClassHeads:
        """The view of a project."""
        return cls(project)

    def __iter__(self) -> Iterator[tuple[Module, tuple[Head, ...]]]:
        return iter(self._heads)

    def going_by(self, names: Iterable[str]) -> set[str]:
        """Names, and those of every class below one that goes by such a name, through others too."""
        below = self._inheriting()
        found = set(names)
        waiting = list(found)
        while waiting:
            for name in below.get(waiting.pop(), ()):
                if name not in found:
                    found.add(name)
                    waiting.append(name)
        return found

    def _inheriting(self) -> dict[str, set[str]]:
        """The names of the classes that name another as their base, by the name it has at home."""
        if self._below is None:
            self._below = {}
            for module, heads in self._heads:
                renamed = {f.alias: f.name for f in module.facts.imports if f.alias != f.name and f.name}
                for head in heads:
                    for base in head.bases:
                        self._below.setdefault(renamed.get(base, base), set()).add(head.name)
        return self._below


def aliases(module: Module, names: set[str]) -> set[str]:
    """What a module calls the things of these names that it imports."""
    return {fact.alias for fact in module.facts.imports if fact.name in names}


def _heads(module: Module) -> tuple[Head, ...]:
    heads = class_heads(module.facts.definitions)
    return tuple([Head(head.name, tuple([last_name(base) for base in head.bases])) for head in heads])
