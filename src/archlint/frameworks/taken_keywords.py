"""What methods take by name that hand the rest to those they override: `def __init__(self, **options)`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import (
    Attribute,
    Call,
    Comparison,
    Expression,
    Form,
    Name,
    Subscript,
    written_text,
)
from archlint.facts.forms import walked
from archlint.facts.statements import Delete
from archlint.project.classes import ProjectClass
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.project.classes import Ancestor

CONSTRUCTOR = "__init__"
_ASKING = frozenset({"get", "pop", "setdefault"})


class Taken(msgspec.Struct, frozen=True):
    """What the methods of a class and of those above it take."""

    names: frozenset[str]
    are_all: bool
    """Nothing else is taken; or else all other keywords come to the method of the framework."""


def taken_by(order: Iterable[Ancestor], name: str = CONSTRUCTOR) -> Taken | None:
    """What the classes of an order take by name, in a method of theirs; None where nobody can tell."""
    names: frozenset[str] = frozenset()
    for ancestor in order:
        if not isinstance(ancestor, ProjectClass):
            continue
        if ancestor.fact.keywords:
            return None
        own = [member for member in ancestor.fact.members if member.name == name]
        if not own:
            continue
        if len(own) > 1 or own[0].kind is not Kind.FUNCTION:
            return None
        found = _taken_by(ProjectFunction(ancestor.module, own[0].index))
        if found is None:
            return None
        names |= found.names
        if found.are_all:
            return Taken(names, are_all=True)
    return Taken(names, are_all=False)


def _taken_by(method: ProjectFunction) -> Taken | None:
    """What one method takes; None where it may do anything with what it is given."""
    if method.fact.decorators:
        return None
    given = method.fact.parameters[1:]
    names = frozenset(each.name for each in given if each.kind in ("normal", "keyword"))
    options = next((each.name for each in given if each.kind == "double-star"), "")
    if not options:
        return Taken(names, are_all=True)
    forms = list(walked(method.module.statements(method.fact)))
    above = [form for form in forms if _is_handed_above(form, method.fact.name, options)]
    if not above:
        return None
    keeps = not any(isinstance(form, Delete) for form in forms)
    asked = [each for form in forms if (each := _asked(form, options, keeps=keeps)) is not None]
    is_clear = len(above) + len(asked) == sum(_id(form) == options for form in forms)
    return Taken(names.union(*asked), are_all=False) if is_clear else None


def _asked(form: Form, options: str, *, keeps: bool) -> frozenset[str] | None:
    """The names that are looked for in the options, which keep all others; None for anything else.

    `keeps`: nothing is deleted, so that what stands under a name that nobody can tell stays there.
    """
    wanted: Expression | None = None
    takes_out = False
    if isinstance(form, Subscript) and _id(form.value) == options:
        wanted, takes_out = form.index, not keeps
    elif isinstance(form, Comparison) and [_id(each) for each in form.others] == [options]:
        wanted = form.left
    elif isinstance(form, Call) and isinstance(form.function, Attribute) and form.arguments:
        is_asked = _id(form.function.value) == options and form.function.attr in _ASKING
        wanted, takes_out = form.arguments[0] if is_asked else None, form.function.attr == "pop"
    name = written_text(wanted)
    if name is not None:
        return frozenset({name})
    return None if wanted is None or takes_out else frozenset()


def _is_handed_above(form: Form, name: str, options: str) -> bool:
    """`super().create(**options)`, `Base.__init__(self, **options)`."""
    if not isinstance(form, Call) or not isinstance(form.function, Attribute):
        return False
    above = form.function.value
    is_above = name == CONSTRUCTOR or (isinstance(above, Call) and _id(above.function) == "super")
    spread = [_id(each.value) for each in form.keywords if not each.name]
    return is_above and form.function.attr == name and spread == [options]


def _id(form: Form) -> str:
    return form.id if isinstance(form, Name) else ""
