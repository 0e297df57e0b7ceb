"""Following the paths of queries: `room__hotel__city__iexact`."""

from __future__ import annotations

from enum import Enum

import msgspec

from archlint.frameworks.django.models.field_kinds import GENERIC_FOREIGN_KEY
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query import lookups
from archlint.frameworks.django.registered_lookups import RegisteredLookups
from archlint.frameworks.orm import Field, Member, Relation


class Verdict(Enum):
    """What became of a path."""

    FOUND = "found"
    UNKNOWN = "unknown"
    NO_FIELD = "no field"
    NO_LOOKUP = "no lookup"
    GENERIC = "generic"
    """A `GenericForeignKey`, which queries cannot follow."""


class Followed(msgspec.Struct, frozen=True):
    """How far a path leads."""

    verdict: Verdict
    model: DjangoModel | None = None
    """The last model on the way."""

    member: Member | None = None
    """The last field or relation on the way."""

    part: str = ""
    """The part that is not there."""

    prefix: str = ""
    """What stands before that part, with the `__` between."""

    candidates: tuple[str, ...] = ()
    """What could have stood there."""


UNKNOWN = Followed(Verdict.UNKNOWN)

_AGGREGATES = frozenset({"avg", "count", "max", "min", "stddev", "sum", "variance"})
"""What the names of aggregates end in that nobody has named."""


class Paths:
    """Follows paths from model to model."""

    def __init__(self, models: DjangoModels, registered: RegisteredLookups) -> None:
        self._models = models
        self._lookups = registered
        self._names: dict[str, dict[str, Member]] = {}

    def follow(
        self,
        model: DjangoModel,
        path: str,
        annotations: frozenset[str] = frozenset(),
        *,
        is_open: bool = False,
        is_condition: bool = True,
    ) -> Followed:
        """Follow a path from a model, as far as it leads; names of the query's own count first.

        Only a condition ends in a lookup.
        """
        parts = path.split("__")
        first = parts[0]
        if first in annotations or any(path == a or path.startswith(f"{a}__") for a in annotations):
            return Followed(Verdict.FOUND, model)
        if is_open and not _AGGREGATES.isdisjoint(parts[1:]):
            return UNKNOWN  # `annotate(Count("lines"))` somewhere names it `lines__count`
        member: Member | None = None
        for index, part in enumerate(parts):
            found = self._member(model, part)
            if found is None and part == "pk":
                return UNKNOWN
            if found is None:
                if member is not None:
                    return self._ended(
                        model, member, parts[index:], "__".join(parts[:index]), is_condition=is_condition
                    )
                if is_open or not self._is_whole(model) or self._models.may_be_asked_for(model, part):
                    return UNKNOWN
                return Followed(Verdict.NO_FIELD, model, None, part, "", self.names(model))
            if isinstance(found, Relation) and found.kind == GENERIC_FOREIGN_KEY and not found.is_reverse:
                prefix = "".join(f"{one}__" for one in parts[:index])
                return Followed(Verdict.GENERIC, model, found, part, prefix)
            member = found
            if isinstance(found, Field) or index == len(parts) - 1:
                prefix = "__".join(parts[: index + 1])
                return self._behind(model, found, parts[index + 1 :], prefix, is_condition=is_condition)
            target = self._target(found)
            if target is None:
                return UNKNOWN
            model = target
        return UNKNOWN

    def names(self, model: DjangoModel) -> tuple[str, ...]:
        """Every name that a path may go on with from a model."""
        return tuple(self._table(model))

    def member(self, model: DjangoModel, name: str) -> Member | None:
        """What a name in a query stands for at a model."""
        return self._member(model, name)

    def is_whole(self, model: DjangoModel) -> bool:
        """Whether all fields of a model are known, and so what is not there is missing."""
        return self._is_whole(model)

    def target(self, relation: Relation) -> DjangoModel | None:
        """The model behind a relation."""
        return self._target(relation)

    def _member(self, model: DjangoModel, name: str) -> Member | None:
        if name == "pk":
            return model.primary_key
        return self._table(model).get(name)

    def _table(self, model: DjangoModel) -> dict[str, Member]:
        table = self._names.get(model.key)
        if table is None:
            table = self._names[model.key] = {}
            for field in model.fields.values():
                table[field.name] = field
            for relation in model.relations.values():
                table[relation.query_name or relation.name] = relation
                if relation.attribute and not relation.is_reverse:
                    table[relation.attribute] = relation
        return table

    def _is_whole(self, model: DjangoModel) -> bool:
        return (
            not model.is_open
            and not model.is_abstract
            and all(parent is None or not parent.is_open for parent in map(self._models.model, model.parents))
        )

    def _target(self, member: Member) -> DjangoModel | None:
        if not isinstance(member, Relation) or member.kind == GENERIC_FOREIGN_KEY:
            return None
        found = self._models.model(member.target)
        return found if isinstance(found, DjangoModel) and not found.is_abstract else None

    def _ended(
        self, model: DjangoModel, member: Member, rest: list[str], prefix: str, *, is_condition: bool
    ) -> Followed:
        """A relation behind which something stands that is no field of its target."""
        part = rest[0]
        is_lookup = part in lookups.OF_RELATIONS and is_condition
        if isinstance(member, Relation) and (is_lookup or part in self._lookups.names):
            return Followed(Verdict.FOUND, model, member)
        if (
            not self._is_whole(model)
            or self._models.may_be_asked_for(model, part)
            or part in lookups.REGISTRABLE
        ):
            return UNKNOWN
        key = model.primary_key
        if isinstance(key, Field) and part in lookups.transforms(key.kind):
            return self._behind(model, key, rest, prefix, is_condition=is_condition)
        if len(rest) == 1 and part in lookups.EVERYWHERE:
            candidates = tuple(sorted(lookups.OF_RELATIONS)) if is_condition else ()
            return Followed(Verdict.NO_LOOKUP, model, member, part, f"{prefix}__", candidates)
        return Followed(Verdict.NO_FIELD, model, member, part, f"{prefix}__", self.names(model))

    def _behind(
        self, model: DjangoModel, member: Member, rest: list[str], prefix: str, *, is_condition: bool
    ) -> Followed:
        """Transforms and a lookup behind a field."""
        if not rest:
            return Followed(Verdict.FOUND, model, member)
        if isinstance(member, Relation):
            return UNKNOWN
        kind = member.kind
        if lookups.takes_anything(kind):
            return Followed(Verdict.FOUND, model, member)
        if self._lookups.finds_its_own(member):
            return UNKNOWN
        for index, part in enumerate(rest):
            known = lookups.transforms(kind)
            if part in known:
                kind = lookups.transformed(kind, part)
                continue
            is_last = index == len(rest) - 1 and is_condition
            if is_last and part in lookups.EVERYWHERE and lookups.is_known(kind):
                break
            if part in self._lookups.names or part in lookups.REGISTRABLE or not lookups.is_known(kind):
                return UNKNOWN
            before = "__".join((prefix, *rest[:index]))
            candidates = tuple(sorted(known | lookups.EVERYWHERE if is_condition else known))
            return Followed(Verdict.NO_LOOKUP, model, member, part, f"{before}__", candidates)
        return Followed(Verdict.FOUND, model, member)
