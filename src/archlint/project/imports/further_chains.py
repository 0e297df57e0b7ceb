"""Chains between groups of modules that no other chain has told of yet."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import msgspec

from archlint.project.imports.chains import Importers, Link, chain, ways
from archlint.project.imports.import_graph import Edge, ExternalEdge
from archlint.project.module import Module
from archlint.project.patterns import matches_external


class Target(msgspec.Struct, frozen=True):
    """What one pattern stands for: modules of the project, or imports that leave it."""

    modules: frozenset[Module]
    leaving: Mapping[Module, ExternalEdge]

    def is_end(self, link: Link) -> bool:
        """Whether a chain that ends so leads here."""
        if isinstance(link, Edge):
            return link.imported in self.modules
        return self.leaving.get(link.importer) == link


def grouped(
    targets: Mapping[Module, str],
    leaving: Mapping[Module, Sequence[ExternalEdge]],
    foreign: Sequence[str],
) -> tuple[Target, ...]:
    """The targets by pattern: modules with the pattern that chose them, and patterns of names outside."""
    groups: dict[str, set[Module]] = {}
    for module, pattern in targets.items():
        groups.setdefault(pattern, set()).add(module)
    inside = (Target(frozenset(modules), {}) for modules in groups.values())
    outside = (Target(frozenset(), dict(_matching(leaving, pattern))) for pattern in foreign)
    return (*inside, *outside)


def further(
    importers: Importers,
    sources: Mapping[Module, str],
    targets: Collection[Target],
    told: Collection[tuple[Link, ...]],
) -> Iterator[tuple[Link, ...]]:
    """A shortest chain from each group of sources to each target that no chain leads to as yet.

    It may go through other sources and other targets.
    """
    for target in targets:
        reached = {sources[links[0].importer] for links in told if target.is_end(links[-1])}
        missing = set(sources.values()) - reached
        if not missing:
            continue
        table = ways(importers, target.modules, target.leaving)
        found: dict[str, tuple[Link, ...]] = {}
        for module, pattern in sources.items():
            if pattern in missing and module in table:
                links = chain(table, module)
                if pattern not in found or len(links) < len(found[pattern]):
                    found[pattern] = links
        yield from found.values()


def _matching(
    leaving: Mapping[Module, Sequence[ExternalEdge]], pattern: str
) -> Iterator[tuple[Module, ExternalEdge]]:
    for module, edges in leaving.items():
        edge = next((each for each in edges if matches_external(each.name, pattern)), None)
        if edge is not None:
            yield module, edge
