"""What may be put on models beside their fields: `price_currency`, `increment_views`, `name_en`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archlint.facts.expressions import Literal
from archlint.project.classes import ClassHierarchy, ProjectClass

if TYPE_CHECKING:
    from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
    from archlint.frameworks.orm import Field

_LANGUAGE = re.compile(r"_(?:i18n|[a-z]{2,3}(?:_[a-z0-9]+)?)")


def lacks_field(models: DjangoModels, model: DjangoModel, name: str) -> bool:
    """Whether the options of a model surely know no field of this name."""
    if name in model.fields or name == "pk":
        return False
    if any(name in (one.name, one.attribute, one.query_name) for one in model.relations.values()):
        return False
    return not (model.is_open or model.is_abstract or models.may_have(model, name))


def may_be_translated(model: DjangoModel, name: str) -> bool:
    """Whether a name is that of a field in one language."""
    return any(name.startswith(field) and _LANGUAGE.fullmatch(name[len(field) :]) for field in model.fields)


def may_be_contributed(model: DjangoModel, name: str, hierarchy: ClassHierarchy) -> bool:
    """Whether a field of an unusual class may have given a name to its model.

    It holds the field's name, or the field is told it: `MoneyField(currency_field_name="currency")`.
    """
    if any(name.startswith(f"get_{one.name}_") for one in model.relations.values() if not one.is_reverse):
        return True  # by a class of foreign keys, of which it is not known that it is an heir
    return any(
        (field.name in name or _is_told(field, name)) and _contributes(field, hierarchy)
        for field in model.fields.values()
    )


def _is_told(field: Field, name: str) -> bool:
    given = (*field.arguments, *field.options.values())
    return any(isinstance(each, Literal) and each.value == name for each in given)


def _contributes(field: Field, hierarchy: ClassHierarchy) -> bool:
    """Whether the class of a field may put more on the model than itself; Django's are known."""
    if field.cls is None:
        return not field.kind.startswith("django.")
    own = (one for one in hierarchy.order(field.cls) if isinstance(one, ProjectClass))
    return any(member.name == "contribute_to_class" for one in own for member in one.fact.members)
