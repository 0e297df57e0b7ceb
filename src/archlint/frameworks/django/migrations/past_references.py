"""Which model of a point of the migrations a relation leads to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from archlint.facts.expressions import Expression, Literal
from archlint.frameworks.django.models.references import UNKNOWN_TARGET, Target
from archlint.frameworks.django.models.registered import PAST, DjangoModel, DjangoModels
from archlint.frameworks.orm import Place

if TYPE_CHECKING:
    from archlint.frameworks.django.models.declared import Blueprint
    from archlint.project.module import Module


class PastReferences:
    """Resolves references as migrations write them: by labels, nearly always.

    `find` gives the key of a model by its label in lower case, seen from a point of the migrations.
    """

    def __init__(self, models: DjangoModels, find: Callable[[str, str], str]) -> None:
        self._models = models
        self._find = find

    def target(self, of: Blueprint, to: Expression | None, module: Module | None, scope: str) -> Target:
        """What a reference in a model means."""
        text = self.label(of.app_label, of.name, to, Place(module, 0) if module is not None else None)
        return Target(self._find(of.key.partition(PAST)[0], text), text) if text else UNKNOWN_TARGET

    def label(self, app: str, name: str, to: Expression | None, place: Place | None) -> str:
        """The label that a reference of a model means, in lower case; empty where nobody can tell."""
        if isinstance(to, Literal):
            text = to.value if isinstance(to.value, str) else ""
            text = name if text == "self" else text
            return f"{app}.{text}".lower() if text and "." not in text else text.lower()
        if to is None or place is None:
            return ""
        found = self._models.model(self._models.references.expression(None, to, place.module, "").key)
        return found.label.lower() if isinstance(found, DjangoModel) else ""
