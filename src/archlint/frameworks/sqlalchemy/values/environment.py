"""Settings with a default: `os.environ.get("DATABASE_URL", "sqlite://")` is at least that."""

from __future__ import annotations

from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.values import Arguments, Constant, Value

READERS = frozenset({"os.getenv", "os.environ.get"})


class Default(Behaviour, frozen=True):
    """What the environment may change; without it, it is this text."""

    is_noted = False

    text: str


class EnvironmentReader(Behaviour, frozen=True):
    """`os.environ.get`."""

    is_noted = False

    def call(self, arguments: Arguments, site: Site) -> Value:
        """The default, where it is a text."""
        default = arguments.get("default", 1)
        if isinstance(default, Constant) and isinstance(default.value, str):
            return Default(default.value)
        return UNKNOWN
