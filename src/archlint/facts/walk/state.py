"""What the walk carries: the scope it stands in, the conditions it stands under, what it has found."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from archlint.facts.bindings import Binding, Kind
from archlint.facts.definitions import ClassFact, FunctionFact
from archlint.facts.imports import Import
from archlint.facts.sql import SqlText
from archlint.facts.statements import Hidden, Statement
from archlint.facts.walk.reading import AT_ONCE, NOWHERE, Later, Reads, hand_over, inner, settle

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.facts.unbound import UnboundRead

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

    around: Reads = field(init=False)
    """Where the scope around notes what it reads."""

    reads: Reads = field(init=False)
    """What it reads itself, comprehensions that run at once included."""

    later: list[Later] = field(default_factory=list)
    """What functions, lambdas and generators in it read, and do not bind."""

    settled: set[str] = field(default_factory=set)
    """The names that it may have bound so far."""

    early: Reads | None = None
    """What it has read before it has bound it; few read anything so."""


class Conditions(msgspec.Struct, frozen=True):
    """What the statement that is being walked depends on."""

    typing: bool = False
    guarded: bool = False
    conditional: bool = False
    platform: bool = False
    nameless: bool = False
    """That a name is missing is expected: `try`/`except NameError`."""

    @property
    def is_idle(self) -> bool:
        """Whether nothing follows from a name that is missing."""
        return self.typing or self.platform or self.nameless


class Walk:
    """One walk over one file. Handlers for the types of nodes stand in the modules beside this one."""

    __slots__ = (
        "bindings",
        "classes",
        "conditions",
        "defers_annotations",
        "dynamic_names",
        "dynamic_path",
        "encode",
        "exports_read",
        "expressions",
        "functions",
        "imports",
        "is_whole",
        "module",
        "namespaces_read",
        "package",
        "reads",
        "scope",
        "sql",
        "stack",
        "statements",
        "unbound",
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

        self.namespaces_read = 0
        """How often all names of a scope are asked for: `locals()`, `dir()`."""

        self.dynamic_names = False
        self.dynamic_path = False
        self.is_whole = True
        """Whether every statement was walked."""

        self.defers_annotations = False
        """Whether annotations are kept as text: `from __future__ import annotations`."""

        self.reads: Reads = {}
        """Where names that are read are noted."""

        self.scope.reads = self.scope.around = self.reads
        self.unbound: list[UnboundRead] = []
        """Names of functions that these read before they bind them."""

    def enter(self, scope: Scope) -> None:
        """Walk inside this scope until `leave`."""
        self.stack.append(self.scope)
        self.scope = scope
        scope.around, scope.reads = self.reads, inner(self)
        self.reads = scope.reads

    def leave(self) -> Scope:
        """Return to the scope around, and give back the one that is left."""
        left = self.scope
        self.scope = self.stack.pop()
        self.reads = left.around
        hand_over(self, left)
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
        if kind in AT_ONCE and name not in scope.settled:
            settle(self, name)

    def body(self, nodes: Iterable[ast.stmt]) -> tuple[Statement, ...]:
        """The lean form of some statements. One that is nested too deeply becomes `Hidden`."""
        statements = self.statements
        scope, depth, conditions, reads = self.scope, len(self.stack), self.conditions, self.reads
        lowered: list[Statement] = []
        for node in nodes:
            try:
                lowered.append(statements[node.__class__](self, node))
            except RecursionError:
                self.scope, self.conditions, self.reads = scope, conditions, reads
                self.is_whole = False
                del self.stack[depth:]
                lowered.append(Hidden(node.lineno))
        return tuple(lowered)

    def under(self, nodes: Iterable[ast.stmt], **conditions: bool) -> tuple[Statement, ...]:
        """The lean form of some statements that run only under further conditions."""
        before, reads = self.conditions, self.reads
        self.conditions = replace(before, **conditions)
        if self.conditions.is_idle:
            self.reads = NOWHERE
        lowered = self.body(nodes)
        self.conditions, self.reads = before, reads
        return lowered
