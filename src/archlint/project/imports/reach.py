"""Why one part of a project reaches another: the shortest chain of imports between them."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from archlint.project.imports.chains import Link, backwards, chain, ways
from archlint.project.imports.first_imports import first_imports
from archlint.project.imports.import_graph import Edge
from archlint.project.imports.outside import leaving
from archlint.project.module import Module

if TYPE_CHECKING:
    from archlint.project.project import Project


def shortest(
    project: Project, sources: Collection[Module], targets: Collection[Module], package: str = ""
) -> tuple[Link, ...]:
    """The shortest chain from any of some modules to any of others, or to a package from outside.

    Imports that only type checkers see are taken only where no other chain leads there. Empty where
    none does.
    """
    return _shortest(project, sources, targets, package, typing=False) or _shortest(
        project, sources, targets, package, typing=True
    )


def _shortest(
    project: Project, sources: Collection[Module], targets: Collection[Module], package: str, *, typing: bool
) -> tuple[Link, ...]:
    def counts(link: Link) -> bool:
        return typing or not link.fact.typing

    imports = first_imports(project, counts)
    out = leaving(project, (package, f"{package}.**") if package else (), counts)
    nearest = {module: found[0] for module, found in out.items()}
    table = ways(backwards(imports), targets, nearest)
    chains = (_inside(chain(table, source), sources) for source in sources if source not in targets)
    return min((links for links in chains if links), key=lambda links: (len(links), _path(links)), default=())


def _inside(links: tuple[Link, ...], sources: Collection[Module]) -> tuple[Link, ...]:
    """A chain from where it leaves the sources for good."""
    last = max((at for at, link in enumerate(links) if link.importer in sources), default=0)
    return links[last:]


def _path(links: tuple[Link, ...]) -> tuple[str, ...]:
    return tuple(link.imported.path if isinstance(link, Edge) else link.name for link in links)
