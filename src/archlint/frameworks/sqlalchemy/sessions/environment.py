"""Settings with a default: `os.environ.get("DATABASE_URL", "sqlite://")` is at least that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.builtins.beginnings import Beginning
from archlint.project.flow.values import Arguments, Constant, Value


class EnvironmentReader(Behaviour, frozen=True):
    """`os.environ.get`."""

    is_noted = False

    def call(self, arguments: Arguments, site: Site) -> Value:
        """The default, where it is a text."""
        default = arguments.get("default", 1)
        if isinstance(default, Constant) and isinstance(default.value, str):
            return Beginning(default.value, is_whole=True)
        return default if isinstance(default, Beginning) else UNKNOWN


class ConfigClass(Behaviour, frozen=True):
    """A class whose objects are called for a setting: `config("DATABASE_URL", default="sqlite://")`."""

    is_noted = False

    def call(self, arguments: Arguments, site: Site) -> Value:
        """Its object."""
        return EnvironmentReader()

    def instance(self, site: Site) -> Value:
        """Its object, that an annotation promises."""
        return EnvironmentReader()


READERS: Final[Mapping[str, Value]] = {
    "decouple.config": EnvironmentReader(),
    "os.environ.get": EnvironmentReader(),
    "os.getenv": EnvironmentReader(),
    "starlette.config.Config": ConfigClass(),
}
