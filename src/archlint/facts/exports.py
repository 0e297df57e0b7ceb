"""What a module says it exports: `__all__`."""

from __future__ import annotations

from archlint.facts.expressions import Attribute, Call, Collection, Expression, Literal, Name
from archlint.facts.statements import Annotate, Assign, Evaluate, If, Statement, Try


def exports(body: tuple[Statement, ...]) -> tuple[tuple[str, ...] | None, bool]:
    """The literal names of `__all__` (None without one), and whether it holds more than these."""
    names: list[str] = []
    found = is_open = False
    for value in _values(body):
        found = True
        literal = _literals(value)
        is_open = is_open or literal is None
        names.extend(literal or ())
    return (tuple(dict.fromkeys(names)), is_open) if found else (None, False)


def _values(body: tuple[Statement, ...]) -> list[Expression]:
    values: list[Expression] = []
    for statement in body:
        assigned = _assigned(statement)
        if assigned is not None:
            values.append(assigned)
        elif isinstance(statement, Evaluate) and isinstance(statement.value, Call):
            values.extend(_added(statement.value))
        elif isinstance(statement, If):
            values += _values(statement.body) + _values(statement.orelse)
        elif isinstance(statement, Try):
            values += _values(statement.body)
            for handler in statement.handlers:
                values += _values(handler.body)
            values += _values(statement.orelse)
    return values


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
