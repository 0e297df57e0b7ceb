"""Statements and expressions as a tree: what is directly inside a form, and all that is in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from archlint.facts.expressions import Call, Expression, Form, Lambda, Name, Walrus


def parts(form: Form) -> tuple[Form, ...]:
    """The forms directly inside a form."""
    names = fields_with_forms(form.__class__)
    if not names:
        return ()
    inside: list[Form] = []
    for name in names:
        value = getattr(form, name)
        if value.__class__ is tuple:
            inside += value
        else:
            inside.append(value)
    return tuple([part for part in inside if part is not None])


def walked(forms: Iterable[Form]) -> Iterator[Form]:
    """Some forms and all that is in them, the outer ones first."""
    for form in forms:
        yield form
        yield from walked(parts(form))


def walked_here(forms: Iterable[Form]) -> Iterator[Form]:
    """The same without lambdas, which run elsewhere. Bodies of functions and classes are in neither."""
    for form in forms:
        if not isinstance(form, Lambda):
            yield form
            yield from walked_here(parts(form))


def names_in(forms: Iterable[Form]) -> frozenset[str]:
    """The names that stand in some forms, and those that `:=` binds there."""
    found = (
        each.target if isinstance(each, Walrus) else each.id
        for each in walked(forms)
        if isinstance(each, (Name, Walrus))
    )
    return frozenset(found)


def passed_values(call: Call) -> tuple[Expression, ...]:
    """Everything that a call passes, by place and by name."""
    return (*call.arguments, *(keyword.value for keyword in call.keywords))


def writes_names(form: Form) -> bool:
    """Whether a form may bind names around it by hand: `locals().update(…)`, `exec(…)`."""
    return any(
        isinstance(each, Call) and isinstance(each.function, Name) and each.function.id in _NAMESPACES
        for each in walked_here((form,))
    )


@cache
def fields_with_forms(kind: type[Form]) -> tuple[str, ...]:
    """The names of the fields of a kind of form that hold others."""
    annotations: dict[str, str] = {}
    for base in kind.__mro__:
        annotations.update(getattr(base, "__annotations__", {}))
    return tuple(name for name in kind.__struct_fields__ if annotations[name] not in _WITHOUT_FORMS)


_WITHOUT_FORMS = frozenset({"str", "int", "bool", "tuple[str, ...]", "str | int | float | bool | None"})

_NAMESPACES = frozenset({"locals", "vars", "globals", "exec", "setattr"})
