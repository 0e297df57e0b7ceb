"""Expressions with others in the place of names."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, TypeVar, cast

from archlint.facts.expressions import Attribute, Call, Comprehension, Expression, Form, Keyword, Lambda, Name

Answering: TypeAlias = "Callable[[Name | Attribute], Expression | None]"
"""What stands for a name or an attribute; None for itself."""

Spreading: TypeAlias = "Callable[[Keyword], tuple[Keyword, ...] | None]"
"""The keywords that `**options` stands for; None for itself."""

F = TypeVar("F", bound=Form)


def substituted(form: F, answer: Answering, spread: Spreading = lambda _: None) -> F:
    """An expression in which others stand for names.

    Lambdas and comprehensions are left alone: they have names of their own.
    """
    if isinstance(form, (Name, Attribute)):
        found = answer(form)
        if found is not None:
            return cast("F", found)
    if isinstance(form, (Lambda, Comprehension)):
        return form
    if isinstance(form, Call) and any(not keyword.name for keyword in form.keywords):
        keywords: list[Keyword] = []
        for keyword in form.keywords:
            given = spread(keyword) if not keyword.name else None
            keywords.extend((keyword,) if given is None else given)
        form = cast("F", Call(form.function, form.arguments, tuple(keywords), form.line, form.column))
    parts = [getattr(form, name) for name in form.__struct_fields__]
    filled = [_part(part, answer, spread) for part in parts]
    return form if all(map(_is, parts, filled)) else type(form)(*filled)


def _part(part: object, answer: Answering, spread: Spreading) -> object:
    if isinstance(part, Form):
        return substituted(part, answer, spread)
    if isinstance(part, tuple):
        found = tuple([_part(item, answer, spread) for item in part])
        return part if all(map(_is, part, found)) else found
    return part


def _is(one: object, other: object) -> bool:
    return one is other
