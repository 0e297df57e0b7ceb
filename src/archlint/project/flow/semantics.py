"""What a framework makes of the names, classes and parameters of a project."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

import msgspec

from archlint.project.flow.values import Arguments, Object, Value

if TYPE_CHECKING:
    from archlint.facts.definitions import Parameter
    from archlint.project.classes import ProjectClass
    from archlint.project.flow.behaviour import Site
    from archlint.project.functions import ProjectFunction


class Round(msgspec.Struct, frozen=True):
    """How a framework goes through what a method gives."""

    source: str
    """The method that gives the things."""

    asked: tuple[str, ...]
    """Methods of the same object that are called with each of them."""

    otherwise: tuple[tuple[str, str], ...] = ()
    """What is asked of each where the object lacks one of those: `str` for its text, else a method."""


class Semantics:
    """What a framework makes of the names, classes and parameters of a project. None is: not mine."""

    shelves: ClassVar[frozenset[str]] = frozenset()
    """Names of what things are put aside on, for other functions to find: `app`, `g`."""

    yielded: ClassVar[Mapping[str, str]] = MappingProxyType({})
    """Shelves that a generator fills with what it yields, by the keyword under which it is passed."""

    spelled: ClassVar[frozenset[str]] = frozenset()
    """Names of what a text tells what to do: `filter(**{name: value})`, `order_by(name)`."""

    never_returning: ClassVar[frozenset[str]] = frozenset()
    """Functions that always raise, by their dotted names."""

    failing: ClassVar[frozenset[str]] = frozenset()
    """Methods of which a value may tell that they surely raise."""

    asked_for: ClassVar[Mapping[str, frozenset[str]]] = {}
    """Attributes of an object that decide what the framework passes to methods of these names."""

    def external(self, name: str) -> Value | None:
        """What a dotted name from outside the project is."""
        return None

    def defined(self, cls: ProjectClass) -> Value | None:
        """What a class of the project is, as a value."""
        return None

    def instance(self, cls: ProjectClass | str, arguments: tuple[Value, ...]) -> Value | None:
        """What an object of a class is, that an annotation promises; a class outside by its name.

        `arguments` are what the class is subscribed with: `Manager[Order]`.
        """
        return None

    def made(self, cls: ProjectClass, arguments: Arguments) -> Value | None:
        """What a class of the project makes of some arguments."""
        return None

    def member(self, of: Object, base: str, name: str, site: Site) -> Value | None:
        """What a base class outside the project gives to an object as attribute `name`."""
        return None

    def parameter(self, function: ProjectFunction, parameter: Parameter, site: Site) -> Value | None:
        """What the framework passes when it calls a function itself."""
        return None

    def called(self, cls: ProjectClass) -> Collection[str]:
        """The names of methods that the framework calls by itself, on objects of a class that says so."""
        return ()

    def decides(self, cls: ProjectClass) -> Collection[str]:
        """The names of methods to which the framework passes what a class decides, by its model say."""
        return ()

    def round(self, cls: ProjectClass) -> Round | None:
        """The loop in which the framework asks objects of a class about many things, one by one."""
        return None
