"""What a change does to the structure of a project, besides the findings it brings.

It is told, not judged: a new route or a new edge is nothing bad, but who reads a change wants to see it.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from archlint.finding import Finding


class Spot(msgspec.Struct, frozen=True, order=True):
    """Where to look. The path is relative to the project's root; empty where there is nothing to see."""

    path: str = ""
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


class LayerEdge(msgspec.Struct, frozen=True, order=True):
    """A layer that imports another one, which it did not before."""

    importer: str
    imported: str
    spot: Spot
    """The first import that does."""


class Cycle(msgspec.Struct, frozen=True, order=True):
    """Modules that import each other in a cycle; at least one of the imports is new."""

    modules: tuple[str, ...]
    """Their dotted names; each imports the next, the last the first."""

    spot: Spot
    """An import that closes it, and was not there."""


class RouteChange(msgspec.Struct, frozen=True, order=True):
    """A route that is there now and was not, or the other way round."""

    path: str
    methods: tuple[str, ...]
    """In capitals; empty for all, or where nobody can tell."""

    handler: str
    """The dotted name of what answers; empty where nobody can tell."""

    spot: Spot
    """Where it is declared; for one that is gone, where it was."""


class ModelChange(msgspec.Struct, frozen=True, order=True):
    """A model whose table would have to change, and no new migration that could do it."""

    model: str
    """Its dotted name."""

    changes: tuple[str, ...]
    """In words: `adds price`, `changes title`."""

    wanted: str
    """What is missing: the folder in which no migration is new."""

    spot: Spot


class Delta(msgspec.Struct, frozen=True):
    """One state of a project against another. Everything is sorted."""

    base: str
    """The state it is compared with, in words: `main (1a2b3c4)`."""

    edges: tuple[LayerEdge, ...] = ()
    cycles: tuple[Cycle, ...] = ()
    routes_added: tuple[RouteChange, ...] = ()
    routes_removed: tuple[RouteChange, ...] = ()
    models: tuple[ModelChange, ...] = ()
    """Those changed without a migration."""

    older: tuple[Finding, ...] = ()
    """The findings that were there before; they are not among those of the report."""

    gone: int = 0
    """How many findings of the base are not there any more."""

    grown: int = 0
    """How many findings more the baseline accepts than that of the base; less than 0 where it has shrunk."""

    @property
    def is_empty(self) -> bool:
        """Whether the structure is as it was."""
        return not (self.edges or self.cycles or self.routes_added or self.routes_removed or self.models)


def together_with(deltas: Iterable[tuple[Delta | None, str]]) -> Delta | None:
    """The deltas of several projects as one, each with the path from a folder that all are in."""
    known = [_moved(delta, prefix) for delta, prefix in deltas if delta is not None]
    if not known:
        return None
    return Delta(
        base=", ".join(dict.fromkeys(each.base for each in known)),
        edges=tuple(sorted(edge for each in known for edge in each.edges)),
        cycles=tuple(sorted(cycle for each in known for cycle in each.cycles)),
        routes_added=tuple(sorted(route for each in known for route in each.routes_added)),
        routes_removed=tuple(sorted(route for each in known for route in each.routes_removed)),
        models=tuple(sorted(model for each in known for model in each.models)),
        older=tuple(finding for each in known for finding in each.older),
        gone=sum(each.gone for each in known),
        grown=sum(each.grown for each in known),
    )


def _moved(delta: Delta, prefix: str) -> Delta:
    def move(spot: Spot) -> Spot:
        return replace(spot, path=f"{prefix}{spot.path}")

    return replace(
        delta,
        edges=tuple(replace(each, spot=move(each.spot)) for each in delta.edges),
        cycles=tuple(replace(each, spot=move(each.spot)) for each in delta.cycles),
        routes_added=tuple(replace(each, spot=move(each.spot)) for each in delta.routes_added),
        routes_removed=tuple(replace(each, spot=move(each.spot)) for each in delta.routes_removed),
        models=tuple(replace(each, spot=move(each.spot)) for each in delta.models),
        older=tuple(
            replace(each, location=replace(each.location, path=f"{prefix}{each.location.path}"))
            for each in delta.older
        ),
    )
