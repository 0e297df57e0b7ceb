"""Providers: `providers.Factory(Repository, session_factory=database.provided.session)`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.semantics import Semantics
from archlint.project.flow.values import Arguments, Closure, Value

if TYPE_CHECKING:
    from archlint.project.project import Project

_EACH_TIME: Final = frozenset({"Callable", "Coroutine", "ContextLocalSingleton", "Factory", "Resource"})
_ONCE: Final = frozenset({"Singleton", "ThreadLocalSingleton", "ThreadSafeSingleton"})


class Provider(Behaviour, frozen=True):
    """What makes an object out of a class or function and what that is given."""

    is_noted = False

    made_by: Value
    given: Arguments

    def call(self, arguments: Arguments, site: Site) -> Value:
        """The object; what is passed goes before what the container says."""
        positional = tuple(
            [_resolved(value, site) for value in (*self.given.positional, *arguments.positional)]
        )
        named = {name: _resolved(value, site) for name, value in (*self.given.named, *arguments.named)}
        is_open = self.given.is_open or arguments.is_open
        if isinstance(self.made_by, Closure) and not positional and not named:
            return site.provided(self.made_by)
        return site.call(self.made_by, Arguments(positional, tuple(named.items()), is_open))

    def attribute(self, name: str, site: Site) -> Value:
        """The provider itself for whoever calls it later, or something of what it makes."""
        return {"provider": self, "provided": Provided(self)}.get(name, UNKNOWN)


class Known(Behaviour, frozen=True):
    """A provider of one object, the same for all."""

    is_noted = False

    value: Value

    def call(self, arguments: Arguments, site: Site) -> Value:
        """The object."""
        return self.value

    def attribute(self, name: str, site: Site) -> Value:
        """The provider itself for whoever calls it later, or something of the object."""
        return {"provider": self, "provided": Provided(self)}.get(name, UNKNOWN)


class Provided(Behaviour, frozen=True):
    """`database.provided.session`: something of what a provider makes, once it does."""

    is_noted = False

    of: Provider | Known
    names: tuple[str, ...] = ()

    def attribute(self, name: str, site: Site) -> Value:
        """Something of that, in turn."""
        return Provided(self.of, (*self.names, name))

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """`.call()`: what a method gives."""
        return site.call(self.found(site), arguments) if name == "call" else UNKNOWN

    def found(self, site: Site) -> Value:
        """What it is."""
        value = self.of.call(Arguments(), site)
        for name in self.names:
            value = site.attribute(value, name)
        return value


class ProviderClass(Behaviour, frozen=True):
    """`providers.Factory` and the like."""

    is_noted = False

    name: str

    def call(self, arguments: Arguments, site: Site) -> Value:
        """A provider; what is made once is made with the container."""
        if not arguments.positional:
            return UNKNOWN
        first, *rest = arguments.positional
        if self.name == "Object":
            return Known(first)
        found = Provider(first, Arguments(tuple(rest), arguments.named, arguments.is_open))
        return Known(found.call(Arguments(), site)) if self.name in _ONCE else found


class Wiring(Behaviour, frozen=True):
    """`Provide[Container.service]`: a parameter gets what the provider makes."""

    is_noted = False

    provider: Value = UNKNOWN

    def item(self, index: Value, site: Site) -> Value:
        """The mark of one parameter."""
        return Wiring(index)

    def injected(self, site: Site) -> Value | None:
        """What is passed for it."""
        found = _resolved(self.provider, site)
        return None if found is UNKNOWN else found

    def call(self, arguments: Arguments, site: Site) -> Value:
        """The same, where another framework asks for it: `Depends(Provide[…])`."""
        return _resolved(self.provider, site)


class InjectorSemantics(Semantics):
    """What containers hold, and what they pass."""

    @classmethod
    def of(cls, project: Project) -> InjectorSemantics | None:
        """For a project that uses dependency-injector."""
        return cls() if "dependency_injector" in project.imported else None

    def external(self, name: str) -> Value | None:
        """Providers and the marks of parameters."""
        root, _, last = name.rpartition(".")
        if not root.startswith("dependency_injector"):
            return None
        if root.endswith(".wiring") and last in ("Provide", "Provider", "Closing"):
            return Wiring()
        is_provider = root.endswith(".providers") and last in _EACH_TIME | _ONCE | {"Object"}
        return ProviderClass(last) if is_provider else None


def _resolved(value: Value, site: Site) -> Value:
    """What is passed for a provider: what it makes."""
    if isinstance(value, (Provider, Known)):
        return value.call(Arguments(), site)
    return value.found(site) if isinstance(value, Provided) else value
