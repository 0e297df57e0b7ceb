"""Functions that make a field: with what, where their callers say a part of it.

`def owner(name, **options)` that returns `ForeignKey(User, related_name=name, **options)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import (
    Attribute,
    Call,
    Expression,
    Form,
    Keyword,
    Literal,
    Name,
    Opaque,
    Starred,
    Subscript,
)
from archlint.facts.forms import walked
from archlint.facts.statements import Assign

if TYPE_CHECKING:
    from archlint.project.functions import ProjectFunction

_KEEPING = frozenset({"setdefault", "update"})


def filled(function: ProjectFunction, returned: Call, call: Call) -> Call | None:
    """The call of the field's class that one call of a function leads to; None where nobody can tell.

    What depends on more than the caller says is an `Opaque` there.
    """
    parameters = function.fact.parameters
    spread = next((one.name for one in parameters if one.kind == "double-star"), "")
    if any(one.kind == "star" for one in parameters) or _spreads(call):
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


def _spreads(call: Call) -> bool:
    """Whether a call passes what nobody can count."""
    return any(not one.name for one in call.keywords) or any(
        isinstance(one, Starred) for one in call.arguments
    )


def _passed(function: ProjectFunction, call: Call) -> tuple[dict[str, Expression | None], list[Keyword]]:
    """What each parameter is given, None for nothing, and the keywords that are for no parameter."""
    named = [one for one in function.fact.parameters if one.kind != "double-star"]
    given: dict[str, Expression | None] = {one.name: one.default for one in named}
    given.update(zip([one.name for one in named if one.kind != "keyword"], call.arguments, strict=False))
    rest = []
    for keyword in call.keywords:
        if keyword.name in given:
            given[keyword.name] = keyword.value
        else:
            rest.append(keyword)
    return given, rest


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
        yield argument.value if isinstance(argument, Literal) and isinstance(argument.value, str) else ""


def _said(keyword: Keyword, given: dict[str, Expression | None]) -> Keyword:
    return Keyword(keyword.name, _known(keyword.value, given), keyword.line, keyword.column)


def _known(value: Expression, given: dict[str, Expression | None]) -> Expression:
    """What an expression is for one caller."""
    if isinstance(value, Name) and value.id in given:
        return given[value.id] or Opaque(0, 0)
    return Opaque(0, 0) if any(map(given.__contains__, _names(value))) else value


def _names(value: Form) -> Iterator[str]:
    for form in walked((value,)):
        if isinstance(form, Name):
            yield form.id
