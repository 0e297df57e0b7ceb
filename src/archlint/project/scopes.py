"""What a name means where it is written: function, enclosing functions, module, builtins."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from archlint.facts.bindings import Kind
from archlint.facts.definitions import FunctionFact
from archlint.facts.expressions import Attribute, Expression, Name, Subscript
from archlint.project.answer import MISSING, UNKNOWN, Answer, Definition, External
from archlint.project.module import Module
from archlint.project.symbols import BUILTINS, Symbols

if TYPE_CHECKING:
    from archlint.project.project import Project


class Scopes:
    """Resolves the expressions that facts hold, seen from the scope they stand in.

    A scope is written as `Import.scope` is: empty for the module, `Cart` inside the class,
    `Cart.total()` inside the method.
    """

    transparent = True

    def __init__(self, symbols: Symbols) -> None:
        self._symbols = symbols

    @classmethod
    def build(cls, project: Project) -> Scopes:
        """The view of a project."""
        return cls(project.view(Symbols))

    def resolve(self, module: Module, scope: str, expression: Expression) -> Answer:
        """What a name or a chain of attributes stands for; UNKNOWN for locals and anything else."""
        if isinstance(expression, Name):
            return self.name(module, scope, expression.id)
        if isinstance(expression, Attribute):
            return self._symbols.attribute(self.resolve(module, scope, expression.value), expression.attr)
        if isinstance(expression, Subscript):
            return self.resolve(module, scope, expression.value)  # `Base[int]` is `Base`
        return UNKNOWN

    def name(self, module: Module, scope: str, name: str) -> Answer:
        """What a bare name stands for."""
        for function in _functions_around(module, scope):
            if name in module.locals(function):
                return self._in_function(module, f"{function.qualname}()", name)
        if scope and not scope.endswith("()"):
            found = self._in_class(module, scope, name)
            if found is not MISSING:
                return found
        if name not in module.bindings and not module.stars:
            return External(f"builtins.{name}") if name in BUILTINS else UNKNOWN
        found = self._symbols.member(module, name)
        if found is MISSING:
            return External(f"builtins.{name}") if name in BUILTINS else UNKNOWN
        return found

    def _in_function(self, module: Module, scope: str, name: str) -> Answer:
        for fact in module.facts.imports:
            if fact.scope == scope and fact.alias == name:
                return self._symbols.imported(module, fact)
        return _nested(module, f"{scope}.{name}") or UNKNOWN

    def _in_class(self, module: Module, scope: str, name: str) -> Answer:
        if not any(m.name == name for c in module.classes if c.qualname == scope for m in c.members):
            return MISSING
        return _nested(module, f"{scope}.{name}") or UNKNOWN


def nested(module: Module, qualname: str) -> Definition | None:
    """The class or function of this qualified name, wherever in the module it stands."""
    return _nested(module, qualname)


def meant(answer: Definition) -> Definition | None:
    """What a definition means that may be asked of a class: `Cart.total` is the method."""
    return nested(answer.module, f"{answer.qualname}.{answer.member}") if answer.member else answer


@lru_cache(maxsize=1024)
def _by_qualname(module: Module) -> dict[str, Definition]:
    table = {
        function.qualname: Definition(module, Kind.FUNCTION, function.qualname, index, function.line)
        for index, function in enumerate(module.functions)
    }
    for index, found in enumerate(module.classes):
        table[found.qualname] = Definition(module, Kind.CLASS, found.qualname, index, found.line)
    return table


def _nested(module: Module, qualname: str) -> Definition | None:
    return _by_qualname(module).get(qualname)


@lru_cache(maxsize=1024)
def _functions(module: Module) -> dict[str, list[FunctionFact]]:
    table: dict[str, list[FunctionFact]] = {}
    for function in module.functions:
        table.setdefault(function.qualname, []).append(function)
    return table


def _functions_around(module: Module, scope: str) -> list[FunctionFact]:
    """The functions around a scope, the innermost first. Class bodies between them lend no names.

    A scope may be that of several functions, where one is defined anew: what any of them binds is no
    name from outside.
    """
    found: list[FunctionFact] = []
    while "()" in scope:
        scope = scope[: scope.rindex("()")]
        found += _functions(module).get(scope, ())
    return found
