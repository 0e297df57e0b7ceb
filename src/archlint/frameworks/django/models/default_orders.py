"""Which models order which: `ordering = ["parent"]` goes on with what orders the parent.

As `SQLCompiler.find_ordering_name` of Django does.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from archlint.facts.expressions import Collection, Expression, Literal
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.orm import Relation


class Step(msgspec.Struct, frozen=True):
    """A relation that a model is ordered by."""

    path: str
    written: Expression
    target: DjangoModel


class DefaultOrders:
    """Goes from model to model."""

    def __init__(self, models: DjangoModels) -> None:
        self._models = models

    def steps(self, model: DjangoModel) -> Iterator[Step]:
        """The relations at the ends of the paths in its order."""
        option = model.meta.get("ordering")
        for item in option.items if isinstance(option, Collection) else ():
            if isinstance(item, Literal) and isinstance(item.value, str):
                target = self._target(model, item.value.removeprefix("-"))
                if target is not None:
                    yield Step(item.value, item, target)

    def leads_back(self, step: Step, model: DjangoModel) -> bool:
        """Whether a step comes to a model again."""
        seen: set[str] = set()
        ahead = [step.target]
        while ahead:
            here = ahead.pop()
            if here.concrete == model.concrete:
                return True
            if here.concrete in seen or here.is_open:
                continue
            seen.add(here.concrete)
            ahead += [one.target for one in self.steps(here)]
        return False

    def _target(self, model: DjangoModel, path: str) -> DjangoModel | None:
        """The model behind the relation that a path ends at; None for a field and for the key itself."""
        current = model
        for part in path.split("__"):
            relation = self._relation(current, part)
            target = self._models.model(relation.target) if relation is not None else None
            if not isinstance(target, DjangoModel) or target.is_abstract:
                return None
            current = target
        return current

    def _relation(self, model: DjangoModel, name: str) -> Relation | None:
        for relation in model.relations.values():
            if name == (relation.query_name if relation.is_reverse else relation.name):
                return relation
        return None
