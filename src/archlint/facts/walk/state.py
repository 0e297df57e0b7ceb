"""What the walk carries: the scope it stands in, the conditions it stands under, what it has found."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import msgspec

from archlint.facts.bindings import Binding, Kind
from archlint.facts.definitions import ClassFact, FunctionFact
from archlint.facts.imports import Import
from archlint.facts.sql import SqlText
from archlint.facts.statements import Hidden, Statement

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression

Lower = Callable[["Walk", ast.AST], "Expression"]


@dataclass(slots=True)
class Scope:
    """A module, class or function body while it is walked."""

    path: str
    """Prefix of the qualified names inside: empty, `Cart` or `Cart.total()`."""

    owner: int = -1
    """Index of the class, for a class body."""

    is_function: bool = False
    receiver: str = ""
    """The first parameter of a method: `self`, `cls`."""

    bindings: list[Binding] = field(default_factory=list)
    names: dict[str, None] = field(default_factory=dict)
    """What a function binds; a dict, to keep the order."""

    shared: dict[str, bool] = field(default_factory=dict)
    """Names declared `global` (True) or `nonlocal` (False); the declaration precedes every use."""

    attributes: dict[str, None] = field(default_factory=dict)
    """Of a class: what its methods assign on their receiver."""

    is_generator: bool = False


@dataclass(frozen=True, slots=True)
class Conditions:
    """What the statement that is being walked depends on."""

    typing: bool = False
    guarded: bool = False
    conditional: bool = False
    platform: bool = False


class Walk:
    """One walk over one file. Handlers for the types of nodes stand in the modules beside this one."""

    __slots__ = (
        "bindings",
        "classes",
        "conditions",
        "dynamic_names",
        "dynamic_path",
        "encode",
        "exports_read",
        "expressions",
        "functions",
        "imports",
        "module",
        "package",
        "scope",
        "sql",
        "stack",
        "statements",
    )

    def __init__(
        self,
        module: str,
        is_package: bool,
        expressions: dict[type[ast.AST], Lower],
        statements: dict[type[ast.AST], Callable[[Walk, ast.AST], Statement]],
    ) -> None:
        self.module = module
        self.package = module if is_package else module.rpartition(".")[0]
        self.expressions = expressions
        self.statements = statements
        self.encode = msgspec.msgpack.Encoder().encode
        self.scope = Scope("")
        self.stack: list[Scope] = []
        self.conditions = Conditions()
        self.imports: list[Import] = []
        self.classes: list[ClassFact | None] = []
        self.functions: list[FunctionFact | None] = []
        self.sql: list[SqlText] = []
        self.exports_read = 0
        """How often `__all__` is read, to add to it or to pass it on."""

        self.dynamic_names = False
        self.dynamic_path = False

    def enter(self, scope: Scope) -> None:
        """Walk inside this scope until `leave`."""
        self.stack.append(self.scope)
        self.scope = scope

    def leave(self) -> Scope:
        """Return to the scope around, and give back the one that is left."""
        left = self.scope
        self.scope = self.stack.pop()
        return left

    def bind(self, name: str, kind: Kind, line: int, column: int, index: int = -1) -> None:
        """Note that the scope binds a name, or the module where the name is declared global."""
        scope = self.scope
        if not scope.is_function:
            scope.bindings.append(Binding(name, kind, index, self.conditions.typing, line, column))
        elif name not in scope.shared:
            scope.names[name] = None
        elif scope.shared[name]:
            self.stack[0].bindings.append(Binding(name, Kind.VALUE, -1, False, line, column))

    def body(self, nodes: Iterable[ast.stmt]) -> tuple[Statement, ...]:
        """The lean form of some statements. One that is nested too deeply becomes `Hidden`."""
        statements = self.statements
        scope, depth, conditions = self.scope, len(self.stack), self.conditions
        lowered: list[Statement] = []
        for node in nodes:
            try:
                lowered.append(statements[node.__class__](self, node))
            except RecursionError:
                self.scope, self.conditions = scope, conditions
                del self.stack[depth:]
                lowered.append(Hidden(node.lineno))
        return tuple(lowered)

    def under(self, nodes: Iterable[ast.stmt], **conditions: bool) -> tuple[Statement, ...]:
        """The lean form of some statements that run only under further conditions."""
        before = self.conditions
        self.conditions = replace(before, **conditions)
        lowered = self.body(nodes)
        self.conditions = before
        return lowered
