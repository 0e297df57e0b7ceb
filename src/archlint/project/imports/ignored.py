"""Imports that a contract leaves out by name: `shop.orders -> shop.mail`.

An entry in parentheses may name no import; any other that does is a mistake.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from archlint.errors import ConfigError, ConfigProblem
from archlint.project.imports.import_graph import Edge, ExternalEdge, ImportGraph
from archlint.project.module import Module
from archlint.project.option_places import option_problem
from archlint.project.patterns import matches, matches_external
from archlint.project.references import ReferenceKind, edges_of

if TYPE_CHECKING:
    from archlint.project.project import Project

_ARROW = "->"


class Ignored:
    """Answers whether an import is left out."""

    def __init__(self, pairs: set[tuple[Module, Module | str]]) -> None:
        self._pairs = pairs

    @classmethod
    def read(
        cls,
        project: Project,
        rule: str,
        entries: Iterable[str],
        references: Collection[ReferenceKind] = (),
    ) -> Ignored:
        """The imports that the entries of the option `ignore` name, with patterns on both sides.

        Raises ConfigError for an entry without an arrow, and for one that names no import: it would
        outlive what it once excused.
        """
        pairs: set[tuple[Module, Module | str]] = set()
        problems: list[ConfigProblem] = []
        for entry in entries:
            may_name_none = entry.startswith("(") and entry.endswith(")")
            importer, arrow, imported = (part.strip() for part in entry.strip("()").partition(_ARROW))
            found = set(_named(project, importer, imported, references)) if arrow else set()
            pairs |= found
            if found or (arrow and may_name_none):
                continue
            message = f"`{entry}` names no import of the project"
            hint = f"remove it, or write `({entry})`" if arrow else f"write `importer {_ARROW} imported`"
            problems.append(option_problem(project.config, rule, "ignore", entry, message, hint))
        if problems:
            raise ConfigError(tuple(problems))
        return cls(pairs)

    def __contains__(self, edge: Edge | ExternalEdge) -> bool:
        return bool(self._pairs) and (edge.importer, _end(edge)) in self._pairs


def _named(
    project: Project, importer: str, imported: str, references: Collection[ReferenceKind]
) -> Iterator[tuple[Module, Module | str]]:
    graph = project.view(ImportGraph)
    for module in project.modules:
        if not matches(module, importer):
            continue
        for edge in edges_of(project, module, references):
            if matches(edge.imported, imported):
                yield module, edge.imported
        for leaving in graph.external_of(module):
            if matches_external(leaving.name, imported):
                yield module, leaving.name


def _end(edge: Edge | ExternalEdge) -> Module | str:
    return edge.imported if isinstance(edge, Edge) else edge.name
