"""What imports take from a module that has it only from elsewhere: `from shop.kit import abort`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.finding import Related
from archlint.project.answer import External
from archlint.project.imports.chains import told
from archlint.project.imports.import_graph import Edge, ImportGraph
from archlint.project.imports.reexports import home_of
from archlint.project.module import Module
from archlint.project.names.aliases import meant
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from archlint.project.project import Project


class HandedOn(msgspec.Struct, frozen=True):
    """One import, and what it really takes."""

    edge: Edge
    name: str
    """The dotted name where it is at home: `flask.abort`."""

    home: Module | None
    """Where that is in the project; None outside."""

    way: tuple[Related, ...]
    """The imports by which it comes there, as far as they are plain."""


def handed_on(
    project: Project, module: Module, is_target: Callable[[Module], bool], counts: Callable[[Edge], bool]
) -> Iterator[HandedOn]:
    """What a module takes of some targets through imports of other modules, each target once."""
    seen: set[Module] = set()
    for edge in project.view(ImportGraph).imports_of(module):
        if is_target(edge.imported) or not counts(edge):
            continue
        home = home_of(project, edge)
        if home is not None and is_target(home.module) and home.module not in seen:
            seen.add(home.module)
            yield HandedOn(edge, home.name, home.module, told(project, home.links[1:]))


def handed_on_from_outside(
    project: Project, module: Module, is_meant: Callable[[str], bool], counts: Callable[[Edge], bool]
) -> Iterator[HandedOn]:
    """The same of names from outside the project."""
    graph, symbols = project.view(ImportGraph), project.view(Symbols)
    for edge in graph.imports_of(module):
        if edge.fact.name in ("", "*") or not counts(edge):
            continue
        answer = meant(project, symbols.imported(module, edge.fact))
        if isinstance(answer, External) and is_meant(answer.name):
            brings = [each for each in graph.external_of(edge.imported) if each.name == answer.name]
            yield HandedOn(edge, answer.name, None, told(project, brings[:1]))
