"""Whether what a query refers to stands in another table than that of its model.

`update()` writes one table, and can refer to no other:
https://docs.djangoproject.com/en/5.2/ref/models/querysets/#update
"""

from __future__ import annotations

from archlint.frameworks.django.models.field_kinds import WITH_COLUMN
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.paths import Paths
from archlint.frameworks.orm import Relation


class Joins:
    """Answers for paths from a model. What nobody can tell joins nothing."""

    def __init__(self, models: DjangoModels, paths: Paths) -> None:
        self._models = models
        self._paths = paths

    def needs(self, model: DjangoModel, path: str, *, is_condition: bool) -> bool:
        """Whether the value at the end of a path stands in another table."""
        first, *rest = path.split("__")
        member = self._paths.member(model, first)
        if not isinstance(member, Relation):
            return member is not None and self.is_inherited(model, member.name)
        target = self._paths.target(member)
        if not rest or target is None or self._paths.member(target, rest[0]) is None:
            return False
        if member.is_reverse or member.kind not in WITH_COLUMN or is_condition:
            return True  # conditions are not shortened to the column of the key
        return not (len(rest) == 1 and self._is_key(member, target, rest[0]))

    def is_inherited(self, model: DjangoModel, name: str) -> bool:
        """Whether a field stands in the table of a concrete parent; the key stands in both."""
        concrete = self._models.model(model.concrete)
        if name == "pk" or not isinstance(concrete, DjangoModel) or name in concrete.local:
            return False
        parents = [one for one in map(self._models.model, concrete.parents) if isinstance(one, DjangoModel)]
        holders = [one for one in parents if not one.is_abstract and name in one.local]
        return any(one.primary_key is None or one.primary_key.name != name for one in holders)

    def _is_key(self, relation: Relation, target: DjangoModel, name: str) -> bool:
        """Whether the relation's own column holds this field of its target."""
        if "to_field" in relation.options:
            return True  # or may well do so
        key = target.primary_key
        return key is None or name in ("pk", key.name)
