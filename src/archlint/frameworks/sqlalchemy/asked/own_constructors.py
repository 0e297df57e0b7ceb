"""What mapped classes take by name that have a constructor of their own: `def __init__(self, **options)`."""

from __future__ import annotations

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
from archlint.frameworks.sqlalchemy.asked.constructors import is_mapped_as_dataclass
from archlint.project.classes import ProjectClass
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.frameworks.sqlalchemy.mapping.lineage import Lineage
    from archlint.frameworks.sqlalchemy.mapping.mapped import MappedClass

_ASKING = frozenset({"get", "pop", "setdefault"})


class Taken(msgspec.Struct, frozen=True):
    """What the constructors of a class and of those above it take."""

    names: frozenset[str]
    are_all: bool
    """Nothing else is taken; or else all other keywords come to SQLAlchemy's own constructor."""


def taken_by_name(lineage: Lineage, mapped: MappedClass) -> Taken | None:
    """What a class takes by name; None where nobody can tell."""
    if mapped.is_open or mapped.is_imperative or "__init__" in mapped.given_later:
        return None
    if is_mapped_as_dataclass(lineage, mapped.cls):
        return None
    names: frozenset[str] = frozenset()
    for ancestor in lineage.order(mapped.cls):
        if not isinstance(ancestor, ProjectClass):
            continue
        if ancestor.fact.keywords:
            return None
        own = [member for member in ancestor.fact.members if member.name == "__init__"]
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
    """What one constructor takes; None where it may do anything with what it is given."""
    if method.fact.decorators:
        return None
    given = method.fact.parameters[1:]
    names = frozenset(each.name for each in given if each.kind in ("normal", "keyword"))
    options = next((each.name for each in given if each.kind == "double-star"), "")
    if not options:
        return Taken(names, are_all=True)
    forms = list(walked(method.module.statements(method.fact)))
    if not any(_is_handed_above(form, options) for form in forms):
        return None
    asked = [each for form in forms if (each := _asked(form, options)) is not None]
    is_clear = len(asked) == sum(isinstance(form, Name) and form.id == options for form in forms)
    return Taken(names.union(*asked), are_all=False) if is_clear else None


def _asked(form: Form, options: str) -> frozenset[str] | None:
    """The names that are looked for in the options, which keep all others; None for anything else."""
    if _is_handed_above(form, options):
        return frozenset()
    wanted: Expression | None = None
    if isinstance(form, Subscript) and _id(form.value) == options:
        wanted = form.index
    elif isinstance(form, Comparison) and [_id(each) for each in form.others] == [options]:
        wanted = form.left
    elif isinstance(form, Call) and isinstance(form.function, Attribute) and form.arguments:
        is_asked = _id(form.function.value) == options and form.function.attr in _ASKING
        wanted = form.arguments[0] if is_asked else None
    name = written_text(wanted)
    return frozenset({name}) if name is not None else None


def _is_handed_above(form: Form, options: str) -> bool:
    """`super().__init__(**options)`."""
    if not isinstance(form, Call) or not isinstance(form.function, Attribute):
        return False
    spread = [_id(each.value) for each in form.keywords if not each.name]
    return form.function.attr == "__init__" and spread == [options]


def _id(form: Expression) -> str:
    return form.id if isinstance(form, Name) else ""
