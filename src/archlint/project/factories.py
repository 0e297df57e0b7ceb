"""Functions that make one thing, a field or a constraint: with what, where callers say a part of it.

`def owner(name, **options)` that returns `ForeignKey(User, related_name=name, **options)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.expressions import (
    Attribute,
    Call,
    Collection,
    Expression,
    Form,
    Keyword,
    Literal,
    Name,
    Opaque,
    Operation,
    Starred,
    Subscript,
    written_text,
)
from archlint.facts.forms import walked
from archlint.facts.statements import Assign
from archlint.facts.substitution import substituted
from archlint.project.answer import Definition, External
from archlint.project.call_arguments import call_arguments, spreads_mapping, spreads_sequence
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

_KEEPING = frozenset({"setdefault", "update"})
_DEEPEST = 3


def unfolded(project: Project, module: Module, scope: str, call: Call) -> tuple[Module, str, Call]:
    """The call that makes it in the end, with where it stands: behind functions and `partial`."""
    scopes, functions = project.view(Scopes), project.view(Functions)
    for _ in range(_DEEPEST):
        callee = scopes.resolve(module, scope, call.function)
        if not isinstance(callee, Definition) or callee.member:
            break
        if callee.kind is Kind.VALUE:
            bound = functions.module_summary(callee.module).bound.get(callee.qualname, ())
            found = _of_partial(scopes, callee.module, bound[0].value, call) if len(bound) == 1 else None
            place = (callee.module, "")
        elif callee.kind is Kind.FUNCTION:
            function = ProjectFunction(callee.module, callee.index)
            found = _of_function(functions, function, call)
            place = (callee.module, function.scope)
        else:
            break
        if found is None:
            break
        module, scope, call = *place, found
    return module, scope, call


def _of_function(functions: Functions, function: ProjectFunction, call: Call) -> Call | None:
    returns = functions.summary(function).returns
    if len(returns) != 1 or not isinstance(returns[0], Call) or function.fact.decorators:
        return None
    return filled(function, returns[0], call)


def _of_partial(scopes: Scopes, module: Module, value: Expression | None, call: Call) -> Call | None:
    """`Money = partial(DecimalField, max_digits=9)`."""
    if not isinstance(value, Call) or not value.arguments:
        return None
    if scopes.resolve(module, "", value.function) != External("functools.partial"):
        return None
    arguments = (*value.arguments[1:], *call.arguments)
    named = {one.name: one for one in (*value.keywords, *call.keywords)}
    return Call(value.arguments[0], arguments, tuple(named.values()), call.line, call.column)


def filled(function: ProjectFunction, returned: Call, call: Call) -> Call | None:
    """What one call of a function leads to, which returns another; None where nobody can tell.

    What depends on more than the caller says is an `Opaque` there.
    """
    parameters = function.fact.parameters
    spread = next((one.name for one in parameters if one.kind == "double-star"), "")
    if spreads_sequence(call) or spreads_mapping(call):
        return None
    given, rest = _passed(function, call)
    kept = _kept(function, returned, spread) if spread else ()
    handed_on = [one.value for one in returned.keywords if not one.name]
    if kept is None or any(isinstance(one, Starred) for one in returned.arguments):
        return None
    if not all(isinstance(one, Name) and one.id == spread for one in handed_on):
        return None
    keywords = {one.name: _said(one, given) for one in returned.keywords if one.name}
    if handed_on:
        keywords |= {one.name: _said(one, given) for one in kept} | {one.name: one for one in rest}
    arguments = tuple([_known(one, given) for one in returned.arguments])
    return Call(returned.function, arguments, tuple(keywords.values()), call.line, call.column)


def argument_for(function: ProjectFunction, name: str, call: Call) -> Expression | None:
    """What one call passes for a parameter; None where it passes nothing, or nobody can tell."""
    if spreads_sequence(call) or spreads_mapping(call):
        return None
    return _passed(function, call)[0].get(name)


def _passed(
    function: ProjectFunction, call: Call
) -> tuple[dict[str, Expression | None], tuple[Keyword, ...]]:
    """What each parameter is given, None for nothing, and the keywords that are for no parameter."""
    parameters = function.left_to_callers
    passed = call_arguments(parameters, call)
    given = {one.name: one.default for one in parameters if one.kind != "double-star"} | passed.by_parameter
    for one in parameters:
        if one.kind == "star":
            given[one.name] = Collection("tuple", passed.further, call.line, call.column)
    return given, passed.keywords


def _kept(function: ProjectFunction, returned: Call, spread: str) -> tuple[Keyword, ...] | None:
    """What the function adds to its `**options`; None where it does anything else with them."""
    added: list[Keyword] = []
    seen = 0
    forms = tuple(walked(function.module.statements(function.fact)))
    for form in forms:
        if isinstance(form, Call) and _is_of(form.function, spread):
            added += form.keywords
            added += [Keyword(name, Opaque(0, 0), 0, 0) for name in _first_text(form)]
            seen += 1
        elif isinstance(form, Assign) and len(form.targets) == 1 and isinstance(form.targets[0], Subscript):
            owner, key = form.targets[0].value, form.targets[0].index
            if isinstance(owner, Name) and owner.id == spread and isinstance(key, Literal):
                added.append(Keyword(str(key.value), form.value, 0, 0))
                seen += 1
    seen += sum(isinstance(one.value, Name) and one.value.id == spread for one in returned.keywords)
    uses = sum(isinstance(form, Name) and form.id == spread for form in forms)
    return tuple(added) if uses == seen and all(one.name for one in added) else None


def _is_of(function: Expression, spread: str) -> bool:
    owner = function.value if isinstance(function, Attribute) and function.attr in _KEEPING else None
    return isinstance(owner, Name) and owner.id == spread


def _first_text(call: Call) -> Iterator[str]:
    """The key of `setdefault`; nothing of use where that is no text."""
    for argument in call.arguments[:1]:
        yield written_text(argument) or ""


def _said(keyword: Keyword, given: dict[str, Expression | None]) -> Keyword:
    return Keyword(keyword.name, _known(keyword.value, given), keyword.line, keyword.column)


def _known(value: Expression, given: dict[str, Expression | None]) -> Expression:
    """What an expression is for one caller."""
    if isinstance(value, Name) and value.id in given:
        return given[value.id] or Opaque(0, 0)
    if isinstance(value, Operation) and value.operator == "or":
        return _first_true([_known(operand, given) for operand in value.operands])
    asked = [given[name] for name in _names(value) if name in given]
    if not all(isinstance(one, Literal) for one in asked):
        return Opaque(0, 0)
    return substituted(value, lambda name: given.get(name.id) if isinstance(name, Name) else None)


def _first_true(operands: list[Expression]) -> Expression:
    """What `include or None` gives."""
    for operand in operands[:-1]:
        holds = _holds(operand)
        if holds is None:
            return Opaque(0, 0)
        if holds:
            return operand
    return operands[-1]


def _holds(value: Expression) -> bool | None:
    """Whether what is written counts as true; None where only a run can tell."""
    if isinstance(value, Literal):
        return bool(value.value)
    if isinstance(value, Collection) and not any(isinstance(item, Starred) for item in value.items):
        return bool(value.items)
    return None


def _names(value: Form) -> Iterator[str]:
    for form in walked((value,)):
        if isinstance(form, Name):
            yield form.id
