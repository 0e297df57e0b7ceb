"""Where a run stands: what it is in, what names stand for there, and what is remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.facts.expressions import Expression, Literal
from archlint.project.flow.kept.shelves import Shelf
from archlint.project.flow.path import Path
from archlint.project.flow.trace import Context, Loop

if TYPE_CHECKING:
    from archlint.project.classes import ProjectClass
    from archlint.project.flow.flow import Flow
    from archlint.project.flow.trace import Trace
    from archlint.project.flow.values import Arguments, Cells, Deferred, Value
    from archlint.project.functions import ProjectFunction
    from archlint.project.module import Module
    from archlint.project.project import Project


NO_CONTEXT = Context()


class Place:
    """A point of a run. It is the `Site` that behaviours are given."""

    def __init__(self, flow: Flow, trace: Trace, path: Path, cells: Cells | None) -> None:
        self.flow = flow
        self.trace = trace
        self.path = path
        self.cells = cells
        self.context = NO_CONTEXT
        self.known = flow.names.known(trace.module)
        """What names of the module stand for that somebody has asked for."""

        self.inside: Trace | None = None
        """The last run that a behaviour led to."""

        self.besides: tuple[Trace, ...] = ()
        """The other runs that the last call may have led to."""

        self.holds = False
        """Whether something was set on what an attribute stands for."""

        self._postponed: list[tuple[dict[str, Value], Callable[[], object]]] = []
        """What happens once the body has been left, and what names stand for there."""

        self._applying = 0
        """Lambdas that are being called, one inside the other."""

        self._form: Expression = Literal(None, 0, 0)

    def other_ways(self) -> tuple[Trace, ...]:
        """The other runs that the last call may have led to, told once."""
        found, self.besides = self.besides, ()
        return found

    @property
    def project(self) -> Project:
        """The project."""
        return self.flow.project

    @property
    def module(self) -> Module:
        """The file."""
        return self.trace.module

    @property
    def function(self) -> ProjectFunction | None:
        """The function, or None at the level of a module or class."""
        return self.trace.function

    @property
    def form(self) -> Expression:
        """The expression that is being evaluated."""
        return self._form

    def call(self, callee: Value, arguments: Arguments) -> Value:
        """What a call would give, with all its effects."""
        result, self.inside = self.flow.called(self, callee, arguments)
        return result

    def call_elsewhere(self, callee: Value, arguments: Arguments) -> Value:
        """The same where another thread makes the call: what it does is not done here."""
        context = self.context
        self.context = replace(context, deferred=True)
        result = self.call(callee, arguments)
        self.context = context
        return result

    def later(self, action: Callable[[], object]) -> None:
        """Have something happen once the function is over that runs here."""
        self._postponed.append((dict(self.path.names), action))

    def afterwards(self, state: Mapping[object, object]) -> None:
        """Have happen what waits for the end of the body; `state` is what is remembered by then."""
        for names, action in self._postponed:
            self.path = Path(names, state)
            action()

    @contextmanager
    def looping(self, loop: Loop) -> Iterator[None]:
        """In a loop around what happens inside."""
        context = self.context
        self.context = replace(context, loops=(*context.loops, loop))
        yield
        self.back_in(context)

    def back_in(self, context: Context) -> None:
        """At the end of a loop or a branch; what an `ExitStack` was given in it stays open."""
        managers = self.context.managers
        self.context = context if managers is context.managers else replace(context, managers=managers)

    def of_given(self, name: str, value: Value, form: Expression) -> Value:
        """What an expression gives in which a name stands for a value."""
        names = self.path.names
        self.path.names = {**names, name: value}
        result = self.of(form)
        self.path.names = names
        return result

    def inherited(self, of: Value, cls: ProjectClass, name: str, arguments: Arguments) -> Value:
        """What a method gives that `cls` has from a base outside the project."""
        return self.flow.objects.inherited(of, cls, name, arguments, self)

    def own(self, cls: ProjectClass, receiver: Value, name: str) -> Value:
        """What a class of the project gives to its instances by a name; methods are bound to `receiver`."""
        return self.flow.objects.of_instance(cls, receiver, name, self)

    def own_of_class(self, cls: ProjectClass, name: str) -> Value:
        """What a class of the project has itself by a name."""
        return self.flow.objects.of_class(cls, name, self)

    def provided(self, provider: Value) -> Value:
        """What a framework gets that calls a function for its value, a generator for what it yields."""
        return self.flow.calls.provided(self, provider)

    def attribute(self, of: Value, name: str) -> Value:
        """What reading an attribute would give."""
        return self.flow.attribute(self, of, name)

    def put_aside(self, shelf: tuple[str, str], value: Value) -> None:
        """Put something where others find it, by the name and the key of the place."""
        self.flow.shelves.put_aside(self.trace, Shelf(*shelf), value)

    def aside(self, shelf: tuple[str, str], word: str, *others: str) -> Value:
        """What anybody has put there; whoever does has some words in its body."""
        return self.flow.shelves.aside(Shelf(*shelf), word, *others)

    def state(self, key: object) -> object | None:
        """What is remembered about something at this point of the run."""
        return self.path.state.get(key)

    def remember(self, key: object, state: object) -> None:
        """Remember something from this point of the run on."""
        self.path.remember(key, state)

    def of(self, form: Expression) -> Value:
        """What an expression gives."""
        raise NotImplementedError

    def iterated(self, form: Expression, value: Value, is_async: bool = False) -> Value:
        """One of the values that an iteration gives."""
        raise NotImplementedError

    def applied(self, function: Deferred, arguments: Arguments) -> Value:
        """What the call of a lambda gives."""
        raise NotImplementedError

    def filled(self, target: Expression, value: Value) -> None:
        """What a target stands for holds more from here on."""
        raise NotImplementedError

    def bind(self, target: Expression, value: Value, line: int = 0) -> None:
        """Give a value to a target."""
        raise NotImplementedError
