"""Following values through a project: the runs of its modules, classes and functions, each made once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from archlint.facts.expressions import Comparison, Operation
from archlint.facts.imports import Import
from archlint.facts.statements import Statement
from archlint.project.answer import UNKNOWN, Definition, External, Folder
from archlint.project.classes import ProjectClass, class_itself
from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.builtins import containers, enumerations, taking
from archlint.project.flow.builtins import names as builtin
from archlint.project.flow.builtins.records import fields_of
from archlint.project.flow.calls import calling
from archlint.project.flow.calls.dispatching import Dispatch
from archlint.project.flow.calls.inner import around
from archlint.project.flow.calls.passed_generators import PassedGenerators
from archlint.project.flow.calls.stopping import never_returning
from archlint.project.flow.calls.trying import tried
from archlint.project.flow.classes.composed import Composed
from archlint.project.flow.classes.heirs import run_for_heirs
from archlint.project.flow.classes.members import Objects
from archlint.project.flow.classes.promises import Promises, is_scalar
from archlint.project.flow.conditions.asked_kinds import AskedKinds
from archlint.project.flow.kept.shelves import Shelves
from archlint.project.flow.kept.standing import Standing
from archlint.project.flow.names import Names
from archlint.project.flow.path import Path
from archlint.project.flow.place import Place
from archlint.project.flow.run import Run
from archlint.project.flow.runs import Runs
from archlint.project.flow.semantics import Semantics
from archlint.project.flow.trace import Trace
from archlint.project.flow.values import (
    NONE,
    Arguments,
    Closure,
    Constant,
    Deferred,
    Either,
    Method,
    Object,
    Pending,
    Value,
    joined,
)
from archlint.project.functions import ProjectFunction
from archlint.project.module import Module

if TYPE_CHECKING:
    from archlint.project.project import Project


class Flow:
    """Runs what is asked for. `semantics` are what the frameworks know, asked in their order."""

    def __init__(self, project: Project, semantics: tuple[Semantics, ...]) -> None:
        self.project = project
        self.semantics = semantics
        self.spelled = tuple(sorted({name for one in semantics for name in one.spelled}))
        self.never_returning = never_returning(semantics, project.modules)
        self.failing = frozenset[str]().union(*[one.failing for one in semantics])
        self.names = Names(self)
        self.objects = Objects(self)
        self.shelves = Shelves(self, PassedGenerators(self))
        self.standing = Standing(self)
        self.asked_kinds = AskedKinds()
        self.promises = Promises(self)
        self.calls = calling.Calls(self)
        self.composed = Composed(self)
        self.dispatch = Dispatch(self)
        self.runs = Runs()
        self._made: dict[int, Trace] = {}
        self.written: set[str] = set()
        """Every name that some run so far has set as an attribute of nobody knows what."""

        self._modules: dict[Module, Trace] = {}
        self._classes: dict[ProjectClass, Trace] = {}
        self._roots: dict[ProjectFunction, Trace] = {}
        self._functions: dict[ProjectFunction, Value] = {}
        self._sites: dict[Module, Place] = {}

    # -- runs

    def traces(self, module: Module) -> Iterator[Trace]:
        """Every run that starts in a file: its body, its classes, its functions on their own."""
        yield self.module_trace(module)
        for index in range(len(module.classes)):
            yield self.class_trace(ProjectClass(module, index))
        for index in range(len(module.functions)):
            function = ProjectFunction(module, index)
            yield self.root(function)
            if function.fact.decorators:
                yield from self.entries(function)

    def run_heirs(self) -> None:
        """Run what classes inherit and fill in, once everything has been run on its own."""
        run_for_heirs(self, self.project.modules)
        self.composed.run()

    def new(self, trace: Trace) -> Trace:
        """Keep a run that begins."""
        self._made[id(trace)] = trace
        return trace

    @property
    def made(self) -> tuple[Trace, ...]:
        """Every run so far."""
        return tuple(self._made.values())

    def module_trace(self, module: Module) -> Trace:
        """What happens when a module is imported."""
        trace = self._modules.get(module)
        if trace is not None:
            self.runs.asked(trace)
            return trace
        trace = self._modules[module] = Trace(module, None)
        return self._body(trace, module, module.body, partial(self._modules.pop, module))

    def class_trace(self, cls: ProjectClass) -> Trace:
        """What happens when the body of a class runs."""
        trace = self._classes.get(cls)
        if trace is not None:
            self.runs.asked(trace)
            return trace
        trace = self._classes[cls] = Trace(cls.module, None, cls.fact.qualname)
        body = cls.module.statements(cls.fact)
        return self._body(trace, cls, body, partial(self._classes.pop, cls))

    def root(self, function: ProjectFunction) -> Trace:
        """What a function does, whoever calls it: its parameters are what their annotations promise."""
        if function not in self._roots:
            outer = around(function)
            if outer is not None and outer not in self._roots:
                self.root(outer)  # which runs what it defines, too
        return self.run_inner(Closure(function))

    def run_all(self, functions: Iterable[ProjectFunction]) -> None:
        """Run functions on their own, each time somebody rests on it: they may have to be made anew."""
        for function in functions:
            self.root(function)

    def is_running(self, function: ProjectFunction) -> bool:
        """Whether what a function does is being found out."""
        return self.runs.is_going_on(self._roots.get(function))

    def run_inner(self, closure: Closure) -> Trace:
        """The run of a function inside a function, with the names around it."""
        function = closure.function
        trace = self._roots.get(function)
        if trace is not None:
            self.runs.asked(trace)
            return trace
        trace = self._roots[function] = self.new(Trace(function.module, function))
        execute = partial(self.calls.run_alone, trace, closure)
        self.runs.run(trace, function, execute, partial(self._drop, self._roots, function))
        return trace

    def _body(
        self,
        trace: Trace,
        name: Module | ProjectClass,
        body: tuple[Statement, ...],
        forget: Callable[[], Trace],
    ) -> Trace:
        self.new(trace)
        run = Run(self, trace, Path({}, {}))
        trace.names = run.path.names  # whoever asks while it runs sees what is there by then
        self.runs.run(trace, name, partial(run.whole, body), lambda: self.unmade(forget()))
        return trace

    def _drop(self, kept: dict[ProjectFunction, Trace], function: ProjectFunction) -> None:
        self.unmade(kept.pop(function))

    def unmade(self, trace: Trace) -> None:
        """Forget a run that knew too little."""
        del self._made[id(trace)]

    def entries(self, function: ProjectFunction) -> Iterator[Trace]:
        """The run of a decorated function as callers see it: through the project's own decorators."""
        value = self.function_value(function)
        if isinstance(value, Closure) and value.function != function:
            site = self.site(function.module)
            site.path.state = {}  # nothing is remembered of the last call
            _, trace = self.calls.invoke(site, value, Arguments(is_open=True))
            if trace is not None:
                yield trace

    def site(self, module: Module) -> Place:
        """A place at the end of a module."""
        site = self._sites.get(module)
        if site is None:
            trace = Trace(module, None)
            site = self._sites[module] = Run(self, trace, Path(self.module_trace(module).names, {}))
        return site

    # -- names

    def name(self, trace: Trace, name: str) -> Value:
        """What a name stands for that a body does not bind itself."""
        return self.names.of_module(trace.module, name)

    def imported(self, module: Module, fact: Import) -> Value:
        """What an import binds."""
        return self.names.imported(module, fact)

    def module_value(self, module: Module, name: str) -> Value:
        """What a name of a module stands for when the module has run."""
        return self.module_trace(module).names.get(name, UNKNOWN)

    def class_names(self, cls: ProjectClass) -> dict[str, Value]:
        """What the names of a class body stand for."""
        return self.class_trace(cls).names

    def class_value(self, module: Module, index: int) -> Value:
        """A class of the project as a value."""
        return self.names.of_class(ProjectClass(module, index))

    def function_value(self, function: ProjectFunction) -> Value:
        """A function of the project as a value, its decorators applied."""
        known = self._functions.get(function)
        if known is not None:
            return known
        value, is_settled = self.runs.watched(lambda: self._function_value(function))
        if is_settled:
            self._functions[function] = value
        return value

    def _function_value(self, function: ProjectFunction) -> Value:
        return self.names.of_function(function) or self.calls.decorated(Closure(function), None)

    def decorated(self, closure: Closure, run: Place) -> Value:
        """What a decorated function is."""
        return self.calls.decorated(closure, run)

    def name_of(self, value: Value) -> str:
        """The dotted name of a class, function or thing outside the project; empty for all else."""
        if isinstance(value, (External, Definition)):
            return value.name
        return value.function.name if isinstance(value, Closure) else ""

    # -- what values give

    def attribute(self, site: Place, of: Value, name: str) -> Value:
        """What `value.name` is."""
        if isinstance(of, Behaviour):
            found = of.attribute(name, site)
            return Method(of, name) if found is UNKNOWN and of.has_method(name) else found
        if isinstance(of, Either):
            return self.joined(of, lambda option: self.attribute(site, option, name))
        if isinstance(of, (Module, Folder)):
            return self.names.attribute(of, name)
        if isinstance(of, External):
            return self.names.outside(f"{of.name}.{name}")
        if isinstance(of, Object):
            return self.objects.attribute(of, name, site)
        if isinstance(of, Definition):
            cls = class_of(of)
            return UNKNOWN if cls is None else self.objects.of_class(cls, name, site)
        # A text has no `value`, so it is that of a member of an enumeration.
        return of if isinstance(of, Constant) and name == "value" else UNKNOWN

    def method(
        self, site: Place, of: Value, name: str, arguments: Arguments
    ) -> tuple[Value, Trace | None, Value]:
        """What `value.name(…)` gives, what happened inside, and what was called."""
        if isinstance(of, Behaviour):
            site.inside = None
            result = of.method(name, arguments, site)
            return result, site.inside, UNKNOWN
        if isinstance(of, Either):
            known = [option for option in of.options if option != NONE]
            if len(known) == 1:
                return self.method(site, known[0], name, arguments)
            asked = tried(self.joined, of, site, lambda each: self.method(site, each, name, arguments)[:2])
            return (*asked, UNKNOWN)
        site.inside = None
        found = containers.method(self, site, of, name, arguments)
        if found is None and name == "_asdict":
            found = fields_of(of, self.project)
        if found is not None:
            return found, site.inside, UNKNOWN
        callee = self.attribute(site, of, name)
        result, trace = self.called(site, callee, arguments)
        return result, trace, callee

    def called(self, site: Place, callee: Value, arguments: Arguments) -> tuple[Value, Trace | None]:
        """What a call gives, and what happened inside where a function of the project was called."""
        if callee is UNKNOWN:
            return UNKNOWN, None
        if isinstance(callee, Behaviour):
            site.inside = None
            result = callee.call(arguments, site)
            return result, site.inside
        if isinstance(callee, Method):
            return callee.receiver.method(callee.name, arguments, site), None
        if isinstance(callee, Closure):
            return self.calls.invoke(site, self.dispatch.chosen(callee, arguments), arguments)
        if isinstance(callee, External):
            site.inside = None
            return builtin.called(self, site, callee, arguments), site.inside
        if isinstance(callee, Deferred):
            return site.applied(callee, arguments), None
        cls = class_of(callee)
        if cls is not None:
            return self.calls.construct(site, cls, arguments)
        if isinstance(callee, Either):
            known = [option for option in callee.options if option != NONE]
            if len(known) == 1:
                return self.called(site, known[0], arguments)
            return tried(self.joined, callee, site, lambda option: self.called(site, option, arguments))
        if isinstance(callee, Object):
            return self.called(site, self.attribute(site, callee, "__call__"), arguments)
        return UNKNOWN, None

    def gone_through(self, value: Value) -> Value:
        """What a loop over a value goes through."""
        return enumerations.gone_through(self, value)

    def each(self, value: Value, site: Place) -> Value:
        """One of what an iteration gives."""
        return taking.each(self, value, site)

    def item(self, value: Value, index: Value, site: Place) -> Value:
        """What `value[index]` gives."""
        if isinstance(value, External):
            return builtin.subscribed(self, site, value, index)
        return taking.item(self, value, index, site)

    def awaited(self, value: Value, site: Place) -> Value:
        """What `await value` gives."""
        if isinstance(value, Behaviour):
            return value.awaited(site)
        if isinstance(value, Either):
            return self.joined(value, lambda option: self.awaited(option, site))
        return value.value if isinstance(value, Pending) else UNKNOWN

    def operated(self, form: Operation | Comparison, values: tuple[Value, ...], site: Place) -> Value:
        """What an operator makes of values of which a framework knows one."""
        operator = form.operator if isinstance(form, Operation) else form.operators[0]
        for value in values:
            if isinstance(value, Behaviour):
                return value.operated(operator, values, site)
        return UNKNOWN

    def instance_of(self, cls: Value, site: Place, arguments: tuple[Value, ...] = ()) -> Value:
        """An object of a class."""
        if isinstance(cls, builtin.Alias):
            return cls.instance(site)
        if is_scalar(cls):
            return UNKNOWN
        for semantics in self.semantics:
            key = class_of(cls) or (cls.name if isinstance(cls, External) else None)
            found = semantics.instance(key, arguments) if key is not None else None
            if found is not None:
                return found
        if isinstance(cls, Behaviour):
            return cls.instance(site)
        owner = class_of(cls)
        if owner is not None:
            return Object(owner)
        return Object(cls) if isinstance(cls, External) else UNKNOWN

    def kind_of(self, value: Value) -> object:
        """What tells objects of one class from those of another; None where nothing does."""
        if isinstance(value, Behaviour):
            return value.kind
        return value.of if isinstance(value, Object) else None

    def injected(self, value: Value, site: Place) -> Value | None:
        """What a framework passes for a parameter with this default or annotation."""
        return value.injected(site) if isinstance(value, Behaviour) else None

    def stored(self, site: Place, receiver: Value, name: str, value: Value) -> None:
        """`receiver.name = value` in some body."""
        self.calls.stored(site, receiver, name, value)

    def awaited_if_pending(self, value: Value) -> Value:
        """A coroutine's value, anything else as it is."""
        return value.value if isinstance(value, Pending) else value

    def joined(self, of: Either, ask: Callable[[Value], Value]) -> Value:
        """What all that a value may be gives, besides None."""
        found: Value | None = None
        for option in of.options:
            if option != NONE:
                value = UNKNOWN if option is UNKNOWN else ask(option)
                found = value if found is None else joined(found, value)
        return UNKNOWN if found is None else found


def class_of(value: Value) -> ProjectClass | None:
    """The class of the project that a value is."""
    return value.cls if isinstance(value, Behaviour) else class_itself(value)
