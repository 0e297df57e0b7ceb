"""`TypeAdapter(list[OrderOut])`: what makes any type out of values, as models do of theirs."""

from __future__ import annotations

from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.builtins.names import Alias
from archlint.project.flow.place import Place
from archlint.project.flow.values import Arguments, Object, Value

MAKING = "validate_python"


class Adapter(Behaviour, frozen=True):
    """An adapter, with what it makes."""

    makes: Value

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """What it is for."""
        return self.makes if name == MAKING else UNKNOWN


class AdapterClass(Behaviour, frozen=True):
    """`TypeAdapter`."""

    is_noted = False

    def call(self, arguments: Arguments, site: Site) -> Value:
        """An adapter for a type."""
        of = arguments.get("type", 0)
        if isinstance(of, Alias):
            return Adapter(of.instance(site))
        made = UNKNOWN if of is None or not isinstance(site, Place) else site.flow.instance_of(of, site)
        return Adapter(made) if isinstance(made, Object) else UNKNOWN
