"""The query sets that code gives to filter sets: their filters ask those, whatever `Meta.model` says."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.django.query.sets.asked import query_sets
from archlint.project.answer import Definition
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.trace import Called
from archlint.project.flow.values import something

if TYPE_CHECKING:
    from archlint.frameworks.django.models.registered import DjangoModel
    from archlint.project.project import Project


class GivenFilterSets:
    """Answers for classes. What an heir is given, its base is given too."""

    def __init__(self, project: Project) -> None:
        hierarchy = project.view(ClassHierarchy)
        self._given: defaultdict[ProjectClass, set[str]] = defaultdict(set)
        for _, event in project.view(DataFlow).events(Called):
            given = query_sets(event.arguments.get("queryset", 1))
            for callee in something(event.callee) if given else ():
                cls = hierarchy.of(callee) if isinstance(callee, Definition) else None
                for each in hierarchy.order(cls) if cls is not None else ():
                    if isinstance(each, ProjectClass):
                        self._given[each].update(one.model for one in given or ())

    @classmethod
    def build(cls, project: Project) -> GivenFilterSets:
        """The view of a project."""
        return cls(project)

    def is_given_others(self, cls: ProjectClass, model: DjangoModel) -> bool:
        """Whether a filter set is given rows of another model than its own."""
        return any(key != model.key for key in self._given.get(cls, ()))
