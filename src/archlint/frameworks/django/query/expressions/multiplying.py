"""Relations to many that multiply the rows of a query, and so what is counted in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels

if TYPE_CHECKING:
    from archlint.frameworks.django.query.expressions.tallies import Tally
    from archlint.frameworks.orm import Relation


def multiplied(
    models: DjangoModels, model: DjangoModel, tallies: tuple[Tally, ...]
) -> tuple[Tally, frozenset[str]] | None:
    """The first aggregate that counts copies, with all relations to many that the query joins."""
    own = [(tally, _joined(models, model, tally.paths)) for tally in tallies]
    every = frozenset[str]().union(*(joins for _, joins in own if joins is not None))
    for tally, joins in own:
        if tally.counts_copies and joins is not None and not every <= joins:
            return tally, every
    return None


def _joined(models: DjangoModels, model: DjangoModel, paths: tuple[str, ...]) -> frozenset[str] | None:
    """The relations to many on some paths; None where a path begins with nothing that is known."""
    found: set[str] = set()
    for path in paths:
        first = path.partition("__")[0]
        if _relation(model, first) is None and first != "pk" and model.fields.get(first) is None:
            return None
        found.update(_many(models, model, path))
    return frozenset(found) if paths else None


def _many(models: DjangoModels, model: DjangoModel, path: str) -> list[str]:
    """The relations to many on one path, by what leads there."""
    found: list[str] = []
    here: DjangoModel | None = model
    walked = ""
    for part in path.split("__"):
        relation = _relation(here, part) if here is not None else None
        if relation is None:
            return found
        walked = f"{walked}__{part}" if walked else part
        if relation.cardinality.is_collection:
            found.append(walked)
        target = models.model(relation.target)
        here = target if isinstance(target, DjangoModel) else None
    return found


def _relation(model: DjangoModel, name: str) -> Relation | None:
    for relation in model.relations.values():
        if (relation.query_name or relation.name) == name:
            return relation
    return None
