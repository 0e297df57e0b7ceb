"""What the properties of mapped classes read of the object that they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.sqlalchemy.values.instances import Instance
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.trace import Read
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.values.entity import Entity
    from archlint.project.project import Project

_DECORATORS = frozenset({"property", "cached_property", "hybrid_property", "computed_field"})


class Properties:
    """Answers what a property reads, from the run of it that knows nothing but its class."""

    def __init__(self, project: Project) -> None:
        self._hierarchy = project.view(ClassHierarchy)
        self._reads: dict[ProjectFunction, set[tuple[str, str]]] = {}
        for trace, event in project.view(DataFlow).events(Read):
            of = event.receiver
            if not isinstance(of, Instance) or of.how != "given" or of.way:
                continue
            if trace.function is not None and trace.arguments is None:
                self._reads.setdefault(trace.function, set()).add((of.entity.key, event.name))

    @classmethod
    def build(cls, project: Project) -> Properties:
        """The view of a project."""
        return cls(project)

    def reads(self, entity: Entity, name: str) -> tuple[str, ...]:
        """The relationships that a property of a mapped class reads; empty for what is no property."""
        function = self._property(entity, name)
        if function is None:
            return ()
        known = entity.model.relations
        owners = {entity.key, *entity.model.parents}
        read = self._reads.get(function, set())
        return tuple(sorted(each for owner, each in read if owner in owners and each in known))

    def _property(self, entity: Entity, name: str) -> ProjectFunction | None:
        for ancestor in self._hierarchy.order(entity.cls):
            if not isinstance(ancestor, ProjectClass):
                continue
            for index, fact in enumerate(ancestor.module.functions):
                if fact.owner == ancestor.index and fact.name == name:
                    function = ProjectFunction(ancestor.module, index)
                    return None if _DECORATORS.isdisjoint(function.decorators) else function
        return None
