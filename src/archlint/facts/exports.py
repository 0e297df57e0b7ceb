"""What a module says it exports: `__all__`."""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.expressions import Attribute, Call, Collection, Expression, Literal, Name
from archlint.facts.statements import Annotate, Assign, Evaluate, If, Statement, Try


def exports(body: tuple[Statement, ...], reads: int) -> tuple[tuple[str, ...] | None, bool]:
    """The literal names of `__all__` (None without one), and whether it holds more than these.

    `reads` is how often the module reads `__all__`, functions included. Whatever is not adding names
    here at its top level may add others.
    """
    names: list[str] = []
    assigned, added = _values(body)
    found = False
    is_open = reads > len(added)
    for value in (*assigned, *added):
        found = True
        literal = _literals(value)
        is_open = is_open or literal is None
        names.extend(literal or ())
    return (tuple(dict.fromkeys(names)), is_open) if found else (None, False)


def _values(body: tuple[Statement, ...]) -> tuple[list[Expression], list[Expression]]:
    """What is assigned to `__all__`, and what is added to it by a method."""
    assigned: list[Expression] = []
    added: list[Expression] = []
    for statement in _flat(body):
        value = _assigned(statement)
        if value is not None:
            assigned.append(value)
        elif isinstance(statement, Evaluate) and isinstance(statement.value, Call):
            added.extend(_added(statement.value))
    return assigned, added


def _flat(body: tuple[Statement, ...]) -> Iterator[Statement]:
    """The statements of the top level, those in its branches too."""
    for statement in body:
        yield statement
        if isinstance(statement, If):
            yield from _flat((*statement.body, *statement.orelse))
        elif isinstance(statement, Try):
            handled = (inner for handler in statement.handlers for inner in handler.body)
            yield from _flat((*statement.body, *handled, *statement.orelse))


def _assigned(statement: Statement) -> Expression | None:
    if isinstance(statement, Assign):
        return statement.value if any(_is_all(target) for target in statement.targets) else None
    if isinstance(statement, Annotate):
        return statement.value if _is_all(statement.target) else None
    return None


def _added(call: Call) -> tuple[Expression, ...]:
    """The argument of `__all__.extend(…)`; of `__all__.append(x)`, the list `[x]`."""
    function = call.function
    if not (isinstance(function, Attribute) and _is_all(function.value)):
        return ()
    if function.attr == "append":
        return (Collection("list", call.arguments, call.line, call.column),)
    return call.arguments


def _literals(value: Expression) -> list[str] | None:
    if not isinstance(value, Collection):
        return None
    names = [item.value for item in value.items if isinstance(item, Literal) and isinstance(item.value, str)]
    return names if len(names) == len(value.items) else None


def _is_all(target: Expression) -> bool:
    return isinstance(target, Name) and target.id == "__all__"
