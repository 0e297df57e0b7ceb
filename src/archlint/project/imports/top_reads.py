"""What a module reads off other names while it is imported: `COMMANDS = {"ping": handlers.ping}`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from archlint.facts.expressions import Attribute, Lambda, Name
from archlint.facts.forms import parts
from archlint.facts.statements import (
    Annotate,
    Assign,
    DefineClass,
    DefineFunction,
    Evaluate,
    Statement,
    With,
)

if TYPE_CHECKING:
    from archlint.facts.expressions import Form
    from archlint.project.module import Module

Span: TypeAlias = tuple[int, int, int, int]


def reads_at_import(module: Module, name: str) -> Iterator[tuple[str, Span]]:
    """The attributes that are surely read of a name before the module has run, with their places."""
    for form in _run(module, module.body):
        for attribute in _attributes(form):
            if isinstance(attribute.value, Name) and attribute.value.id == name:
                begin, end = attribute.value, attribute
                yield attribute.attr, (begin.line, begin.column, end.line, end.column)


def _run(module: Module, statements: tuple[Statement, ...]) -> Iterator[Form]:
    """The forms that are evaluated whenever the module is, those of class bodies too, conditions left out."""
    for statement in statements:
        if isinstance(statement, (Assign, Evaluate)):
            yield statement
        elif isinstance(statement, Annotate) and statement.value is not None:
            yield statement.value
        elif isinstance(statement, With):
            yield from (item.context for item in statement.items)
            yield from _run(module, statement.body)
        elif isinstance(statement, DefineFunction):
            fact = module.functions[statement.index]
            yield from fact.decorators
            yield from (each.default for each in fact.parameters if each.default is not None)
        elif isinstance(statement, DefineClass):
            cls = module.classes[statement.index]
            yield from (*cls.decorators, *cls.bases)
            yield from _run(module, module.statements(cls))


def _attributes(form: Form) -> Iterator[Attribute]:
    if isinstance(form, Attribute):
        yield form
    if not isinstance(form, Lambda):
        for part in parts(form):
            yield from _attributes(part)
