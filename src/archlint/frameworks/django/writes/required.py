"""Fields without which no row can be made: their columns are never null, and nobody fills them in.

Taken from `Field.get_default()` of Django 5.2: a field that takes no empty text begins with None.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Call
from archlint.frameworks.class_values import ClassValues
from archlint.frameworks.django.models.field_kinds import WITH_COLUMN
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.models.spelling import MODELS, canonical
from archlint.frameworks.django.signals import Signals
from archlint.frameworks.django.writes.given_columns import columns
from archlint.frameworks.django.writes.plain_saves import PlainSaves
from archlint.frameworks.orm import Field, Member, Relation
from archlint.project.answer import External
from archlint.project.flow.behaviour import Site
from archlint.project.flow.values import Arguments
from archlint.project.memo import Memo
from archlint.project.module import Module
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.project import Project

_NAMES = """
    BigIntegerField BooleanField DateField DateTimeField DecimalField DurationField FloatField
    GenericIPAddressField IntegerField JSONField PositiveBigIntegerField PositiveIntegerField
    PositiveSmallIntegerField SmallIntegerField TimeField UUIDField
"""
WITHOUT_EMPTY = frozenset(f"{MODELS}.{name}" for name in _NAMES.split()) | WITH_COLUMN
"""The kinds that take no empty text for nothing, compared with the real classes in the tests."""

_FILLED = frozenset({"default", "db_default", "auto_now", "auto_now_add", "parent_link", ""})
"""What a field may be told that fills it in; the last stands for what is spread from elsewhere."""


class RequiredFields:
    """Answers for models."""

    def __init__(self, project: Project) -> None:
        self._models = project.view(DjangoModels)
        self._saves = project.view(PlainSaves)
        self._signals = project.view(Signals)
        self._values = project.view(ClassValues)
        self._scopes = project.view(Scopes)
        self._known = Memo(project.reads, self._find)

    @classmethod
    def build(cls, project: Project) -> RequiredFields:
        """The view of a project."""
        return cls(project)

    def of(self, key: str) -> tuple[Member, ...]:
        """The fields that every new row of a model has to be given; none where something else may do that."""
        return self._known(key)

    def _find(self, key: str) -> tuple[Member, ...]:
        model = self._models.model(key)
        if not isinstance(model, DjangoModel) or "managed" in model.meta:
            return ()
        if self._signals.may_fill(model) or not self._saves.is_done_by_django(key):
            return ()
        if any(not one.kind for one in model.fields.values()):
            return ()  # a field of several columns fills in those beside it: an amount of money
        return tuple(self._required(model))

    def _required(self, model: DjangoModel) -> Iterator[Member]:
        members: list[Member] = [*model.fields.values(), *model.relations.values()]
        for member in members:
            if member.kind not in WITHOUT_EMPTY or member.primary_key or member.null is not False:
                continue
            if not _is_filled(member) and self._is_of_kind(model, member):
                yield member

    def _is_of_kind(self, model: DjangoModel, member: Member) -> bool:
        """Whether the class body itself calls Django's own class: heirs may fill in what they like."""
        found = None if model.cls is None else self._values.of(model.cls, member.name)
        if found is None or not isinstance(found.value, Call):
            return False
        holder = found.holder
        made_by = self._scopes.resolve(holder.module, holder.fact.qualname, found.value.function)
        return isinstance(made_by, External) and canonical(made_by.name) == member.kind


def _is_filled(member: Member) -> bool:
    if isinstance(member, Field):
        return member.has_default is not False
    is_written_here = isinstance(member, Relation) and not member.is_reverse
    return not is_written_here or not _FILLED.isdisjoint(member.options)


class Lacking(msgspec.Struct, frozen=True):
    """What a new object has to be given before it is saved, and where it was made."""

    names: tuple[str, ...]
    module: Module
    form: Call


def lacking(key: str, arguments: Arguments, site: Site) -> Lacking | None:
    """What `Order(…)` leaves for later; None for nothing, and where nobody can tell."""
    form = site.form
    if not isinstance(form, Call) or arguments.is_open or arguments.positional:
        return None
    needed = site.project.view(RequiredFields).of(key)
    model = site.project.view(DjangoModels).model(key)
    if not needed or not isinstance(model, DjangoModel) or any(not each.name for each in form.keywords):
        return None
    given = columns(model, frozenset(name for name, _ in arguments.named))
    if given is None:
        return None
    names = tuple(one.name for one in needed if one.name not in given)
    return Lacking(names, site.module, form) if names else None
