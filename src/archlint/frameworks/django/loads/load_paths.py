"""Following the paths of `select_related` and `prefetch_related`: which objects to load with the rows.

https://docs.djangoproject.com/en/5.2/ref/models/querysets/#select-related
https://docs.djangoproject.com/en/5.2/ref/models/querysets/#prefetch-related
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import TYPE_CHECKING

import msgspec

from archlint.frameworks.django.models.field_kinds import FOREIGN_OBJECT, GENERIC_FOREIGN_KEY
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.objects.attributes import Attributes
from archlint.frameworks.django.query.objects.model_object import ModelObject
from archlint.frameworks.orm import Relation

if TYPE_CHECKING:
    from archlint.project.project import Project


class Loads(Enum):
    """What became of a path."""

    FINE = "fine"
    UNKNOWN = "unknown"
    NO_NAME = "no name"
    NO_RELATION = "no relation"
    TO_MANY = "to many"
    """`select_related` joins one row to one row."""


class LoadPath(msgspec.Struct, frozen=True):
    """How far a path leads."""

    verdict: Loads
    model: DjangoModel | None = None
    """The last model on the way."""

    part: str = ""
    """The part that cannot be loaded."""

    prefix: str = ""
    """What stands before it, with the `__` between."""

    candidates: tuple[str, ...] = ()


UNKNOWN = LoadPath(Loads.UNKNOWN)
FINE = LoadPath(Loads.FINE)


class LoadPaths:
    """Follows paths from model to model."""

    def __init__(self, project: Project) -> None:
        self._models = project.view(DjangoModels)
        self._attributes = project.view(Attributes)

    @classmethod
    def build(cls, project: Project) -> LoadPaths:
        """The view of a project."""
        return cls(project)

    def selected(self, model: DjangoModel, path: str) -> LoadPath:
        """A path of `select_related`: relations to one object, by their names in queries."""
        prefix = ""
        for part in path.split("__"):
            relations = {r.query_name or r.name: r for r in model.relations.values()}
            relation = relations.get(part)
            if relation is None:
                return self._missing(model, part, prefix, tuple(self._single(model)))
            if relation.kind == GENERIC_FOREIGN_KEY:
                return LoadPath(Loads.NO_RELATION, model, part, prefix, tuple(self._single(model)))
            if not self._is_single(relation):
                if relation.kind == FOREIGN_OBJECT:
                    return UNKNOWN
                return LoadPath(Loads.TO_MANY, model, part, prefix)
            target = self._models.model(relation.target)
            if not isinstance(target, DjangoModel):
                return UNKNOWN
            model, prefix = target, f"{prefix}{part}__"
        return FINE

    def prefetched(self, model: DjangoModel, path: str, given: tuple[str, ...] = ()) -> LoadPath:
        """A path of `prefetch_related`: attributes; those in `given` are made by `Prefetch(to_attr=…)`."""
        prefix = ""
        for part in path.split("__"):
            relation = model.relations.get(part)
            if relation is None:
                return UNKNOWN if part in given else self._missing_attribute(model, part, prefix)
            target = self._models.model(relation.target)
            if relation.kind in (GENERIC_FOREIGN_KEY, FOREIGN_OBJECT) or not isinstance(target, DjangoModel):
                return UNKNOWN
            model, prefix = target, f"{prefix}{part}__"
        return FINE

    def _missing(self, model: DjangoModel, part: str, prefix: str, candidates: tuple[str, ...]) -> LoadPath:
        field = model.fields.get(part)
        if field is not None and not field.kind:
            return UNKNOWN
        if field is not None or any(part == r.attribute for r in model.relations.values()):
            return LoadPath(Loads.NO_RELATION, model, part, prefix, candidates)
        if model.is_open or model.is_abstract or self._models.may_have(model, part):
            return UNKNOWN
        return LoadPath(Loads.NO_NAME, model, part, prefix, candidates)

    def _missing_attribute(self, model: DjangoModel, part: str, prefix: str) -> LoadPath:
        candidates = tuple(name for name in model.relations if not name.startswith("+"))
        field = model.fields.get(part)
        if field is not None:
            known = field.cls is None and field.kind.startswith("django.")
            return LoadPath(Loads.NO_RELATION, model, part, prefix, candidates) if known else UNKNOWN
        if self._attributes.has(ModelObject(model.key), part) is not False:
            return UNKNOWN
        return LoadPath(Loads.NO_NAME, model, part, prefix, candidates)

    def _single(self, model: DjangoModel) -> Iterator[str]:
        """What can be selected from a model."""
        for relation in model.relations.values():
            if relation.kind != GENERIC_FOREIGN_KEY and self._is_single(relation):
                yield relation.query_name or relation.name

    def _is_single(self, relation: Relation) -> bool:
        if not relation.cardinality.is_collection:
            return True
        target = self._models.model(relation.target)
        other = target.relations.get(relation.inverse) if isinstance(target, DjangoModel) else None
        return relation.is_reverse and (
            other is None or (other.unique and not other.cardinality.is_collection)
        )
