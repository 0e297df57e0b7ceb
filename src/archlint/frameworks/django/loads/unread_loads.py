"""Relations that are to be loaded with objects of which none are fetched: Django never looks them up.

`values()` drops what `select_related` asked for, and a count needs no rows. See `Query.set_values` and
`Query.get_aggregation` in `django/db/models/sql/query.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.query.sets.asked import query_sets
from archlint.project.flow.trace import Called, Trace

if TYPE_CHECKING:
    from archlint.project.project import Project

_ROWS = frozenset({"values", "values_list", "dates", "datetimes"})
_NUMBERS = frozenset({"count", "exists", "aggregate", "update", "delete"})


class UnreadLoads:
    """Answers for the runs in which a query set is made and used."""

    def __init__(self, project: Project) -> None:
        self._found: set[tuple[int, str, str]] = set()
        for trace, event in project.view(DataFlow).events(Called):
            if event.name in _ROWS or (event.name in _NUMBERS and _is_made_here(event)):
                for one in query_sets(event.receiver) or ():
                    paths = (*one.selected, *one.prefetched)
                    self._found.update((id(trace), one.model, path) for path in paths)

    @classmethod
    def build(cls, project: Project) -> UnreadLoads:
        """The view of a project."""
        return cls(project)

    def has(self, trace: Trace, model: str, path: str) -> bool:
        """Whether a query set of a model that loads a path is asked for something else than objects."""
        return (id(trace), model, path) in self._found


def _is_made_here(event: Called) -> bool:
    """`Order.objects.select_related("customer").count()`: nobody else has the query set."""
    function = event.form.function
    return isinstance(function, Attribute) and isinstance(function.value, Call)
