"""What a framework tells about the values it knows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, ClassVar, Protocol

import msgspec

from archlint.project.answer import UNKNOWN, External
from archlint.project.flow.values import (
    Arguments,
    Value,
)
from archlint.project.module import Module

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.project.classes import ProjectClass
    from archlint.project.functions import ProjectFunction
    from archlint.project.project import Project


class Site(Protocol):
    """Where something is asked of a value."""

    @property
    def project(self) -> Project:
        """The project."""
        ...

    @property
    def module(self) -> Module:
        """The file."""
        ...

    @property
    def function(self) -> ProjectFunction | None:
        """The function, or None at the level of a module or class."""
        ...

    @property
    def form(self) -> Expression:
        """The expression."""
        ...

    def call(self, callee: Value, arguments: Arguments) -> Value:
        """What a call would give, with all its effects."""
        ...

    def call_elsewhere(self, callee: Value, arguments: Arguments) -> Value:
        """The same where another thread makes the call: what it does is not done here."""
        ...

    def later(self, action: Callable[[], object]) -> None:
        """Have something happen once the function is over that runs here."""
        ...

    def attribute(self, of: Value, name: str) -> Value:
        """What reading an attribute would give."""
        ...

    def of(self, form: Expression) -> Value:
        """What an expression gives here."""
        ...

    def of_given(self, name: str, value: Value, form: Expression) -> Value:
        """What an expression gives in which a name stands for a value."""
        ...

    def inherited(self, of: Value, cls: ProjectClass, name: str, arguments: Arguments) -> Value:
        """What a method gives that `cls` has from a base outside the project."""
        ...

    def own(self, cls: ProjectClass, receiver: Value, name: str) -> Value:
        """What a class of the project gives to its instances by a name; methods are bound to `receiver`."""
        ...

    def own_of_class(self, cls: ProjectClass, name: str) -> Value:
        """What a class of the project has itself by a name."""
        ...

    def provided(self, provider: Value) -> Value:
        """What a framework gets that calls a function for its value, a generator for what it yields."""
        ...

    def put_aside(self, shelf: tuple[str, str], value: Value) -> None:
        """Put something where others find it, by the name and the key of the place."""
        ...

    def aside(self, shelf: tuple[str, str], word: str, *others: str) -> Value:
        """What anybody has put there; whoever does has some words in its body."""
        ...

    def state(self, key: object) -> object | None:
        """What is remembered about something at this point of the run."""
        ...

    def remember(self, key: object, state: object) -> None:
        """Remember something from this point of the run on."""
        ...


class Behaviour(msgspec.Struct, frozen=True):
    """A value that a framework knows. Subclasses are frozen structs; to be silent is to know nothing."""

    is_noted: ClassVar[bool] = True
    """Whether what happens to it is written into the trace."""

    is_true: ClassVar[bool] = False
    """Whether it always counts as true: an object of a class without `__bool__` and `__len__`."""

    is_class: ClassVar[bool] = False
    """Whether it is a class, by which tables say what is for its objects: `mappers[Order] = order_dto`."""

    may_be_empty: ClassVar[bool] = False
    """Whether it counts as false where there is nothing in it, although it can still be asked for more."""

    is_raw: ClassVar[bool] = False
    """Whether a class that validates makes something else of it: of the text of a number, say."""

    @property
    def cls(self) -> ProjectClass | None:
        """The class of the project that this value is, where it is one: a model."""
        return None

    @property
    def has_known_bases(self) -> bool:
        """Whether its framework knows all bases of its class, although names alone do not resolve them."""
        return False

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes from outside the project that it is an object of, by their dotted names."""
        return ()

    def types(self, project: Project) -> tuple[ProjectClass | External, ...]:
        """The classes that it is an object of: one of the project's own first, where it is of one."""
        return tuple(map(External, self.classes))

    @property
    def contents(self) -> tuple[Value, ...]:
        """What it holds, where it is as good as a list."""
        return ()

    @property
    def kind(self) -> object:
        """What tells objects of one class from those of another; None where nothing does."""
        return None

    def instance(self, site: Site) -> Value:
        """An object of the class that this value is."""
        return UNKNOWN

    def attribute(self, name: str, site: Site) -> Value:
        """What `value.name` is, where it is not called at once."""
        return UNKNOWN

    def is_read_by(self, text: str, *, is_one: bool) -> bool:
        """Whether it is worth noting what `getattr` reads, even if nothing is known of what that gives.

        Where it may be one text or another, code may have asked which of them it is.
        """
        return False

    def has_method(self, name: str) -> bool:
        """Whether a name is that of a method, which may be called later: `add = session.add`."""
        return False

    def has_added(self, name: str, project: Project) -> bool:
        """Whether a class of the project adds a method by a name to what its class from outside has."""
        return False

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """What `value.name(…)` gives."""
        return site.call(self.attribute(name, site), arguments)

    def call(self, arguments: Arguments, site: Site) -> Value:
        """What `value(…)` gives."""
        return UNKNOWN

    def fails(self, name: str, arguments: Arguments, site: Site) -> bool:
        """Whether `value.name(…)` surely raises, by which code may find out what there is."""
        return False

    def item(self, index: Value, site: Site) -> Value:
        """What `value[index]` gives."""
        return UNKNOWN

    def each(self, site: Site) -> Value:
        """What an iteration gives, one by one."""
        return UNKNOWN

    def awaited(self, site: Site) -> Value:
        """What `await value` gives."""
        return UNKNOWN

    def refined(self, by: Collection[ProjectFunction]) -> Value:
        """What is left of a value of a class once some methods have put another in its place.

        They are those of a class above, as of a view whose heirs say what it shows, and most likely go on
        with what they find: `self.queryset = self.queryset.filter(owner=user)`.
        """
        return UNKNOWN

    def entered(self, site: Site) -> Value:
        """What `with value as …` gives."""
        return self

    def left(self, site: Site) -> None:
        """What happens at the end of its `with`."""

    def passed(self, name: str, arguments: Arguments, site: Site) -> Value | None:
        """What a method `name` gives of something that nobody knows, when this is its first argument."""
        return None

    def moved(self, after: Mapping[object, object], site: Site) -> Value:
        """What it is where a run on its own has given it; `after` is what that remembered at its end."""
        return self

    def kept(self) -> Value:
        """What may be said of it when it is found again in an attribute, after nobody knows what."""
        return self

    def left_behind(self, after: Mapping[object, object]) -> Value:
        """What it is to others once the run is over that kept it; `after` is what was remembered by then."""
        return self

    def written(self, name: str, value: Value, site: Site) -> None:
        """`value.name = …` happens; the name is empty where nobody knows it, as in a loop of `setattr`."""

    def rewritten(self, name: str) -> Value:
        """What a name stands for that stood for it, once `value.name = …` has happened."""
        return self

    @property
    def parts(self) -> tuple[Value, ...] | None:
        """Its items one by one, where it is as good as a tuple."""
        return None

    def injected(self, site: Site) -> Value | None:
        """What a framework passes for a parameter that has this as default or in its annotation."""
        return None

    def is_a(self, other: Value, site: Site) -> bool | None:
        """Whether it is of the class that another value is an object of; None where nobody can tell."""
        return True if self.kind is not None and self.kind == getattr(other, "kind", None) else None

    def inherited(self, name: str, arguments: Arguments, site: Site) -> Value:
        """What `super().name(…)` gives, where no class of the project has the method."""
        return UNKNOWN

    def chosen(self, operator: str, operands: tuple[Value, ...], site: Site) -> Value | None:
        """What `and` or `or` makes of it and what follows; None where they ask for nothing but its truth."""
        return None

    def united(self, options: tuple[Value, ...]) -> Value:
        """What stands for too many options to follow one by one, of which this is the first."""
        return UNKNOWN

    def operated(self, operator: str, operands: tuple[Value, ...], site: Site) -> Value:
        """What an operator makes of it and others: `value + 1`, `value == other`."""
        return UNKNOWN


class SelfMade(Behaviour, frozen=True):
    """A class that stands for its objects, too: nothing that is known of them differs."""

    is_noted = False

    def call(self, arguments: Arguments, site: Site) -> Value:
        """Its object."""
        return self

    def instance(self, site: Site) -> Value:
        """Its object, that an annotation promises."""
        return self
