"""Where what an import takes is really defined, and the imports that hand it on from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Kind
from archlint.project.answer import Definition
from archlint.project.imports.import_graph import Edge, ImportGraph
from archlint.project.module import Module
from archlint.project.names.aliases import is_alias, meant
from archlint.project.symbols import Symbols

if TYPE_CHECKING:
    from archlint.project.project import Project


class Home(msgspec.Struct, frozen=True):
    """Where a name is at home."""

    module: Module
    """That defines it, or that the name stands for."""

    name: str
    """Its dotted name there."""

    links: tuple[Edge, ...]
    """The imports that lead there, the written one first."""


def home_of(project: Project, edge: Edge) -> Home | None:
    """The home of a name that the imported module has only from elsewhere; None for any other import."""
    if not hands_on(project, edge.imported, edge.fact.name):
        return None
    answer = meant(project, project.view(Symbols).imported(edge.importer, edge.fact))
    if isinstance(answer, Definition):
        home, name = answer.module, answer.name
    elif isinstance(answer, Module):
        home, name = answer, answer.name
    else:
        return None
    if home is edge.imported or home is edge.importer:
        return None
    return Home(home, name, (edge, *_way(project, edge.imported, edge.fact.name, home)))


def names_handed_on(project: Project, module: Module) -> dict[str, Definition | Module]:
    """The names that a module has from elsewhere in the project, and what each stands for."""
    symbols = project.view(Symbols)
    names = [name for name in module.bindings if hands_on(project, module, name)]
    answers = ((name, meant(project, symbols.member(module, name))) for name in names)
    return {
        name: answer
        for name, answer in answers
        if (answer.module if isinstance(answer, Definition) else answer) is not module
        and isinstance(answer, (Definition, Module))
    }


def hands_on(project: Project, module: Module, name: str) -> bool:
    """Whether a module has a name only from elsewhere, as far as its own bindings tell."""
    if name in ("", "*"):
        return False
    binding = module.binds(name)
    if binding is None:
        return bool(module.stars) or "__getattr__" in module.bindings
    return binding.kind is Kind.IMPORT or (binding.kind is Kind.VALUE and is_alias(project, module, name))


def _way(project: Project, module: Module, name: str, home: Module) -> list[Edge]:
    """The imports by which a name comes into a module from its home, as far as they are plain."""
    graph = project.view(ImportGraph)
    links: list[Edge] = []
    seen = {module}
    while module is not home:
        edge = _bringing(project, graph, module, name, home)
        if edge is None or edge.imported in seen:
            break
        links.append(edge)
        seen.add(edge.imported)
        module, name = edge.imported, name if edge.fact.name == "*" else edge.fact.name
    return links


def _bringing(project: Project, graph: ImportGraph, module: Module, name: str, home: Module) -> Edge | None:
    """The import of a module that brings a name from its home."""
    binding = module.binds(name)
    if binding is not None:
        if binding.kind is not Kind.IMPORT:
            return None
        fact = module.facts.imports[binding.index]
        return next((edge for edge in graph.imports_of(module) if edge.fact is fact), None)
    symbols = project.view(Symbols)
    for edge in graph.imports_of(module):
        if edge.fact.name == "*" and not edge.fact.scope:
            answer = symbols.member(edge.imported, name)
            if isinstance(answer, Definition) and answer.module is home:
                return edge
    return None
