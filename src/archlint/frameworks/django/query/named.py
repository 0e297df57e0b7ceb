"""Django's functions by their dotted names, and what they make of functions: threads and transactions."""

from __future__ import annotations

from archlint.project.answer import UNKNOWN
from archlint.project.flow.behaviour import Behaviour, SelfMade, Site
from archlint.project.flow.values import Arguments, Pending, Value

ATOMIC = "django.db.transaction.atomic"


class Function(Behaviour, frozen=True):
    """A function of Django by its dotted name."""

    is_noted = False

    name: str

    def call(self, arguments: Arguments, site: Site) -> Value:
        """What it gives."""
        from archlint.frameworks.django.query.functions import given

        return given(self.name, arguments, site)

    def attribute(self, name: str, site: Site) -> Value:
        """A function of an object of the same module: `apps.get_model`."""
        return Function(f"{self.name}.{name}")


class Wrapped(Behaviour, frozen=True):
    """`sync_to_async(function)`: awaited, it gives what the function gives."""

    is_noted = False

    function: Value

    def call(self, arguments: Arguments, site: Site) -> Value:
        """The coroutine."""
        return Pending(site.call_elsewhere(self.function, arguments))


class Atomic(Behaviour, frozen=True):
    """`transaction.atomic()`: a transaction as a context manager or decorator."""

    def call(self, arguments: Arguments, site: Site) -> Value:
        """`transaction.atomic()(function)` does what the function does."""
        return arguments.positional[0] if arguments.positional else UNKNOWN


class Registration(Behaviour, frozen=True):
    """`Field.register_lookup`; whoever asks for the lookups of a project reads what it is given."""

    def call(self, arguments: Arguments, site: Site) -> Value:
        """As a decorator it hands the class on."""
        return arguments.positional[0] if arguments.positional else UNKNOWN


class Annotations(SelfMade, frozen=True):
    """`Annotated[Order, Annotations[Totals]]` of `django_stubs_ext`: an object with more than its model."""

    def item(self, index: Value, site: Site) -> Value:
        """Whatever more it is, nobody looks."""
        return self

    def injected(self, site: Site) -> Value | None:
        """The object, of which nothing is known."""
        return self
