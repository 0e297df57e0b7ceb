"""What functions hand out by the way that values take: a row of a query, however many hands it went through.

What a caller passes in is not handed out: it was on the caller's side of the border already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Await, Call, Expression
from archlint.frameworks.data_flow import DataFlow
from archlint.frameworks.framework_names import may_be_followed
from archlint.frameworks.places.expressions import begin, place
from archlint.project.classes import ProjectClass
from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.builtins.dumping import is_dataclass
from archlint.project.flow.builtins.records import items_of
from archlint.project.flow.trace import Called, Trace
from archlint.project.flow.values import Entries, Items, Many, Object, Pending, Value, something
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.objects.appearances import Appearance
from archlint.project.objects.raised_types import Type
from archlint.project.objects.values import Values, called_function
from archlint.project.spans import Span, name_span

if TYPE_CHECKING:
    from archlint.project.project import Project

_DEEPEST = 4
"""How deep a type is looked for in lists of lists."""


class HandedValues:
    """What every function hands out, and what it gets from functions of other modules."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._functions = project.view(Functions)
        self._values = project.view(Values)
        self._asked: set[ProjectFunction] = set()
        self._out: dict[ProjectFunction, dict[object, Appearance]] = {}
        self._got: dict[ProjectFunction, dict[object, tuple[Called, ProjectFunction]]] = {}
        for trace in project.view(DataFlow).traces():
            if trace.function is not None:
                self._note(trace, trace.function)

    @classmethod
    def build(cls, project: Project) -> HandedValues:
        """The view of a project."""
        return cls(project)

    def out_of(self, function: ProjectFunction) -> tuple[Appearance, ...]:
        """What a function returns or yields, be it what another one has returned to it."""
        if function not in self._asked:
            self._asked.add(function)
            own = self._out.setdefault(function, {})
            for expression in self._functions.summary(function).returns:
                span = name_span(expression) or _span(expression)
                for given in self._returned_to(function, expression):
                    found = Appearance(given.type, "returns", function.name, span, others=given.others)
                    own.setdefault((span, (given.type, *given.others)), found)
        return tuple(self._out[function].values())

    def _returned_to(self, function: ProjectFunction, expression: Expression) -> tuple[Appearance, ...]:
        """What the call hands out that an expression is: `self.orders.find()`, whoever has made those."""
        call = expression.value if isinstance(expression, Await) else expression
        called = called_function(self._values.callee(function, call)) if isinstance(call, Call) else None
        return () if called is None or called.fact.is_generator else self.out_of(called)

    def got_by(self, function: ProjectFunction) -> Iterator[Appearance]:
        """What a function gets from functions of other modules."""
        for called, source in self._got.get(function, {}).values():
            span = name_span(called.form.function)
            if span is None:
                continue
            for given in self.out_of(source):
                yield Appearance(given.type, "gets", function.name, span, source, given.others)

    def _note(self, trace: Trace, function: ProjectFunction) -> None:
        given = {types for _, value in _passed(trace, function) for types in self._types(value)}
        for expression, value in self._results(trace, function):
            for types in self._types(value):
                if types not in given:
                    span = name_span(expression) or _span(expression)
                    found = Appearance(types[0], "returns", function.name, span, others=types[1:])
                    self._out.setdefault(function, {}).setdefault((span, types), found)
        for event in trace.events:
            inside = event.trace.function if isinstance(event, Called) and event.trace is not None else None
            if isinstance(event, Called) and inside is not None and inside.module is not function.module:
                self._got.setdefault(function, {}).setdefault((event.form, inside), (event, inside))

    def _results(self, trace: Trace, function: ProjectFunction) -> Iterator[tuple[Expression, Value]]:
        """What a run returns, each with the expression that gives it; a generator what it yields first."""
        summary = self._functions.summary(function)
        if trace.yielded is not None and summary.yields:
            yield summary.yields[0], trace.yielded
        by_line = {begin(expression)[0]: expression for expression in reversed(summary.returns)}
        for way_out in trace.exits:
            near = [line for line in by_line if line >= way_out.line]
            if way_out.how == "return" and near:
                yield by_line[min(near)], way_out.value

    def _types(self, value: Value) -> Iterator[tuple[Type, ...]]:
        return types_in(self._project, value)


def types_in(project: Project, value: Value, depth: int = 0) -> Iterator[tuple[Type, ...]]:
    """The classes of the objects that a value is or holds, each under all names that are known of it."""
    if depth > _DEEPEST:
        return
    for option in something(value):
        if isinstance(option, Object):
            yield (option.of,)
        elif isinstance(option, Behaviour):
            types = option.types(project)
            if types:
                yield types
        for held in (*_contents(option), *_fields(project, option)):
            yield from types_in(project, held, depth + 1)


def may_be_handed(project: Project, names: Iterable[str]) -> bool:
    """Whether the data flow may know more of some types than annotations and constructors tell."""
    own = {module.name.partition(".")[0] for module in project.modules}
    return any(may_be_followed(name) or name.partition(".")[0] in own for name in names)


def _span(expression: Expression) -> Span:
    """As far as facts tell it; an expression whose end they lack ends with its line."""
    start, end = begin(expression), place(expression)
    return (*start, *end) if start < end else (*start, 0, 0)


def _contents(value: Value) -> tuple[Value, ...]:
    if isinstance(value, Behaviour):
        return value.contents
    if isinstance(value, Items):
        return value.items
    if isinstance(value, Entries):
        return (*(held for _, held in (*value.values, *value.others)), value.rest)
    if isinstance(value, Many):
        return (value.of,)
    return (value.value,) if isinstance(value, Pending) else ()


def _fields(project: Project, value: Value) -> tuple[Value, ...]:
    """What an object carries for everybody that is made to carry something: a dataclass, a named tuple."""
    if not isinstance(value, Object):
        return ()
    if isinstance(value.of, ProjectClass) and is_dataclass(value.of):
        return tuple(held for name, held in value.fields if not name.startswith("_"))
    carried = items_of(value, project)
    return () if carried is None else carried.items


def _passed(trace: Trace, function: ProjectFunction) -> tuple[tuple[str, Value], ...]:
    """What a caller has passed, the object itself left out whose method it is."""
    return tuple(each for each in trace.arguments or () if each[0] != function.receiver)
