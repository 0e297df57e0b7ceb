"""Where `Depends(…)` and `Security(…)` stand, and what they are given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.expressions import Call, Name
from archlint.facts.forms import parts
from archlint.frameworks.fastapi.names import MARKERS, is_one_of
from archlint.project.functions import Functions
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.facts.definitions import FunctionFact
    from archlint.facts.expressions import Expression, Form
    from archlint.project.module import Module
    from archlint.project.project import Project


class Injection(msgspec.Struct, frozen=True):
    """One `Depends(…)` with what it is given."""

    module: Module
    scope: str
    """Where it is written, as `Import.scope` has it."""

    call: Call
    dependency: Expression


def injections(project: Project) -> Iterator[Injection]:
    """All of a project: in signatures, annotations and aliases of them, decorators, and calls of routers."""
    scopes = project.view(Scopes)
    for module in project.modules:
        if "fastapi" not in module.imported and not any(f.name in MARKERS for f in module.facts.imports):
            continue
        for scope, form in _forms(project, module):
            for call in _calls(form):
                given = dependency_of(call)
                if given is not None and is_one_of(scopes.resolve(module, scope, call.function), MARKERS):
                    yield Injection(module, scope, call, given)


def dependency_of(call: Call) -> Expression | None:
    """What a call of `Depends` is given; None where it is given nothing."""
    named = (keyword.value for keyword in call.keywords if keyword.name == "dependency")
    return call.arguments[0] if call.arguments else next(named, None)


def _forms(project: Project, module: Module) -> Iterator[tuple[str, Form]]:
    """All that a module says, piece by piece, each with its scope."""
    yield from (("", statement) for statement in module.body)
    for cls in module.classes:
        yield from ((cls.qualname, statement) for statement in module.statements(cls))
    aliases = {fact.alias for fact in module.facts.imports if fact.name in MARKERS}
    for function in project.view(Functions).all_of(module):
        yield from ((function.outer, form) for form in signature(function.fact))
        if module.mentions(function.fact, *MARKERS, *aliases):
            yield from ((function.scope, form) for form in module.statements(function.fact))


def signature(function: FunctionFact) -> Iterator[Form]:
    """What is said of a function outside its body: decorators, annotations, defaults."""
    yield from function.decorators
    for parameter in function.parameters:
        yield from filter(None, (parameter.annotation, parameter.default))


def _calls(form: Form) -> Iterator[Call]:
    waiting = [form]
    while waiting:
        found = waiting.pop()
        if isinstance(found, Call):
            yield found
        waiting += parts(found)


def names_in_signature(function: FunctionFact) -> Iterator[str]:
    """The names that have to be bound when a function is defined."""
    waiting = list(signature(function))
    while waiting:
        form = waiting.pop()
        if isinstance(form, Name):
            yield form.id
        waiting += parts(form)
