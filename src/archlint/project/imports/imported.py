"""What one import brings in: modules of the project, and dotted names of it or from outside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.imports import Import
from archlint.project.answer import Definition, External
from archlint.project.module import Module
from archlint.project.patterns import matches, matches_name
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from archlint.project.project import Project


class Imported(msgspec.Struct, frozen=True):
    """The ends of one import: what the statement names, and where the name it takes is defined."""

    modules: tuple[Module, ...]
    """Of the project, the nearest to the definition first."""

    definitions: tuple[str, ...]
    """Dotted names of what the project defines."""

    outside: tuple[str, ...]
    """Dotted names from outside the project, also those that the project hands on."""

    @property
    def is_known(self) -> bool:
        """Whether anything could be resolved."""
        return bool(self.modules or self.definitions or self.outside)

    def matching(self, pattern: str) -> Iterator[str]:
        """The names that match a pattern; from outside, a package stands for all that is in it."""
        yield from (module.name for module in self.modules if matches(module, pattern))
        yield from (name for name in self.definitions if matches_name(name, pattern))
        yield from (name for name in self.outside if any(matches_name(n, pattern) for n in _with_above(name)))


def imported(project: Project, module: Module, fact: Import) -> Imported:
    """Follow an import to all that it names, through re-exports."""
    symbols = project.view(Symbols)
    statement = symbols.imported_module(module, fact)
    if isinstance(statement, External):
        return Imported((), (), (fact.target,))
    taken = symbols.imported(module, fact) if fact.name not in ("", "*") else statement
    origin = taken.module if isinstance(taken, Definition) else taken
    modules = dict.fromkeys(end for end in (origin, statement) if isinstance(end, Module))
    return Imported(
        modules=tuple(modules),
        definitions=(taken.name,) if isinstance(taken, Definition) else (),
        outside=(taken.name,) if isinstance(taken, External) else (),
    )


def _with_above(name: str) -> Iterator[str]:
    """A dotted name and those above it: `a.b.c`, `a.b`, `a`."""
    while name:
        yield name
        name = name.rpartition(".")[0]
