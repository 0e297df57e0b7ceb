"""The columns of rows, and the classes of what stands in them."""

from __future__ import annotations

from archlint.frameworks.django.models.field_kinds import WITH_COLUMN
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.query.sets.results import Key, Plain, Row
from archlint.frameworks.orm import Member, Relation
from archlint.project.flow.behaviour import Behaviour

_SHAPES = {"dicts": "dict", "totals": "dict", "tuples": "tuple", "named": "tuple"}
_NUMBERS = ("AutoField", "IntegerField")
_TEXTS = ("CharField", "TextField", "EmailField", "SlugField", "URLField")


class Columns:
    """Answers for what queries give besides objects."""

    def __init__(self, models: DjangoModels) -> None:
        self._models = models

    def of(self, row: Row) -> tuple[str, ...] | None:
        """The columns of a row, in order; None where nobody can tell."""
        source = row.source
        if source.is_open:
            return None
        if not source.takes_all:
            return source.columns
        model = self._models.model(source.model)
        if not isinstance(model, DjangoModel) or model.is_open or model.is_abstract:
            return None
        names = [name for name, relation in model.relations.items() if relation.kind in WITH_COLUMN]
        keys = [model.relations[name].attribute for name in names]
        return (*model.fields, *keys, *source.annotations, *source.columns)

    def class_of(self, value: Behaviour) -> str:
        """The class of Python's own that a value is of; empty where nobody can tell."""
        if isinstance(value, Plain):
            return value.of
        if isinstance(value, Key):
            return self._key(value.model)
        if not isinstance(value, Row):
            return ""
        source = value.source
        if source.shape != "flat":
            return _SHAPES[source.shape]
        if source.is_open or len(source.columns) != 1 or source.columns[0] in source.annotations:
            return ""
        model = self._models.model(source.model)
        return self.member(model, source.columns[0]) if isinstance(model, DjangoModel) else ""

    def _key(self, key: str) -> str:
        model = self._models.model(key)
        return self.member(model, "pk") if isinstance(model, DjangoModel) else ""

    def member(self, model: DjangoModel, name: str) -> str:
        """The class of what stands in a field; empty where nobody can tell."""
        member: Member | None = model.primary_key if name == "pk" else model.member(name)
        if member is None:
            member = next((one for one in model.relations.values() if one.attribute == name), None)
        if isinstance(member, Relation):
            is_plain = member.kind in WITH_COLUMN and "to_field" not in member.options
            return self._key(member.target) if is_plain and member.target != model.key else ""
        if member is None or member.cls is not None:
            return ""
        last = member.kind.rpartition(".")[2]
        return "int" if last.endswith(_NUMBERS) else "str" if last in _TEXTS else ""
