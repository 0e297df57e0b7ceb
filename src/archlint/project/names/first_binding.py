"""Where a body binds a name, and whether a turn of a loop may have bound it before it is read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archlint.facts.expressions import Collection, Form, Name, Starred, Walrus
from archlint.facts.forms import walked, walked_here
from archlint.facts.statements import (
    Annotate,
    Assign,
    Case,
    DefineClass,
    DefineFunction,
    For,
    Handler,
    If,
    ImportNames,
    Match,
    Statement,
    Try,
    While,
    With,
    WithItem,
)

if TYPE_CHECKING:
    from archlint.facts.unbound import UnboundRead
    from archlint.project.module import Module


def binding_line(module: Module, body: tuple[Statement, ...], name: str) -> int:
    """The first line on which a body binds a name; 0 where it does not."""
    return next(
        (form.line for form in walked(body) if _binds(module, form, name) and hasattr(form, "line")), 0
    )


def is_first(module: Module, body: tuple[Statement, ...], read: UnboundRead) -> bool:
    """Whether nothing in a body can have bound a name where it is read for the first time.

    What binds it stands behind the read, as the walk has seen. Only another turn of a loop around both could
    have got there.
    """
    around = next(
        (form for form in walked(body) if isinstance(form, (For, While)) and _holds(form, read)), None
    )
    if around is None or not any(_brings(module, form, read.name) for form in walked(around.body)):
        return True
    return _is_reached(around.body, read) or not any(_holds(form, read) for form in around.body)


def _is_reached(body: tuple[Statement, ...], read: UnboundRead) -> bool:
    """Whether a body comes to the read in each of its turns, unless it is left before."""
    statement = next((form for form in body if _holds(form, read)), None)
    if isinstance(statement, With):
        return _is_reached(statement.body, read) if any(_holds(f, read) for f in statement.body) else True
    if isinstance(statement, Try):
        return _is_reached(statement.body, read)
    if isinstance(statement, If):
        return _holds(statement.test, read)
    if isinstance(statement, For):
        return _holds(statement.iterable, read)
    if isinstance(statement, While):
        return _holds(statement.test, read)
    if isinstance(statement, Match):
        return _holds(statement.subject, read)
    return statement is not None


def _holds(form: Form, read: UnboundRead) -> bool:
    return any(
        isinstance(part, Name) and (part.id, part.line, part.column) == (read.name, read.line, read.column)
        for part in walked((form,))
    )


def _brings(module: Module, form: Form, name: str) -> bool:
    """Whether a form binds a name out of something else than the name itself: `total += 1` does not."""
    if not _binds(module, form, name):
        return False
    if not isinstance(form, Assign):
        return True
    is_of_itself = any(isinstance(part, Name) and part.id == name for part in walked_here((form.value,)))
    return not (form.operator or is_of_itself)


def _binds(module: Module, form: Form, name: str) -> bool:
    if isinstance(form, ImportNames):
        facts = module.facts.imports[form.first : form.first + form.count]
        return any(fact.alias == name for fact in facts)
    if isinstance(form, DefineFunction):
        return module.functions[form.index].name == name
    if isinstance(form, DefineClass):
        return module.classes[form.index].name == name
    if isinstance(form, Case):
        return name in form.names
    if isinstance(form, Handler):
        return form.name == name
    if isinstance(form, Walrus):
        return form.target == name
    return any(target == name for target in _targets(form))


def _targets(form: Form) -> Iterator[str]:
    """The names that a statement assigns to."""
    if isinstance(form, Assign):
        for target in form.targets:
            yield from _named(target)
    elif isinstance(form, Annotate):
        yield from _named(form.target) if form.value is not None else ()
    elif isinstance(form, (For, WithItem)) and form.target is not None:
        yield from _named(form.target)


def _named(target: Form) -> Iterator[str]:
    if isinstance(target, Name):
        yield target.id
    elif isinstance(target, Collection):
        for item in target.items:
            yield from _named(item)
    elif isinstance(target, Starred):
        yield from _named(target.value)
