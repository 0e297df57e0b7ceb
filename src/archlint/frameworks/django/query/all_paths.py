"""Every path that the queries of a project follow, and how far each leads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models import DjangoModel, DjangoModels
from archlint.frameworks.django.query.asked import query_sets, references
from archlint.frameworks.django.query.expressions import Reference
from archlint.frameworks.django.query.paths import Followed, Paths, Verdict
from archlint.frameworks.django.query.sets import QuerySet
from archlint.frameworks.django.registered_lookups import RegisteredLookups
from archlint.project.flow.trace import Called

if TYPE_CHECKING:
    from archlint.project.project import Project


@dataclass(frozen=True, slots=True)
class AskedPath:
    """One path of one query."""

    reference: Reference
    method: str
    followed: Followed
    """Of a query set that may be several, the way that leads furthest."""

    is_only: bool
    """Whether the query set is surely this one."""


class AskedPaths:
    """The paths in the calls on all query sets. A place may be met more than once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._models = project.view(DjangoModels)
        self.paths = Paths(self._models, project.view(RegisteredLookups))
        self._data_flow = project.view(DataFlow)

    @classmethod
    def build(cls, project: Project) -> AskedPaths:
        """The view of a project."""
        return cls(project)

    def __iter__(self) -> Iterator[AskedPath]:
        return iter(self._all)

    @cached_property
    def _all(self) -> tuple[AskedPath, ...]:
        return tuple(self._asked())

    def _asked(self) -> Iterator[AskedPath]:
        for trace, event in self._data_flow.events(Called):
            sets = query_sets(event.receiver)
            if sets is None:
                continue
            after = query_sets(event.result) or ()
            for reference in references(event, trace.module):
                ways = [self._follow(one, _names(event, after), after, reference) for one in sets]
                best = min(ways, key=lambda way: _ORDER[way.verdict])
                yield AskedPath(reference, event.name, best, len(ways) == 1)

    def _follow(
        self, base: QuerySet, names: frozenset[str], after: tuple[QuerySet, ...], reference: Reference
    ) -> Followed:
        model = self._models.model(base.model)
        if not isinstance(model, DjangoModel):
            return Followed(Verdict.UNKNOWN)
        known = self._begun(base)
        is_open = known.is_open or any(one.is_open for one in after)
        return self.paths.follow(model, reference.path, names.union(known.annotations), is_open=is_open)

    def _begun(self, base: QuerySet) -> QuerySet:
        """The query set that a manager of the project begins with."""
        if not base.is_manager or base.manager is None:
            return base
        begun = base.begun(self._data_flow.flow.site(base.manager.module))
        return begun if isinstance(begun, QuerySet) else base


def _names(event: Called, after: tuple[QuerySet, ...]) -> frozenset[str]:
    """The names that the call itself gives to what it computes; later ones may refer to earlier ones."""
    computed = (name for name, _ in event.arguments.named) if event.name in _AGGREGATE else ()
    return frozenset((*computed, *(name for one in after for name in one.annotations)))


_AGGREGATE = ("aggregate", "aaggregate")
_ORDER = {Verdict.FOUND: 0, Verdict.UNKNOWN: 1, Verdict.NO_LOOKUP: 2, Verdict.NO_FIELD: 3}
