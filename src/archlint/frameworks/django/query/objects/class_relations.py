"""What a model class has under the name of a relation to many: `Order.tags.through`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.frameworks.django.models.field_kinds import MANY_TO_MANY
from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.values import Value

if TYPE_CHECKING:
    from archlint.frameworks.django.models.registered import DjangoModel


class JoinedRelation(Behaviour, frozen=True):
    """A relation to many, asked of its class."""

    is_noted = False

    through: str
    """Key of the model that joins the two."""

    def attribute(self, name: str, site: Site) -> Value:
        """The model in between."""
        from archlint.frameworks.django.query.objects.model_object import ModelClass

        return ModelClass(self.through) if name == "through" else UNKNOWN


def joined_relation(model: DjangoModel, name: str) -> Value:
    """The relation to many of a name; unknown where it is none, or what joins it is not known."""
    relation = model.relations.get(name)
    is_joined = relation is not None and relation.kind == MANY_TO_MANY and relation.through
    return JoinedRelation(relation.through) if relation is not None and is_joined else UNKNOWN
