"""The tables that models are given by name, and those that join them many to many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.frameworks.django.models.arguments import given, literal
from archlint.frameworks.django.models.field_kinds import MANY_TO_MANY
from archlint.frameworks.django.models.registered import DjangoModel, DjangoModels
from archlint.frameworks.django.settings.values import Listing

if TYPE_CHECKING:
    from archlint.frameworks.django.models.declared import Declaration


def is_routed(models: DjangoModels) -> bool:
    """Whether a router may put models into databases of their own, where names of tables do not clash."""
    values = (one.get("DATABASE_ROUTERS") for one in models.settings.modules)
    return any(value is not None and (not isinstance(value, Listing) or value.items) for value in values)


def tables(models: DjangoModels) -> dict[str, DjangoModel]:
    """The table of every model that Django looks after."""
    return {model.table: model for model in models.declared() if model.table and _is_looked_after(model)}


def usual_tables(models: DjangoModels) -> dict[str, DjangoModel]:
    """The tables that nobody named: Django calls them by the app and the model."""
    own = (model for model in models.declared() if model.table and "db_table" not in model.meta)
    return {model.table: model for model in own if _is_looked_after(model)}


def joining_tables(models: DjangoModels) -> Iterator[tuple[str, DjangoModel, Declaration]]:
    """Each table that Django makes for a relation many to many, with the model and the field."""
    for model, _, declaration in models.own():
        if declaration.kind != MANY_TO_MANY or not declaration.is_plain or not declaration.is_certain:
            continue
        if given(declaration, "through") is not None or not _is_looked_after(model) or model.is_proxy:
            continue
        named = literal(given(declaration, "db_table"))
        if isinstance(named, str):
            yield named, model, declaration
        elif named is None and model.table:
            yield f"{model.table}_{declaration.name}", model, declaration


def _is_looked_after(model: DjangoModel) -> bool:
    """Whether a model has a table of its own, which Django makes."""
    is_own = not model.is_abstract and not model.is_swapped and model.concrete == model.key
    return is_own and not {"managed", "apps"} & model.meta.keys()
