"""Which import of a cycle is the cheapest to do without, and how."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from archlint.project.imports.import_graph import Edge, ImportGraph
from archlint.project.imports.reexports import home_of
from archlint.project.objects.uses import Uses

if TYPE_CHECKING:
    from archlint.project.project import Project

_TOLD = 3
"""How many names a hint can hold."""


def cheapest_cut(project: Project, links: Sequence[Edge]) -> str:
    """What to do about the import of a cycle that is easiest to cut, in words.

    One that names a module which only hands on what is taken is the easiest of all, then one that is only
    needed for annotations; one name is easier than two, and than a whole module. Of equals it is the last,
    which closes the cycle.
    """
    taken = [_taken(project, link) for link in links]
    homes = [_homes(project, edges, links) for edges in taken]
    ranks = [
        (not homes[place], not _is_for_annotations(project, edges), _cost(edges), -place)
        for place, edges in enumerate(taken)
    ]
    place = ranks.index(min(ranks))
    return _advice(links[place], taken[place], homes[place], is_for_annotations=not ranks[place][1])


def _homes(project: Project, edges: Sequence[Edge], links: Sequence[Edge]) -> tuple[str, ...]:
    """The modules outside the cycle that define what is taken; empty where not all of it is."""
    homes = [home_of(project, edge) for edge in edges]
    cycle = {link.importer for link in links}
    names = {home.module.name for home in homes if home is not None and home.module not in cycle}
    found = all(home is not None and home.module.name in names for home in homes)
    return tuple(sorted(names)) if found else ()


def _cost(edges: Sequence[Edge]) -> int:
    return len(edges) if edges and all(map(_takes_a_name, edges)) else _TOLD + len(edges)


def _takes_a_name(edge: Edge) -> bool:
    fact = edge.fact
    return not edge.by and fact.name not in ("", "*") and fact.target != edge.imported.name


def _taken(project: Project, link: Edge) -> list[Edge]:
    """All that the importer takes of the module, in imports like this one."""
    if link.by:
        return [link]
    edges = project.view(ImportGraph).imports_of(link.importer)
    return [
        edge
        for edge in edges
        if edge.imported is link.imported
        and (edge.fact.typing, bool(edge.fact.deferred)) == (link.fact.typing, bool(link.fact.deferred))
    ]


def _is_for_annotations(project: Project, edges: Sequence[Edge]) -> bool:
    """Whether names are taken, and stand in the signatures of functions and nowhere else."""
    if not all(_takes_a_name(edge) and not edge.fact.scope for edge in edges):
        return False
    names = {edge.fact.alias for edge in edges}
    uses = list(project.view(Uses).named(edges[0].importer, names)) if edges else []
    return bool(uses) and all(use.how == "annotation" for use in uses)


def _advice(link: Edge, edges: Sequence[Edge], homes: Sequence[str], *, is_for_annotations: bool) -> str:
    names = sorted({edge.fact.name for edge in edges if _takes_a_name(edge)})
    shown = ", ".join(f"`{name}`" for name in names)
    if homes:
        where = " and ".join(f"`{home}`" for home in homes)
        return f"import {shown} in `{link.importer.name}` from {where}, where it is defined"
    if is_for_annotations:
        return (
            f"`{link.importer.name}` needs {shown} only in signatures: import it under `if TYPE_CHECKING:`, "
            "where nothing reads the annotations at run time, or move it into a module that imports neither"
        )
    if 0 < len(names) <= _TOLD and not link.by:
        return (
            f"`{link.importer.name}` takes only {shown} of `{link.imported.name}`: move that into a module "
            "that imports neither, or pass it in"
        )
    return (
        f"take `{link.imported.name}` out of `{link.importer.name}`, or any other of these imports: "
        "move what both sides need into a module that imports neither"
    )
