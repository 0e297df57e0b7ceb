"""What a class body says of each attribute, as far as mapping goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.definitions import ClassFact, FunctionFact
from archlint.facts.expressions import Attribute, Call, Collection, Expression, Name, Subscript, says
from archlint.facts.forms import writes_names
from archlint.facts.statements import (
    Annotate,
    Assign,
    DefineClass,
    DefineFunction,
    Delete,
    Evaluate,
    For,
    Hidden,
    If,
    Statement,
    Try,
    While,
    With,
)
from archlint.frameworks.orm import Place

if TYPE_CHECKING:
    from archlint.project.classes import ProjectClass


class Declared(msgspec.Struct, frozen=True):
    """One attribute of a class body: a value, an annotation, a function or several of these."""

    name: str
    place: Place
    value: Expression | None = None
    annotation: Expression | None = None
    function: FunctionFact | None = None
    is_class: bool = False


def says_true(declared: Declared | None) -> bool:
    """Whether a class says `True` there, in so many words."""
    return declared is not None and says(declared.value, True)


def place_of(cls: ProjectClass) -> Place:
    """Where a class begins."""
    return Place(cls.module, cls.fact.line, cls.fact.column)


class Body(msgspec.Struct):
    """The attributes that one class body binds; the last binding of a name counts."""

    attributes: dict[str, Declared] = msgspec.field(default_factory=dict)
    is_whole: bool = True
    """False where it may bind more than can be seen."""


def read_body(cls: ProjectClass) -> Body:
    """What a class body binds. Both branches of a condition count."""
    body = Body()
    _read(cls, cls.module.statements(cls.fact), body)
    return body


def assigned(cls: ProjectClass, name: str) -> Expression | None:
    """The value that a class body gives to a name."""
    declared = read_body(cls).attributes.get(name)
    return declared.value if declared is not None else None


def _read(cls: ProjectClass, statements: Iterable[Statement], body: Body) -> None:
    for statement in statements:
        if isinstance(statement, Assign):
            for target in statement.targets:
                _bind(cls, target, statement.value, body, statement.line)
        elif isinstance(statement, Annotate) and isinstance(statement.target, Name):
            place = Place(cls.module, statement.target.line, statement.target.column)
            name = statement.target.id
            body.attributes[name] = Declared(name, place, statement.value, statement.annotation)
        elif isinstance(statement, DefineFunction):
            _define(cls, cls.module.functions[statement.index], body)
        elif isinstance(statement, DefineClass):
            _define(cls, cls.module.classes[statement.index], body)
        elif isinstance(statement, Delete):
            for target in statement.targets:
                if isinstance(target, Name):
                    body.attributes.pop(target.id, None)
        elif isinstance(statement, Evaluate):
            body.is_whole &= not writes_names(statement.value)
        elif isinstance(statement, Hidden):
            body.is_whole = False
        else:
            _read_inside(cls, statement, body)


def _read_inside(cls: ProjectClass, statement: Statement, body: Body) -> None:
    if isinstance(statement, (If, For, While)):
        before = dict(body.attributes)
        _read(cls, statement.body, body)
        between = {**before, **body.attributes}
        _read(cls, statement.orelse, body)
        body.is_whole &= not (_are_redone(before, between) or _are_redone(between, body.attributes))
    elif isinstance(statement, With):
        _read(cls, statement.body, body)
    elif isinstance(statement, Try):
        for part in (
            statement.body,
            *(h.body for h in statement.handlers),
            statement.orelse,
            statement.final,
        ):
            _read(cls, part, body)


def _are_redone(before: Mapping[str, Declared], after: Mapping[str, Declared]) -> bool:
    """Whether a condition decides what a name is: `content = Column(…)`, and `content = Cached()` if so."""
    return any(
        isinstance(one.value, Call) and after.get(name) is not one and isinstance(after[name].value, Call)
        for name, one in before.items()
        if name in after
    )


def _bind(cls: ProjectClass, target: Expression, value: Expression, body: Body, line: int) -> None:
    if isinstance(target, Name):
        place = Place(cls.module, target.line, target.column)
        body.attributes[target.id] = Declared(target.id, place, value)
    elif isinstance(target, Collection):
        for item in target.items:
            _bind(cls, item, target, body, line)  # each gets a part of the value, which nobody follows
    elif isinstance(target, Subscript) and isinstance(target.value, Call):
        body.is_whole &= not writes_names(target.value)  # `locals()[name] = …`


def _define(cls: ProjectClass, fact: FunctionFact | ClassFact, body: Body) -> None:
    before = body.attributes.get(fact.name)
    if before is not None and before.function is not None and _extends(fact):
        return  # `@name.setter`, or a class as `@name.comparator`: the first definition says what it is
    place = Place(cls.module, fact.line, fact.column)
    function = fact if isinstance(fact, FunctionFact) else None
    body.attributes[fact.name] = Declared(fact.name, place, function=function, is_class=function is None)


def _extends(fact: FunctionFact | ClassFact) -> bool:
    """Whether a decorator is of the form `@name.setter`."""
    return any(
        isinstance(decorator, Attribute)
        and isinstance(decorator.value, (Name, Attribute))
        and (decorator.value.id if isinstance(decorator.value, Name) else decorator.value.attr) == fact.name
        for decorator in fact.decorators
    )
