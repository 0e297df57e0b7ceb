"""The expressions that queries compute, with the type of field that each gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.expressions.computed import computed, with_more
from archlint.frameworks.django.query.expressions.expression import Expr
from archlint.frameworks.django.query.expressions.mixed import Mixed, Types
from archlint.frameworks.django.query.sets.asked import query_sets, runs_own
from archlint.frameworks.django.query.written import argument_places, location_of
from archlint.frameworks.django.refusals.all_paths import AskedPaths
from archlint.project.flow.trace import Called

if TYPE_CHECKING:
    from archlint.finding import Location
    from archlint.project.project import Project

_COMPUTING = frozenset({"annotate", "aggregate", "aaggregate", "values", "values_list"})


class Typed(msgspec.Struct, frozen=True):
    """One expression."""

    location: Location
    type: str
    """The class of field; empty where nobody can tell."""

    mixed: Mixed | None = None
    """What Django cannot make one type of."""


def typed(project: Project) -> Iterator[Typed]:
    """Every expression that is asked to be given out. A place may be met more than once."""
    models, asked = project.view(DjangoModels), project.view(AskedPaths)
    flow = project.view(DataFlow).flow
    for trace, event in project.view(DataFlow).events(Called):
        if event.name not in _COMPUTING or runs_own(event):
            continue
        sets = query_sets(event.receiver)
        model = models.model(sets[0].model) if sets is not None and len(sets) == 1 else None
        if sets is None or not isinstance(model, DjangoModel):
            continue
        if sets[0].defines(event.name, flow.site(trace.module)):
            continue
        known = with_more(asked.begun(sets[0]).computed, computed(event.arguments, is_hidden=False))
        types = Types(asked.paths, model, known)
        for value, form in argument_places(event):
            if isinstance(value, Expr):
                location = location_of(project, trace.module, event, form)
                try:
                    yield Typed(location, types.of(value.output))
                except Mixed as mixed:
                    yield Typed(location, "", mixed)
