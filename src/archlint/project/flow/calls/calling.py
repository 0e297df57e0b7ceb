"""Calls of the project's own functions and classes: with what they are run, and what comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.definitions import Parameter
from archlint.facts.expressions import Call, Expression, Literal, says
from archlint.facts.statements import Statement
from archlint.project.answer import UNKNOWN, External
from archlint.project.classes import ClassHierarchy, ProjectClass
from archlint.project.flow.calls.binding import bound_arguments, chooses, fitting, is_short, is_written_down
from archlint.project.flow.calls.kept_arguments import kept_arguments
from archlint.project.flow.calls.returning import after_call, ends, given_back
from archlint.project.flow.calls.signatures import (
    Signature,
    is_kept,
    says_nothing,
    says_something,
    written_in,
)
from archlint.project.flow.classes.subclassing import HOOK
from archlint.project.flow.kept.growth import bounded
from archlint.project.flow.kept.own_fields import begin_with, set_own, take_over
from archlint.project.flow.moving import moved
from archlint.project.flow.path import Path
from archlint.project.flow.remembered import afterwards, begins_again
from archlint.project.flow.run import Run
from archlint.project.flow.telling import is_telling
from archlint.project.flow.trace import Trace
from archlint.project.flow.values import (
    NONE,
    Arguments,
    Closure,
    Entered,
    Managed,
    Many,
    Object,
    Value,
    any_of,
)
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.project.flow.flow import Flow
    from archlint.project.flow.place import Place

_MANAGERS = frozenset({"contextmanager", "asynccontextmanager"})
_DEEPEST = 10
"""Calls inside calls that are followed with their arguments."""

_RAISES = ("raises", "assertRaises", "assertRaisesRegex", "assertRaisesMessage")


class Calls:
    """Runs functions: alone, and with what their callers pass."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._runs: dict[ProjectFunction, dict[object, Trace]] = {}
        self._forgotten: dict[tuple[ProjectFunction, object], Callable[[], object]] = {}
        self._decorating: set[ProjectFunction] = set()
        self._signatures: dict[ProjectFunction, Signature] = {}
        self._wanting: dict[ProjectFunction, bool] = {}
        self._depth = 0
        self._hierarchy = flow.project.view(ClassHierarchy)

    def run_alone(self, trace: Trace, closure: Closure) -> None:
        """Run a function whose caller is not known, and the functions that it defines."""
        run = Run(self._flow, trace, Path({}, {}), closure.cells)
        for parameter in closure.function.fact.parameters:
            run.path.names[parameter.name] = self._promised(closure.function, parameter, run)
        self._run(run, closure)
        for inner in run.inner:
            self._flow.run_inner(inner)

    def invoke(
        self, site: Place, closure: Closure, arguments: Arguments, *, is_told: bool = False
    ) -> tuple[Value, Trace | None]:
        """Call a function of the project. `is_told`: what is passed tells something, whatever it is."""
        function = closure.function
        if self._signature(function).makes_manager:
            return Managed(closure, arguments), None
        trace = self._trace(site, closure, arguments, is_told=is_told)
        if trace is not None and not trace.before and begins_again(site.path.state, trace.after):
            trace = self._trace(site, closure, arguments, is_told=True)
        if trace is None:
            return UNKNOWN, None
        before, site.path.state = site.path.state, after_call(trace, site.path.state)
        is_chosen = trace.arguments is None and chooses(closure, arguments)
        result = UNKNOWN if is_chosen else given_back(function, trace)
        take_over(site, trace)
        if before and trace.arguments is None and is_telling(trace.result):
            result = moved(result, trace.after, site)
        return result, trace

    def construct(self, site: Place, cls: ProjectClass, arguments: Arguments) -> tuple[Value, Trace | None]:
        """Make an object of a class of the project."""
        made = self._flow.objects.made(cls, arguments, site)
        if not isinstance(made, Object):
            return made, None
        found = self._flow.objects.member(cls, "__init__")
        if found is None or found[1].kind is not Kind.FUNCTION:
            return self._flow.composed.kept(
                Object(cls, (*made.fields, *kept_arguments(self._flow, cls, arguments)))
            ), None
        constructor = Closure(ProjectFunction(found[0].module, found[1].index), made)
        trace = self._trace(site, constructor, arguments, with_defaults=True)
        if trace is None:
            return made, None
        site.path.state = after_call(trace, site.path.state)
        if trace.arguments is None:
            return made, trace
        fields = tuple((name, value) for name, value in trace.fields.items() if is_kept(value))
        return self._flow.composed.kept(Object(cls, fields)), trace

    def managed(self, site: Place, manager: Managed) -> Entered:
        """Enter a context manager that a generator function makes."""
        trace = self._trace(site, manager.function, manager.arguments)
        if trace is not None and not trace.before and begins_again(site.path.state, trace.at_yield):
            trace = self._trace(site, manager.function, manager.arguments, is_told=True)
        site.inside = trace
        if trace is None:
            return Entered(UNKNOWN, lambda: None)
        before = site.path.state
        site.path.state = {**before, **trace.at_yield} if trace.before else afterwards(before, trace.at_yield)

        def leave() -> None:
            changed = {k: v for k, v in trace.after.items() if trace.at_yield.get(k) != v}
            if changed:
                site.path.state = {**site.path.state, **changed}

        return Entered(UNKNOWN if trace.yielded is None else trace.yielded, leave)

    def provided(self, site: Place, provider: Value) -> Value:
        """What a framework gets that calls a function for its value: a generator gives what it yields."""
        if not isinstance(provider, Closure):
            result, _ = self._flow.called(site, provider, Arguments())
            return self._flow.awaited_if_pending(result)
        trace = self._trace(site, provider, Arguments())
        if trace is None:
            return UNKNOWN
        before = site.trace.provided_by()
        site.trace.providers.append(trace)
        value = trace.result if trace.yielded is None else trace.yielded
        if trace.function in before:
            return value  # it is asked once for each request
        if trace.yielded is not None:
            site.path.state = {**site.path.state, **trace.at_yield}
        elif before.isdisjoint(trace.provided_by()):
            site.path.state = after_call(trace, site.path.state)
        else:
            site.path.state = {**site.path.state, **trace.after}  # of what they have in common
        return value

    def decorated(self, closure: Closure, site: Place | None) -> Value:
        """What a function is once its decorators have been applied.

        Those of the project are called; those from outside are taken to hand the function on.
        """
        function = closure.function
        if not function.fact.decorators:
            return closure
        if function in self._decorating:
            return closure  # a decorator that uses what it decorates
        self._decorating.add(function)
        value: Value = closure
        site = site or self._flow.site(function.module)
        for decorator in reversed(function.fact.decorators):
            value = self._applied(site, decorator, value)
        self._decorating.discard(function)
        return value

    def _applied(self, site: Place, decorator: Expression, value: Value) -> Value:
        maker = site.of(decorator)
        if isinstance(decorator, Call) and not isinstance(maker, Closure):
            return value
        if not isinstance(maker, Closure):
            return value
        result, _ = self._flow.called(site, maker, Arguments((value,)))
        if isinstance(result, Object):
            return result  # its class says in `__call__` what becomes of the arguments
        return result if isinstance(result, Closure) else value

    def stored(self, site: Place, receiver: Value, name: str, value: Value) -> None:
        """`receiver.name = value`: kept for the class where a method does it to its own object."""
        function = site.function
        if function is None or function.fact.owner < 0:
            return
        if function.fact.name == HOOK and receiver == site.trace.receiver:
            site.trace.fields[name] = value
        if not isinstance(receiver, Object) and not self._is_own_class(function, receiver):
            return
        trace = site.trace
        if trace.receiver is not None and receiver == trace.receiver:
            set_own(site, name, value)
        if trace.arguments is None:
            self._flow.objects.own.store(trace, function, name, value)

    def _is_own_class(self, function: ProjectFunction, receiver: Value) -> bool:
        """Whether a class method is told to set something on its own class: what its instances have, too."""
        if "classmethod" not in function.decorators:
            return False
        return receiver == self._flow.names.of_class(ProjectClass(function.module, function.fact.owner))

    # -- runs

    def _trace(
        self,
        site: Place,
        closure: Closure,
        arguments: Arguments,
        *,
        with_defaults: bool = False,
        is_told: bool = False,
    ) -> Trace | None:
        """The run of a call: on its own where the arguments say nothing, else with them.

        `with_defaults`: to pass nothing says something where there are defaults, as where a module calls.
        """
        function = closure.function
        signature = self._signature(function)
        counts_defaults = (with_defaults or site.function is None) and not arguments.is_open
        is_told = is_told or closure.cells is not None
        is_plain = not is_told and not (counts_defaults and signature.optional)
        if is_plain and says_nothing(signature, closure, arguments):
            return self._flow.root(function)
        passed, is_open = bound_arguments(closure, arguments)
        is_told |= counts_defaults and not signature.optional <= {name for name, _ in passed}
        is_told = is_told or says_something(signature, passed)
        if closure.cells is None and (not is_told or is_short(closure, arguments, passed)):
            return self._flow.root(function)
        if closure.cells is None and site.function is not None and self._wants_failure(site.function):
            return self._flow.root(function)
        state = site.path.state
        runs = self._runs.setdefault(function, {})
        key = (passed, closure.cells, frozenset(state.items()) if state else None)
        trace = runs.get(key)
        if trace is not None:
            self._flow.runs.asked(trace)
            return trace
        if self._depth >= _DEEPEST or signature.is_run_enough(len(runs)):
            return self._flow.root(function) if closure.cells is None else None
        trace = Trace(function.module, function, arguments=passed, before=state)
        trace.caller = (site.trace, site.form) if isinstance(site.form, Call) else None
        return self._make(trace, closure, key, is_open=is_open)

    def _make(self, new: Trace, closure: Closure, key: object, *, is_open: bool) -> Trace:
        """Run a function with what is passed. `is_open`: it may be passed more."""
        function, state = closure.function, new.before
        signature, runs = self._signature(function), self._runs[function]
        trace = runs[key] = self._flow.new(new)
        run = Run(self._flow, trace, Path({}, state), closure.cells)
        given = dict(trace.arguments or ())
        for parameter in function.fact.parameters if not is_open else ():
            if parameter.name not in given and parameter.default is not None:
                given[parameter.name] = self._by_default(parameter.default, run)  # nobody passes another
        for parameter in function.fact.parameters:
            value = given.get(parameter.name, UNKNOWN)
            if value is UNKNOWN or (value == NONE and parameter.annotation is not None and is_open):
                value = self._promised(function, parameter, run)
            names = signature.annotated.get(parameter.name, _NOBODY)
            run.path.names[parameter.name] = bounded(fitting(value, names, self._hierarchy))
        self._depth += 1
        try:
            forget = partial(self._forget, closure, key, is_open=is_open)
            self._flow.runs.run(trace, (function, key), partial(self._run, run, closure), forget)
        finally:
            self._depth -= 1
        return trace

    def make_again(self) -> None:
        """Make the runs anew that were forgotten, and that nobody has asked for since."""
        while self._forgotten:
            (function, key), make = self._forgotten.popitem()
            if key not in self._runs[function]:
                make()

    def _wants_failure(self, function: ProjectFunction) -> bool:
        """Whether a function is a test of what must fail: what it passes is wrong on purpose."""
        known = self._wanting.get(function)
        if known is None:
            known = self._wanting[function] = function.module.mentions(function.fact, *_RAISES)
        return known

    def _forget(self, closure: Closure, key: object, *, is_open: bool) -> None:
        function = closure.function
        old = self._runs[function].pop(key)
        self._flow.unmade(old)
        again = Trace(old.module, function, arguments=old.arguments, before=old.before, caller=old.caller)
        self._forgotten[function, key] = partial(self._make, again, closure, key, is_open=is_open)

    def _run(self, run: Run, closure: Closure) -> None:
        trace, function = run.trace, closure.function
        receiver = self._signature(function).receiver
        if receiver:
            trace.receiver = run.path.names.get(receiver)
            begin_with(run, trace.receiver, self._flow.objects.own.sets(function))
        run.whole(_body(function))
        returned = [e for e in trace.exits if e.how != "raise"]
        trace.result = self._annotated(run, function, any_of([e.value for e in returned]))
        trace.after = ends([e.state for e in returned] or [e.state for e in trace.exits], trace.before)
        if trace.yielded is None:
            trace.at_yield = trace.after
        run.afterwards(trace.after)

    def _annotated(self, run: Run, function: ProjectFunction, result: Value) -> Value:
        """What a function returns, by its annotation where its body does not tell: `-> Session`, `...`."""
        fact, trace = function.fact, run.trace
        if fact.returns is None:
            return result
        if fact.is_generator:
            if trace.yielded is UNKNOWN:
                trace.yielded = self._flow.each(self._flow.promises.of(run, fact.returns), run)
            return result
        is_stub = result == NONE and not trace.events and all(e.how == "end" for e in trace.exits)
        if not (is_stub or result is UNKNOWN or isinstance(result, External)):
            return result
        return self._flow.promises.of(run, fact.returns)

    def _signature(self, function: ProjectFunction) -> Signature:
        signature = self._signatures.get(function)
        if signature is None:
            receiver, parameters = function.receiver, function.fact.parameters
            signature = self._signatures[function] = Signature(
                function,
                self._flow.spelled,
                receiver,
                self._own(function) if receiver else UNKNOWN,
                not _MANAGERS.isdisjoint(function.decorators),
                {p.name: written_in(p.annotation) for p in parameters if p.annotation is not None},
                _names(p.name for p in parameters if p.annotation is None and says(p.default, None)),
                next((p.name for p in parameters if p.kind == "double-star"), ""),
            )
        return signature

    def _own(self, function: ProjectFunction) -> Value:
        cls = self._flow.names.of_class(ProjectClass(function.module, function.fact.owner))
        is_class = "classmethod" in function.decorators or function.fact.name in _ON_CLASSES
        return cls if is_class else self._flow.instance_of(cls, self._flow.site(function.module))

    def _by_default(self, default: Expression, run: Run) -> Value:
        """What a parameter is by its default."""
        value = run.of(default) if is_written_down(default) else UNKNOWN
        if isinstance(value, External):
            return UNKNOWN
        given = self._flow.injected(value, run)
        return value if given is None else given

    def _promised(self, function: ProjectFunction, parameter: Parameter, run: Run) -> Value:
        """What a parameter is where no caller says it."""
        signature = self._signature(function)
        if signature.receiver and parameter.name == signature.receiver:
            return signature.own
        if parameter.kind == "star":
            return Many(UNKNOWN)
        if parameter.kind == "double-star":
            return UNKNOWN
        for semantics in self._flow.semantics:
            found = semantics.parameter(function, parameter, run)
            if found is not None:
                return found
        if parameter.default is not None and not isinstance(parameter.default, Literal):
            default = run.of(parameter.default)
            given = self._flow.injected(default, run)
            if given is not None:
                return given
            is_named = parameter.default.__class__ is not Call
            if is_named and (is_telling(default) or isinstance(default, Closure)):
                return default  # what it is where nobody passes another: `factory=SessionLocal`
        return self._flow.promises.of_parameter(run, function, parameter)


_ON_CLASSES = frozenset({"__new__", HOOK, "__class_getitem__"})
_NOBODY: frozenset[str] = frozenset()


def _names(names: Iterable[str]) -> frozenset[str]:
    """The names; one object for none, of which Python would make a new one each time."""
    return frozenset(names) or _NOBODY


@lru_cache(maxsize=512)
def _body(function: ProjectFunction) -> tuple[Statement, ...]:
    return function.module.statements(function.fact)
