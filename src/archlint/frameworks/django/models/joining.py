"""The models that Django makes by itself to join two others many to many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Literal
from archlint.frameworks.django.models.declared import (
    Blueprint,
    Declaration,
    Held,
    MadeManager,
    ManagerDeclaration,
)
from archlint.frameworks.django.models.field_kinds import FOREIGN_KEY

if TYPE_CHECKING:
    from archlint.frameworks.django.models.references import Target


def joining_model(
    model: Blueprint, field: Declaration, target: Target, target_name: str, table: str
) -> Blueprint:
    """The model behind a many-to-many field: a foreign key to each side, with no way back.

    `table` is that of the model that has the field.
    """
    name = field.name
    key = f"{model.key}_{name}"
    source, other = model.name.lower(), target_name.lower()
    if target.key == model.key or source == other:
        source, other = f"from_{source}", f"to_{other}"
    joining = Blueprint(key, None, f"{model.name}_{name}", model.app_label)
    given = field.options.get("db_table")
    joining.table = str(given.value) if isinstance(given, Literal) and given.value else f"{table}_{name}"
    plain = MadeManager(None, None, is_known=True)
    joining.managers = {"objects": ManagerDeclaration("objects", plain, None)}
    for side_name, side in ((source, model.key), (other, target.key)):
        options = {"related_name": Literal(f"{key}+", 0, 0)}
        declaration = Declaration(side_name, FOREIGN_KEY, (Literal(f"@{side}", 0, 0),), options, None)
        joining.local[side_name] = Held(declaration, key)
    return joining
