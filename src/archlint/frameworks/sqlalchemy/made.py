"""What names stand for, through aliases and the values that SQLAlchemy makes.

`db.Column` with `db = SQLAlchemy()` is SQLAlchemy's `Column`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.expressions import Attribute, Call, Expression, Name, Subscript, dotted
from archlint.frameworks.sqlalchemy.names import LIBRARIES, construct, member_of
from archlint.project.answer import UNKNOWN, Answer, Definition, External, Folder, Unresolved
from archlint.project.functions import ProjectFunction

if TYPE_CHECKING:
    from archlint.project.classes import ClassHierarchy
    from archlint.project.functions import Functions
    from archlint.project.module import Module
    from archlint.project.scopes import Scopes
    from archlint.project.symbols import Symbols


class Made(msgspec.Struct, frozen=True):
    """A value that one call makes, with what is called."""

    name: str
    """The dotted name it was first given; for a call without a name, module and line."""

    module: Module
    scope: str
    call: Call
    maker: str
    """Dotted name of the class or function of the library that makes it in the end."""


class Names:
    """Resolves names as `Scopes` does, and further: through aliases and objects of SQLAlchemy."""

    def __init__(
        self, scopes: Scopes, symbols: Symbols, hierarchy: ClassHierarchy, functions: Functions
    ) -> None:
        self._scopes = scopes
        self._symbols = symbols
        self._hierarchy = hierarchy
        self._functions = functions
        self._constructs: dict[tuple[Module, str, str], str] = {}
        self._values: dict[tuple[Module, str], Made | Answer] = {}

    def resolve(self, module: Module, scope: str, expression: Expression) -> Answer:
        """What a name stands for. `db.Column` is something of Flask-SQLAlchemy, and so of SQLAlchemy."""
        return self.through(self._scopes.resolve(module, scope, expression))

    def resolve_dotted(self, module: Module, scope: str, dotted: str) -> Answer:
        """What a dotted name in a text stands for, seen from a scope."""
        first, *rest = dotted.split(".")
        found = self._scopes.name(module, scope, first)
        for segment in rest:
            found = self._symbols.attribute(found, segment)
        return self.through(found)

    def construct(self, module: Module, scope: str, expression: Expression) -> str:
        """The last name of what an expression names of SQLAlchemy, or of what a partial call completes."""
        if not isinstance(expression, (Name, Attribute, Subscript)):
            return ""
        key = (module, scope, dotted(expression))
        found = self._constructs.get(key) if key[2] else None
        if found is None:
            answer = self.resolve(module, scope, expression)
            found = construct(answer) or self._own(answer)
            if not found and isinstance(expression, Name):
                found = self._imported(module, expression.id)
            self._constructs[key] = found
        return found

    def origin(self, module: Module, scope: str, expression: Expression) -> Answer:
        """What a name stands for, without the aliases in between: of `db.Model`, which `db` it is."""
        return self._origin(self._scopes.resolve(module, scope, expression))

    def through(self, answer: Answer) -> Answer:
        """The same, without the aliases and objects in between."""
        answer = self._origin(answer)
        if isinstance(answer, Definition) and answer.kind is Kind.VALUE and answer.member:
            value = self.value(answer)
            if isinstance(value, Made) and _is_library(value.maker):
                return External(member_of(value.maker, answer.member))
        return answer

    def _origin(self, answer: Answer) -> Answer:
        if not isinstance(answer, Definition) or answer.kind is not Kind.VALUE:
            return answer
        value = self.value(answer)
        if isinstance(value, (Made, Unresolved, Folder)):
            return answer
        for segment in filter(None, answer.member.split(".")):
            value = self._symbols.attribute(value, segment)
        return value

    def value(self, of: Definition) -> Made | Answer:
        """What makes the value of a module that a name stands for; an answer where it is an alias."""
        key = (of.module, of.qualname)
        if key not in self._values:
            self._values[key] = UNKNOWN  # an alias of itself
            self._values[key] = self._value(*key)
        return self._values[key]

    def bound(self, of: Definition) -> Expression | None:
        """The one expression that a value of a module is bound to when the module runs."""
        bound = self._functions.module_summary(of.module).bound.get(of.qualname, ())
        if len(bound) > 1:
            typing = {each.line for each in of.module.bindings.get(of.qualname, ()) if each.typing}
            bound = [each for each in bound if each.line not in typing]
        return bound[0].value if len(bound) == 1 and bound[0].how == "assign" else None

    def function(self, answer: Answer) -> ProjectFunction | None:
        """The function of the project that an answer is."""
        if not isinstance(answer, Definition) or answer.kind is not Kind.FUNCTION or answer.member:
            return None
        return ProjectFunction(answer.module, answer.index)

    def made(self, module: Module, scope: str, name: str, call: Call) -> Made | None:
        """What a call makes, where it calls the library in the end."""
        maker = self._maker(module, scope, call)
        return Made(name, module, scope, call, maker) if maker else None

    def _value(self, module: Module, qualname: str) -> Made | Answer:
        bound = self.bound(Definition(module, Kind.VALUE, qualname, -1, 0))
        if isinstance(bound, Call) and len(bound.arguments) == 2 and self._is_cast(module, bound):
            bound = bound.arguments[1]
        if isinstance(bound, Call):
            first = self._first_name(module, qualname, bound)
            return self.made(module, "", f"{module.name}.{first}", bound) or UNKNOWN
        if isinstance(bound, (Name, Attribute)):
            return self.origin(module, "", bound)
        return UNKNOWN

    def _first_name(self, module: Module, name: str, call: Call) -> str:
        """The name by which a value goes that has several: `DB = db = SQLAlchemy()`."""
        line = {each.line for each in module.bindings.get(name, ())}
        beside = [
            other for other, found in module.bindings.items() if len(found) == 1 and found[0].line in line
        ]
        of = self._functions.module_summary(module).bound if len(beside) > 1 else {}
        same = (other for other in beside if any(each.value is call for each in of.get(other, ())))
        return next(same, name)

    def _is_cast(self, module: Module, call: Call) -> bool:
        return self.resolve(module, "", call.function) == External("typing.cast")

    def _maker(self, module: Module, scope: str, call: Call) -> str:
        answer = self.resolve(module, scope, call.function)
        if isinstance(answer, External):
            if answer.name == "functools.partial" and call.arguments:
                completed = self.resolve(module, scope, call.arguments[0])
                return completed.name if isinstance(completed, External) else ""
            return answer.name
        owner = self._hierarchy.of(answer)
        if owner is not None:
            order = self._hierarchy.order(owner)
            return next((a.name for a in order if isinstance(a, External) and _is_library(a.name)), "")
        function = self.function(answer)
        promised = function.fact.returns if function is not None else None
        if function is None or not isinstance(promised, (Name, Attribute)):
            return ""
        result = self.resolve(function.module, function.fact.qualname.rpartition(".")[0], promised)
        return result.name if isinstance(result, External) else ""

    def _own(self, answer: Answer) -> str:
        """The last name of the library's class that a class or a partial call of the project stands for."""
        owner = self._hierarchy.of(answer)
        if owner is not None:
            names = (construct(each) for each in self._hierarchy.order(owner) if isinstance(each, External))
            return next(filter(None, names), "")
        if isinstance(answer, Definition) and answer.kind is Kind.VALUE and not answer.member:
            value = self.value(answer)
            is_partial = isinstance(value, Made) and self._is_partial(value)
            return construct(External(value.maker)) if isinstance(value, Made) and is_partial else ""
        return ""

    def _imported(self, module: Module, name: str) -> str:
        """The last name of what a module imports, where it has something of its own for older versions."""
        for binding in module.bindings.get(name, ()):
            if binding.kind is Kind.IMPORT:
                found = construct(self._symbols.imported(module, module.facts.imports[binding.index]))
                if found:
                    return found
        return ""

    def _is_partial(self, value: Made) -> bool:
        called = self.resolve(value.module, value.scope, value.call.function)
        return isinstance(called, External) and called.name == "functools.partial"


def _is_library(name: str) -> bool:
    return name.partition(".")[0] in LIBRARIES
