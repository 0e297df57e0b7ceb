"""The names that a module's `__getattr__` answers, where its code shows that it refuses all others.

def __getattr__(name):
    if name in _MOVED:
        return getattr(elsewhere, _MOVED[name])
    raise AttributeError(name)
"""

from __future__ import annotations

from collections.abc import Iterator

from archlint.facts.bindings import Kind
from archlint.facts.expressions import (
    Collection,
    Comparison,
    Expression,
    Form,
    Literal,
    Mapping,
    Name,
    Operation,
)
from archlint.facts.forms import parts
from archlint.facts.statements import Annotate, Assign, Evaluate, If, ImportNames, Raise, Statement
from archlint.project.module import Module

_DOOR = "__getattr__"
_PASSED = (Assign, Evaluate, ImportNames)
"""Statements that neither answer nor refuse."""


def refuses(module: Module, name: str) -> bool:
    """Whether `__getattr__` surely raises for a name."""
    door = module.binds(_DOOR)
    if door is None or door.kind is not Kind.FUNCTION or len(module.bindings[_DOOR]) > 1:
        return False
    function = module.functions[door.index]
    if not function.parameters or function.decorators or function.is_async:
        return False
    answered = _answered(module, function.parameters[0].name, module.statements(function))
    return answered is not None and name not in answered


def _answered(module: Module, asked: str, statements: tuple[Statement, ...]) -> frozenset[str] | None:
    """The names for which these statements may give something; None where nobody can tell."""
    found: frozenset[str] = frozenset()
    for statement in statements:
        if isinstance(statement, Raise):
            return found
        if isinstance(statement, Assign) and any(_count(each, asked) for each in statement.targets):
            return None  # what is asked for from here on is another name
        if isinstance(statement, _PASSED):
            continue
        if not isinstance(statement, If):
            return None
        names = _tested(module, asked, statement.test)
        if names is not None:
            found |= names
            if statement.orelse:
                rest = _answered(module, asked, statement.orelse)
                return None if rest is None else found | rest
        elif not _only_raises(statement):
            return None
        elif (kept := _tested(module, asked, statement.test, negated=True)) is not None:
            return found | kept  # whatever follows, it is for these alone
    return None  # at the end it gives None, to whatever name


def _only_raises(statement: If) -> bool:
    return not statement.orelse and bool(statement.body) and isinstance(statement.body[-1], Raise)


def _tested(module: Module, asked: str, test: Expression, *, negated: bool = False) -> frozenset[str] | None:
    """The names for which a condition may hold, or with `negated` may not; None for any."""
    if isinstance(test, Operation) and test.operator == "or" and not negated:
        parts = [_tested(module, asked, each) for each in test.operands]
        return frozenset().union(*(each or () for each in parts)) if None not in parts else None
    if not isinstance(test, Comparison) or len(test.operators) != 1:
        return None
    if not isinstance(test.left, Name) or test.left.id != asked:
        return None
    wanted = ("!=", "not in") if negated else ("==", "in")
    if test.operators[0] not in wanted:
        return None
    if test.operators[0] == wanted[0]:
        return _texts((test.others[0],))
    return _listed(module, test.others[0])


def _listed(module: Module, table: Expression) -> frozenset[str] | None:
    """The texts in a display, or in one that the module gives a name and never changes."""
    if isinstance(table, Name):
        if table.id == "__all__" and not module.facts.exports_open:
            return None if module.facts.exports is None else frozenset(module.facts.exports)
        values = list(_values_of(module, table.id))
        return _listed(module, values[0]) if len(values) == 1 and values[0] != table else None
    if isinstance(table, Collection):
        return _texts(table.items)
    return _texts(table.keys) if isinstance(table, Mapping) else None


def _values_of(module: Module, name: str) -> Iterator[Expression]:
    """What a module assigns to a name that nothing else in it speaks of, but for `__getattr__` itself."""
    others = (each for each in module.functions if each.qualname not in (_DOOR, "__dir__"))
    if len(module.bindings.get(name, ())) != 1 or any(module.mentions(each, name) for each in others):
        return
    if sum(_count(each, name) for each in module.body) > 1:
        return
    for statement in module.body:
        targets = statement.targets if isinstance(statement, Assign) else ()
        if isinstance(statement, Annotate):
            targets = (statement.target,)
        value = statement.value if isinstance(statement, (Assign, Annotate)) else None
        if value is not None and any(isinstance(each, Name) and each.id == name for each in targets):
            yield value


def _count(form: Form, name: str) -> int:
    own = isinstance(form, Name) and form.id == name
    return own + sum(_count(part, name) for part in parts(form))


def _texts(items: tuple[Expression | None, ...]) -> frozenset[str] | None:
    texts = [item.value for item in items if isinstance(item, Literal) and isinstance(item.value, str)]
    return frozenset(texts) if len(texts) == len(items) else None
