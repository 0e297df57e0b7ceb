"""Values that a request may leave None, and of which the code that answers it asks something at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from archlint.facts.expressions import Attribute, Call, Expression, Subscript, dotted, last_name
from archlint.facts.forms import names_in, passed_values
from archlint.frameworks.nullable.answering import (
    REQUESTS,
    Answering,
    asked_before,
    texts_in,
)
from archlint.frameworks.nullable.dereferences import Dereferences, Fails, Handed, Use
from archlint.frameworks.nullable.givers import Giver, Givers
from archlint.frameworks.nullable.lookups import key_of_request, unawaited
from archlint.frameworks.nullable.optional_fields import optional_subjects
from archlint.frameworks.nullable.providing import provider_of
from archlint.frameworks.nullable.remaining import after, sure_calls, unexpected
from archlint.project.call_arguments import call_arguments
from archlint.project.files.test_code import is_test
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.objects.callers import passed
from archlint.project.objects.values import Values, called_function

if TYPE_CHECKING:
    from archlint.facts.statements import Statement
    from archlint.project.project import Project

_FARTHEST: Final = 2
"""Calls between a handler and what is keyed by its parameters."""


class Assumed(msgspec.Struct, frozen=True):
    """A use of something that may be None."""

    function: ProjectFunction
    use: Use
    subject: str
    """What may be None, in words."""

    giver: Giver | None = None
    """The function that gives it; None for what a client may leave out."""


class AssumedValues:
    """Looks at the functions of a project, those of tests left out."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._functions, self._values = project.view(Functions), project.view(Values)
        self._answering, self._givers = project.view(Answering), project.view(Givers)

    def __iter__(self) -> Iterator[Assumed | None]:
        """Every such use; None for a handler without one."""
        for module in self._project.modules:
            if is_test(module.path) or module.is_stub:
                continue
            for function in self._functions.all_of(module):
                if self._answering.answers(function):
                    found = [*self._in_handler(function), *self._behind(function)]
                    yield from found or (None,)

    def _in_handler(self, function: ProjectFunction) -> Iterator[Assumed]:
        for subject, statements in self._left_out(function):
            use = Dereferences(subject, self._fails(function)).first(statements)
            if use is not None:
                yield Assumed(function, use, subject)
        yield from self._left_out_behind(function)
        yield from self._injected(function)
        chosen = self._answering.chosen(function)
        for found in self._given(function):
            if found.giver is None or self._is_open(function, found, chosen):
                yield found

    def _left_out(self, function: ProjectFunction) -> Iterator[tuple[str, tuple[Statement, ...]]]:
        """What a client may leave out, under the names that the function has for it, and what runs then."""
        if not self._is_fastapi(function):
            return
        chains = tuple(optional_subjects(self._project, function))
        statements = function.module.statements(function.fact)
        yield from ((chain, statements) for chain in chains)
        for name, bound in self._functions.summary(function).bound.items():
            whole = dotted(bound[0].value) if len(bound) == 1 and bound[0].how == "assign" else ""
            if whole:
                heads = (chain for chain in chains if chain.startswith(f"{whole}."))
                rest = after(statements, bound[0].value) or ()
                yield from ((f"{name}.{chain[len(whole) + 1 :]}", rest) for chain in heads)

    def _left_out_behind(self, handler: ProjectFunction) -> Iterator[Assumed]:
        """The fields of a body that only what the handler surely calls speaks of."""
        chains = tuple(optional_subjects(self._project, handler)) if self._is_fastapi(handler) else ()
        pending = [(handler, chain, 0) for chain in chains if "." in chain]
        while pending:
            function, chain, far = pending.pop()
            for callee, name in self._given_whole(function, chain):
                fails = self._fails(callee)
                use = Dereferences(name, fails).first(callee.module.statements(callee.fact))
                if use is not None:
                    yield Assumed(callee, use, name)
                elif far < _FARTHEST:
                    pending.append((callee, name, far + 1))

    def _is_fastapi(self, function: ProjectFunction) -> bool:
        return "fastapi" in function.module.imported

    def _given_whole(self, function: ProjectFunction, chain: str) -> Iterator[tuple[ProjectFunction, str]]:
        """Who is surely passed what a field belongs to, and the chain that it is there."""
        for call in sure_calls(function.module.statements(function.fact), chain):
            callee = self._callee(function, call)
            if callee is None or callee.fact.decorators or self._answering.answers(callee):
                continue
            for name, value in call_arguments(callee.left_to_callers, call).by_parameter.items():
                whole = dotted(value)
                if whole and chain.startswith(f"{whole}."):
                    yield callee, f"{name}.{chain[len(whole) + 1 :]}"

    def _injected(self, function: ProjectFunction) -> Iterator[Assumed]:
        """What a dependency of FastAPI gives, for a request that nothing has refused before."""
        if "fastapi" not in self._project.imported or self._answering.is_guarded(function):
            return
        for parameter in function.left_to_callers:
            provider = provider_of(self._project, function, parameter)
            giver = self._givers.of(provider) if provider is not None else None
            if giver is None or not giver.is_of_request:
                continue
            statements = function.module.statements(function.fact)
            use = Dereferences(parameter.name, self._fails(function)).first(statements)
            if use is not None:
                yield Assumed(function, use, parameter.name, giver)

    def _given(self, function: ProjectFunction) -> Iterator[Assumed]:
        """The uses of what calls give: under a name that is bound once, or at once."""
        statements = function.module.statements(function.fact)
        for name, bound in self._functions.summary(function).bound.items():
            if len(bound) != 1 or bound[0].how != "assign" or bound[0].path:
                continue
            value = bound[0].value
            giver = self._givers.called(function, value)
            if giver is None and not self._is_sent_only(function, value):
                continue
            rest = after(statements, value)
            use = Dereferences(name, self._fails(function)).first(rest) if rest else None
            if use is not None:
                yield Assumed(function, use, name, giver)
        for form in unexpected(statements):
            if isinstance(form, (Attribute, Subscript)) and isinstance(unawaited(form.value), Call):
                giver = self._givers.called(function, form.value)
                if giver is not None or self._is_sent_only(function, form.value):
                    yield Assumed(function, form, _written(form.value), giver)
            for value in passed_values(form) if isinstance(form, Call) else ():
                giver = self._givers.called(function, value)
                handed = Handed(form, value)  # type: ignore[arg-type]
                if giver is not None and self._fails(function)(handed):
                    yield Assumed(function, handed, _written(value), giver)

    def _is_sent_only(self, function: ProjectFunction, value: Expression) -> bool:
        """Whether it is asked of the request under a key that the function speaks of nowhere else."""
        key = key_of_request(value)
        if not key or self._answering.is_guarded(function):
            return False
        return texts_in(function, key) == 1

    def _is_open(self, function: ProjectFunction, found: Assumed, chosen: frozenset[str]) -> bool:
        """Whether a client decides what is looked for, and nobody has asked before if it is there."""
        call = _call_of(self._functions, function, found)
        giver = found.giver
        if call is None or giver is None:
            return False
        given = tuple(each for each in giver.keyed_by(call) if last_name(each) not in REQUESTS)
        keys = names_in(given) & chosen
        if any(self._answering.is_chosen(each, chosen) for each in given):
            return not asked_before(function, call.line, keys)
        return giver.is_of_request and not given and not self._answering.is_guarded(function)

    def _behind(self, handler: ProjectFunction) -> Iterator[Assumed]:
        """The same in the functions that a handler hands what a client has chosen."""
        met: set[tuple[ProjectFunction, frozenset[str]]] = set()
        pending = [(handler, self._answering.chosen(handler), 0)]
        while pending:
            function, chosen, far = pending.pop()
            for callee, passed_on in self._handed_on(function, chosen):
                if (callee, passed_on) in met or self._answering.answers(callee):
                    continue
                met.add((callee, passed_on))
                own = self._answering.spread(callee, passed_on)
                yield from (
                    found
                    for found in self._given(callee)
                    if found.giver is not None and self._is_open(callee, found, own)
                )
                if far < _FARTHEST:
                    pending.append((callee, own, far + 1))

    def _handed_on(
        self, function: ProjectFunction, chosen: frozenset[str]
    ) -> Iterator[tuple[ProjectFunction, frozenset[str]]]:
        """The functions that are called with what a client has chosen, and the parameters that get it."""
        for site in self._functions.summary(function).calls if chosen else ():
            call = site.call
            if not any(self._answering.is_chosen(each, chosen) for each in passed_values(call)):
                continue
            callee = self._callee(function, call)
            if callee is None or asked_before(function, call.line, names_in(passed_values(call)) & chosen):
                continue
            given = call_arguments(callee.left_to_callers, call).by_parameter
            names = (name for name, value in given.items() if self._answering.is_chosen(value, chosen))
            yield callee, frozenset(names)

    def _callee(self, function: ProjectFunction, call: Call) -> ProjectFunction | None:
        return called_function(self._values.on_call(self._values.callee(function, call)))

    def _fails(self, function: ProjectFunction) -> Fails:
        """Whether a function of the project that is passed None asks something of it at once."""

        def fails(given: Handed) -> bool:
            callee = self._callee(function, given.call)
            if callee is None or callee.fact.decorators or callee.fact.is_generator:
                return False
            taken = (
                each.name
                for each in callee.left_to_callers
                if passed(callee, given.call, each) is given.value
            )
            name = next(taken, "")
            statements = callee.module.statements(callee.fact)
            return bool(name) and Dereferences(name, _never).first(statements) is not None

        return fails


def _never(_: Handed) -> bool:
    return False


def _call_of(functions: Functions, function: ProjectFunction, found: Assumed) -> Call | None:
    """The call that gives what is used."""
    use = found.use
    if isinstance(use, (Attribute, Subscript)):
        call = unawaited(use.value)
        if isinstance(call, Call):
            return call
    elif isinstance(call := unawaited(use.value), Call):
        return call
    bound = functions.summary(function).bound.get(found.subject, ())
    value = unawaited(bound[0].value) if bound else None
    return value if isinstance(value, Call) else None


def _written(form: Expression) -> str:
    call = unawaited(form)
    key = key_of_request(form)
    assert isinstance(call, Call)
    if key and isinstance(call.function, Attribute):
        return f'{dotted(call.function)}("{key}")'
    return f"{last_name(call.function)}()"
