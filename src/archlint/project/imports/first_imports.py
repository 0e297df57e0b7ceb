"""Who imports whom, each pair once, by the imports that count."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, TypeAlias

from archlint.project.imports.import_graph import Edge
from archlint.project.module import Module
from archlint.project.references import ReferenceKind, edges_of

if TYPE_CHECKING:
    from archlint.project.project import Project

Counts: TypeAlias = Callable[[Edge], bool]

FirstImports: TypeAlias = dict[Module, dict[Module, Edge]]
"""For every module what it imports, each with the first import that counts."""


def first_imports(
    project: Project, counts: Counts, references: Collection[ReferenceKind] = ()
) -> FirstImports:
    """The pairs of a project. Stubs are never run and import nothing."""
    table: FirstImports = {}
    for module in project.modules:
        found = table[module] = {}
        for edge in () if module.is_stub else edges_of(project, module, references):
            if edge.imported not in found and counts(edge):
                found[edge.imported] = edge
    return table
