"""The mapped classes of a project, each as one entity."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from archlint.frameworks.sqlalchemy.mappings import Mappings
from archlint.frameworks.sqlalchemy.values.entity import Entity
from archlint.project.answer import Unresolved
from archlint.project.classes import ClassHierarchy, ProjectClass

if TYPE_CHECKING:
    from archlint.project.classes import Ancestor
    from archlint.project.project import Project


class Entities:
    """Entities by class; abstract bases are none."""

    def __init__(self, mappings: Mappings, hierarchy: ClassHierarchy) -> None:
        self.mappings = mappings
        self._hierarchy = hierarchy
        self._by_key: dict[str, Entity] = {}
        fetches = any(module.speaks_of(b"eager_defaults") for module in mappings.candidates.reaching)
        for model in mappings:
            mapped = mappings.mapped(model.key)
            if mapped is not None and not model.is_abstract:
                self._by_key[model.key] = Entity(
                    model,
                    mapped,
                    self._by_key,
                    may_fetch_defaults=fetches,
                    made_with=self._made_with(mapped.cls),
                )
        self._by_class = {entity.cls: entity for entity in self._by_key.values()}

    @classmethod
    def build(cls, project: Project) -> Entities:
        """The view of a project."""
        return cls(project.view(Mappings), project.view(ClassHierarchy))

    def __len__(self) -> int:
        return len(self._by_key)

    def _made_with(self, cls: ProjectClass) -> tuple[ProjectClass, ...]:
        """The ancestors of a class that only SQLAlchemy sees: its base was made of them, or hides them.

        `class Order(db.Model, Saving)`: `db.Model` is a value, and nobody else knows what is behind it.
        """
        seen = set(takewhile(_is_resolved, self._hierarchy.order(cls)))
        order = takewhile(_is_resolved, self.mappings.lineage.order(cls))
        return tuple([each for each in order if isinstance(each, ProjectClass) and each not in seen])

    def has_heir_with(self, entity: Entity, name: str) -> bool:
        """Whether a class that inherits from an entity has an attribute of this name."""
        heirs = (each for each in self._by_key.values() if entity.key in each.model.parents)
        return any(name in each.mapped_names or name in each.model.attributes for each in heirs)

    def of_class(self, cls: ProjectClass) -> Entity | None:
        """The entity that a class is."""
        return self._by_class.get(cls)


def _is_resolved(ancestor: Ancestor) -> bool:
    return not isinstance(ancestor, Unresolved)
