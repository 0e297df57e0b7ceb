"""Of which models the query sets are that one place makes, whoever leads there, in all turns of a loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.query.sets.asked import query_sets
from archlint.frameworks.places.expressions import place
from archlint.project.flow.trace import Called

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.project.module import Module
    from archlint.project.project import Project

_Place = tuple[str, int, int]


class Makings:
    """Answers what else a place makes, before its code is changed for one of them."""

    def __init__(self, project: Project) -> None:
        self._models: dict[_Place, set[str]] = {}
        self._others: set[_Place] = set()
        for trace, called in project.view(DataFlow).events(Called):
            key = (trace.module.path, *place(called.form))
            sets = query_sets(called.result)
            if sets is None:
                self._others.add(key)
            else:
                self._models.setdefault(key, set()).update(one.model for one in sets)

    @classmethod
    def build(cls, project: Project) -> Makings:
        """The view of a project."""
        return cls(project)

    def is_single(self, module: Module, form: Expression) -> bool:
        """Whether a place makes query sets of one model and nothing else, as far as its runs go."""
        key = (module.path, *place(form))
        return len(self._models.get(key, ())) < 2 and key not in self._others
