"""Whether what happens in a loop depends on the turn: on names that hold what the loop gives."""

from __future__ import annotations

from collections.abc import Iterable

from archlint.facts.expressions import Attribute, Call, Comprehension, Expression, Form, Lambda, Name, Walrus
from archlint.facts.forms import parts
from archlint.facts.statements import Annotate, Assign, For, Statement, With
from archlint.frameworks.call_sites import CallSite, Way
from archlint.project.flow.trace import Called, Loop
from archlint.project.flow.values import Arguments, Closure
from archlint.project.functions import ProjectFunction


def is_keyed(loop: Loop, way: Way, form: Expression) -> bool:
    """Whether an expression, reached by some calls from a loop, uses what differs from turn to turn."""
    held = _held(loop)
    for site in reversed(way):
        function = site.inside.function
        if function is None:
            return False
        is_mapped = site.event.form is loop.form
        received = _mapped(site, function) if is_mapped else _received(site, function, held)
        held = _spread(received, function.module.statements(function.fact))
        if not held:
            return False
    return bool(_names(form) & held)


def is_about(function: ProjectFunction, names: Iterable[str], form: Expression) -> bool:
    """Whether an expression in a function uses what was made from some of its parameters."""
    return bool(_names(form) & _spread(set(names), function.module.statements(function.fact)))


def _held(loop: Loop) -> set[str]:
    """The names that hold something of the turn, in the body of the loop."""
    form = loop.form
    if isinstance(form, Comprehension):
        held: set[str] = set()
        for generator in form.generators:
            held |= _names(generator.target)
        return held
    if isinstance(form, For):
        return _spread(_names(form.target), form.body)
    given = (*form.arguments, *[one.value for one in form.keywords]) if isinstance(form, Call) else ()
    return {name for one in given if isinstance(one, Lambda) for name in one.parameters}


def _received(site: CallSite, function: ProjectFunction, held: set[str]) -> set[str]:
    """The parameters that a call gives something of the turn."""
    names = [parameter.name for parameter in function.fact.parameters]
    form = site.event.form
    found: set[str] = set()
    if function.receiver:
        owner = form.function if isinstance(form, Call) else form
        if isinstance(owner, Attribute) and _names(owner.value) & held:
            found.add(names[0])
        names = names[1:]
    if isinstance(form, Call):
        found |= {name for name, given in zip(names, form.arguments, strict=False) if _names(given) & held}
        found |= {keyword.name for keyword in form.keywords if keyword.name and _names(keyword.value) & held}
    return found


def _mapped(site: CallSite, function: ProjectFunction) -> set[str]:
    """The parameter of a function that is handed on: `map(repository.get, ids)`."""
    arguments = site.event.arguments if isinstance(site.event, Called) else Arguments()
    given = (*arguments.positional, *[value for _, value in arguments.named])
    closures = [one for one in given if isinstance(one, Closure) and one.function == function]
    is_bound = any(one.receiver is not None for one in closures)
    names = [parameter.name for parameter in function.fact.parameters if parameter.default is None]
    return set(names[is_bound:][:1]) if closures else set()


def _spread(held: set[str], body: Iterable[Statement]) -> set[str]:
    """With the names that are given something made from those; two passes see what loops carry on."""
    found = set(held)
    statements = tuple(body) if held else ()
    for _ in range(2):
        before = len(found)
        for statement in statements:
            _follow(statement, found)
        if len(found) == before:
            break
    return found


def _follow(form: Form, held: set[str]) -> None:
    if isinstance(form, (Assign, Annotate)):
        targets = form.targets if isinstance(form, Assign) else (form.target,)
        if form.value is not None and _names(form.value) & held:
            for target in targets:
                held |= _bound(target)
    elif isinstance(form, For):
        if _names(form.iterable) & held:
            held |= _names(form.target)
    elif isinstance(form, Walrus):
        if _names(form.value) & held:
            held.add(form.target)
    elif isinstance(form, With):
        for item in form.items:
            if item.target is not None and _names(item.context) & held:
                held |= _names(item.target)
    elif isinstance(form, Comprehension):
        for generator in form.generators:
            if _names(generator.iterable) & held:
                held |= _names(generator.target)
    for part in parts(form):
        _follow(part, held)


def _bound(target: Form) -> set[str]:
    """The names that a target binds: not the object of which an attribute is set."""
    return set() if isinstance(target, Attribute) else _names(target)


def _names(form: Form) -> set[str]:
    if isinstance(form, Name):
        return {form.id}
    found: set[str] = set()
    for part in parts(form):
        found |= _names(part)
    return found
