"""Which fields an option of an admin class takes, as Django's system checks have it."""

from __future__ import annotations

from typing import TypeAlias

from archlint.facts.expressions import says
from archlint.frameworks.django.models.field_kinds import (
    GENERIC_FOREIGN_KEY,
    MANY_TO_MANY,
    ONE_TO_ONE,
    WITH_COLUMN,
)
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.models.spelling import MODELS
from archlint.frameworks.orm import Cardinality, Field, Member, Relation

Wrong: TypeAlias = "tuple[str, str]"
"""What is wrong, and what to do."""

_TO_OTHERS = frozenset({"raw_id_fields", "autocomplete_fields"})
_TO_MANY = frozenset({"filter_horizontal", "filter_vertical"})
_IN_FORMS = frozenset({"fields", "fieldsets"})
_DATES = frozenset({f"{MODELS}.DateField", f"{MODELS}.DateTimeField"})
_TAKES_DATES = "`date_hierarchy` takes a date"

OPTIONS = _TO_OTHERS | _TO_MANY | _IN_FORMS | {"list_display", "list_editable"}
"""Options that list fields, of which some are refused."""


def unsuitable(models: DjangoModels, model: DjangoModel, option: str, name: str) -> Wrong | None:
    """Why a field of a model cannot stand in an option; None where it can, or nobody can tell."""
    member = model.member(name)
    if option == "raw_id_fields" and member is None:
        return _by_its_key(model, name)
    if member is None or not _is_told(member):
        return None
    if option in _TO_OTHERS:
        return _to_others(option, member)
    if option in _TO_MANY:
        return _to_many(models, option, member)
    if option in _IN_FORMS:
        return _joined_by_own_model(models, option, member)
    if option == "list_display":
        return _shown(member)
    return _edited(member) if option == "list_editable" else None


def no_date(member: Member | None) -> Wrong | None:
    """Why a field is no `date_hierarchy`."""
    if member is None or not _is_told(member) or (isinstance(member, Field) and member.kind in _DATES):
        return None
    return f"{_TAKES_DATES}, and `{member.name}` is none", "name a `DateField` or a `DateTimeField`"


def no_choice(member: Member | None) -> Wrong | None:
    """Why a field cannot be shown by radio buttons."""
    if member is None or not _is_told(member):
        return None
    if "choices" in member.options or len(member.arguments) > 1:
        return None
    if isinstance(member, Relation) and member.kind in WITH_COLUMN and not member.is_reverse:
        return None
    return f"`{member.name}` has no `choices`, and is no foreign key", "give the field `choices`"


def not_to_fill_in(member: Member | None) -> Wrong | None:
    """Why other fields cannot fill one in."""
    if member is None or not _is_told(member):
        return None
    is_bound = isinstance(member, Relation) and member.kind in (*WITH_COLUMN, MANY_TO_MANY)
    if not is_bound and member.kind != f"{MODELS}.DateTimeField":
        return None
    return f"`{member.name}` cannot be filled in from texts", "fill in a text, such as a `SlugField`"


def _is_told(member: Member) -> bool:
    """Whether the class of a field is Django's own, and so all of it is known."""
    if isinstance(member, Field):
        return member.cls is None and bool(member.kind)
    return member.kind.startswith(MODELS)


def _by_its_key(model: DjangoModel, name: str) -> Wrong | None:
    for relation in model.relations.values():
        if relation.attribute == name and not relation.is_reverse:
            return f"`{name}` is the key of `{relation.name}`", f"name the relation: `{relation.name}`"
    return None


def _to_others(option: str, member: Member) -> Wrong | None:
    if isinstance(member, Relation) and member.kind in (*WITH_COLUMN, MANY_TO_MANY):
        return None
    if isinstance(member, Relation) and member.is_reverse:
        return None
    return f"`{option}` takes relations, and `{member.name}` is none", "leave it out"


def _to_many(models: DjangoModels, option: str, member: Member) -> Wrong | None:
    if isinstance(member, Relation) and member.kind == MANY_TO_MANY and not member.is_reverse:
        return _joined_by_own_model(models, option, member)
    return f"`{option}` takes relations to many, and `{member.name}` is none", "leave it out"


def _joined_by_own_model(models: DjangoModels, option: str, member: Member) -> Wrong | None:
    """A relation to many whose model in between is the project's, which a form cannot fill."""
    if not isinstance(member, Relation) or member.kind != MANY_TO_MANY or member.is_reverse:
        return None
    through = models.model(member.through) if "through" in member.options else None
    if not isinstance(through, DjangoModel):
        return None
    message = f"`{option}` cannot show `{member.name}`, which is joined by `{through.name}`"
    return message, f"show `{through.name}` in an inline"


def _shown(member: Member) -> Wrong | None:
    if not isinstance(member, Relation) or member.kind == GENERIC_FOREIGN_KEY:
        return None
    is_many = member.cardinality is Cardinality.MANY_TO_MANY
    if not is_many and not (member.is_reverse and member.kind != ONE_TO_ONE):
        return None
    return f"`list_display` cannot show the many of `{member.name}`", "write a method that shows them"


def _edited(member: Member) -> Wrong | None:
    editable = member.options.get("editable")
    if member.primary_key:
        return f"`{member.name}` is the primary key, which nobody edits", "leave it out"
    if says(editable, False):
        return f"`{member.name}` is not editable", "leave it out, or leave out `editable=False`"
    return None
