"""What a setting is that has a default: `url: str = Field("sqlite://", alias="DATABASE_URL")`."""

from __future__ import annotations

from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.builtins.beginnings import Beginning
from archlint.project.flow.values import Arguments, Constant, Value

FIELDS = frozenset({"pydantic.Field", "pydantic.fields.Field"})


class FieldMaker(Behaviour, frozen=True):
    """`Field`."""

    is_noted = False

    def call(self, arguments: Arguments, site: Site) -> Value:
        """The default, where it is a text; whoever fills the model in may say otherwise."""
        default = arguments.get("default", 0)
        if isinstance(default, Constant) and isinstance(default.value, str):
            return Beginning(default.value, is_whole=True)
        return default if isinstance(default, Beginning) else UNKNOWN
