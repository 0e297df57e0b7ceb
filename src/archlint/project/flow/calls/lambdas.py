"""Lambdas: what one is where it stands, and what it gives where it is called."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.facts.expressions import Lambda
from archlint.project.answer import UNKNOWN
from archlint.project.flow.path import Path
from archlint.project.flow.place import Place
from archlint.project.flow.telling import are_telling
from archlint.project.flow.trace import Trace
from archlint.project.flow.values import Arguments, Cells, Deferred, Value

if TYPE_CHECKING:
    from collections.abc import Iterator


class Lambdas(Place):
    """Evaluates lambdas, in a scope of their own."""

    @contextmanager
    def inside_scope(self) -> Iterator[None]:
        """A scope of its own for the names of a comprehension or lambda."""
        before, context = self.path, self.context
        self.path = before.copy()
        yield
        before.state = self.path.state
        self.path, self.context = before, context

    def _lambda(self, form: Lambda) -> Value:
        names = {**self.cells.names, **self.path.names} if self.cells is not None else self.path.names
        with self.inside_scope():
            self.context = replace(self.context, deferred=True)
            self.path.names.update(dict.fromkeys(form.parameters, UNKNOWN))
            value = self.of(form.body)
        return Deferred(value, form, self.trace.module, self.trace.function, Cells(names))

    def applied(self, function: Deferred, arguments: Arguments) -> Value:
        """What a lambda gives: run where it is called, and by itself where that is another file."""
        form = function.form
        if self._applying > 2 or not are_telling(arguments):
            return function.value
        given = dict(zip(form.parameters, arguments.positional, strict=False))
        given.update(arguments.named)
        names = {**function.cells.names, **{name: given.get(name, UNKNOWN) for name in form.parameters}}
        if function.module is not self.trace.module:
            return self._applied_at_home(function, names)
        before, cells = self.path, self.cells
        self.path, self.cells = Path(names, before.state), None
        self._applying += 1
        value = self.of(form.body)
        self._applying -= 1
        before.state, self.path, self.cells = self.path.state, before, cells
        return value

    def _applied_at_home(self, function: Deferred, names: dict[str, Value]) -> Value:
        """The same for a lambda of another file: what happens in it is told of the function it stands in."""
        if function.function is None:
            return function.value
        trace = self.flow.new(Trace(function.module, function.function, arguments=()))
        run = self.__class__(self.flow, trace, Path(names, self.path.state), None)
        run._applying = self._applying + 1
        value = run.of(function.form.body)
        self.path.state = run.path.state
        return value
