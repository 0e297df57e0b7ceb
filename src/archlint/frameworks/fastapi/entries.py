"""What code adds to routers, in the order in which it does: routes, other routers, mounted applications."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from archlint.facts.expressions import Attribute, Call, Collection, Expression, Literal
from archlint.facts.statements import (
    DefineClass,
    DefineFunction,
    Evaluate,
    For,
    If,
    Match,
    Statement,
    Try,
    While,
    With,
)
from archlint.frameworks.fastapi.listed_routers import Item, filled_in, items_of, read_with
from archlint.frameworks.fastapi.paths import path_of
from archlint.frameworks.fastapi.routers import Router, Routers
from archlint.project.functions import Functions, ProjectFunction
from archlint.project.objects.values import called_function
from archlint.project.scopes import Scopes

if TYPE_CHECKING:
    from archlint.project.module import Module
    from archlint.project.project import Project

VERBS: Final = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "trace"})
_OPEN: Final = {
    "api_route": ("GET",),
    "add_api_route": ("GET",),
    "route": ("GET", "HEAD"),
    "add_route": ("GET", "HEAD"),
    "websocket": ("WEBSOCKET",),
    "websocket_route": ("WEBSOCKET",),
    "add_api_websocket_route": ("WEBSOCKET",),
}
"""What names the methods itself, with those it has otherwise."""

_ADDING: Final = frozenset({"add_api_route", "add_route", "add_api_websocket_route"})
_DECORATING: Final = VERBS | _OPEN.keys() - _ADDING
CALLS: Final = (*sorted(_ADDING), "include_router", "mount")

ALL_METHODS: Final = frozenset({"*"})

Conditions: TypeAlias = "frozenset[tuple[int, int]]"


class Entry(msgspec.Struct, frozen=True, eq=False):
    """One thing that is added to a router."""

    module: Module
    scope: str
    """The body that adds it, as `Import.scope` has it."""

    conditions: Conditions
    """The blocks around it that may not run: the line of the statement, and which of its blocks."""

    form: Call
    path: str
    """Its own path or prefix."""

    methods: frozenset[str] = frozenset()
    """In capitals; empty where nobody can tell."""

    function: ProjectFunction | None = None
    child: Router | None = None
    """The router that is included."""

    is_mount: bool = False
    """It takes all paths below its own."""

    made_by: str = ""
    """The class whose objects add it to themselves, all that they add in one known order."""


class Entries:
    """All entries of a project, by router, those of one body in order."""

    transparent = True

    def __init__(self, project: Project) -> None:
        self._project = project
        self._routers = project.view(Routers)
        self._functions = project.view(Functions)
        self.of: dict[Router, list[Entry]] = {}
        for module in project.modules:
            if not module.is_stub:
                self._learn_module(module)

    @classmethod
    def build(cls, project: Project) -> Entries:
        """The view of a project."""
        return cls(project)

    def _learn_module(self, module: Module) -> None:
        functions = self._functions.all_of(module)
        around = {_body(function.outer) for function in functions if decorations(function)}
        if "" in around or any(name.encode() in bytes(module.facts.body) for name in CALLS):
            self._learn(module, "", module.body, frozenset())
        for function in functions:
            if function.scope in around or module.mentions(function.fact, *CALLS):
                self._learn(module, function.scope, module.statements(function.fact), frozenset())

    def _learn(self, module: Module, scope: str, body: tuple[Statement, ...], conditions: Conditions) -> None:
        for statement in body:
            if isinstance(statement, DefineFunction):
                function = ProjectFunction(module, statement.index)
                for decorator, named in reversed(decorations(function)):
                    self._add(module, scope, conditions, decorator, named, function)
            elif isinstance(statement, Evaluate):
                call = statement.value
                if isinstance(call, Call) and isinstance(call.function, Attribute):
                    self._add(module, scope, conditions, call, call.function, None)
            elif isinstance(statement, DefineClass):
                inside = module.statements(module.classes[statement.index])
                self._learn(module, scope, inside, conditions)
            elif isinstance(statement, With):
                self._learn(module, scope, statement.body, conditions)
            elif isinstance(statement, For) and (turns := items_of(self._project, module, scope, statement)):
                self._turn(module, scope, statement, conditions, turns)
            else:
                for number, block in enumerate(blocks(statement)):
                    self._learn(module, scope, block, conditions | {(statement.line, number)})

    def _turn(
        self, module: Module, scope: str, loop: For, conditions: Conditions, turns: tuple[Item, ...]
    ) -> None:
        """What a loop over routers that are written down includes, turn by turn."""
        adding = [
            each.value
            for each in loop.body
            if isinstance(each, Evaluate)
            and isinstance(each.value, Call)
            and isinstance(each.value.function, Attribute)
            and each.value.function.attr in CALLS
        ]
        for item in turns:
            for call in adding:
                if isinstance(call.function, Attribute) and call.function.attr == "include_router":
                    self._include(module, scope, conditions, call, item)
                elif item.module is module:
                    filled = filled_in(call, item)
                    if isinstance(filled.function, Attribute):
                        self._add(module, scope, conditions, filled, filled.function, None)
        rest = tuple(each for each in loop.body if getattr(each, "value", None) not in adding)
        self._learn(module, scope, (*rest, *loop.orelse), conditions | {(loop.line, 0)})

    def _include(self, module: Module, scope: str, conditions: Conditions, call: Call, item: Item) -> None:
        """One router of a loop is included."""
        assert isinstance(call.function, Attribute)
        router = self._routers.named(module, scope, call.function.value)
        first = call.arguments[0] if call.arguments else _keyword(call, "router")
        if router is None or first is None:
            return
        child = self._routers.named(*read_with(module, scope, first, item))
        given = _keyword(call, "prefix")
        prefix = path_of(self._project, *read_with(module, scope, given, item)) if given is not None else ""
        entry = Entry(module, scope, conditions, call, prefix, child=child)
        self.of.setdefault(router, []).append(entry)

    def _add(
        self,
        module: Module,
        scope: str,
        conditions: Conditions,
        call: Call,
        named: Attribute,
        function: ProjectFunction | None,
    ) -> None:
        verb = named.attr
        if (verb not in CALLS) if function is None else (verb not in _DECORATING):
            return
        router = self._routers.named(module, scope, named.value)
        if router is None:
            return
        at = (module, scope, conditions, call)
        if verb == "include_router":
            first = call.arguments[0] if call.arguments else _keyword(call, "router")
            child = self._routers.named(module, scope, first) if first is not None else None
            prefix = path_of(self._project, module, scope, _keyword(call, "prefix"))
            entry = Entry(*at, prefix, child=child)
        else:
            entry = entry_of(self._project, *at, verb, function)
        self.of.setdefault(router, []).append(entry)


def entry_of(
    project: Project,
    module: Module,
    scope: str,
    conditions: Conditions,
    call: Call,
    verb: str,
    function: ProjectFunction | None,
) -> Entry:
    """The route that a call adds, or what it mounts."""
    given = call.arguments[0] if call.arguments else _keyword(call, "path")
    path = path_of(project, module, scope, given)
    at = (module, scope, conditions, call)
    if verb == "mount":
        return Entry(*at, path.rstrip("/"), ALL_METHODS, is_mount=True)
    return Entry(*at, path, _methods(verb, call), function or _handler(project, module, scope, call))


def _handler(project: Project, module: Module, scope: str, call: Call) -> ProjectFunction | None:
    given = call.arguments[1] if len(call.arguments) > 1 else _keyword(call, "endpoint")
    scopes = project.view(Scopes)
    return called_function(scopes.resolve(module, scope, given)) if given is not None else None


def _body(scope: str) -> str:
    """The function whose body a scope is run with, classes left out; empty for the module."""
    return scope[: scope.rfind("()") + 2] if "()" in scope else ""


def decorations(function: ProjectFunction) -> list[tuple[Call, Attribute]]:
    """The decorators that may be routes."""
    return [
        (decorator, decorator.function)
        for decorator in function.fact.decorators
        if isinstance(decorator, Call)
        and isinstance(decorator.function, Attribute)
        and decorator.function.attr in _DECORATING
    ]


def _methods(verb: str, call: Call) -> frozenset[str]:
    if verb in VERBS:
        return frozenset((verb.upper(),))
    given = _keyword(call, "methods")
    if given is None:
        return frozenset(_OPEN[verb])
    items = given.items if isinstance(given, Collection) else ()
    names = [item.value for item in items if isinstance(item, Literal)]
    return frozenset(str(name).upper() for name in names) if len(names) == len(items) else frozenset()


def _keyword(call: Call, name: str) -> Expression | None:
    return next((keyword.value for keyword in call.keywords if keyword.name == name), None)


def blocks(statement: Statement) -> tuple[tuple[Statement, ...], ...]:
    """What may run of a statement, or may not."""
    if isinstance(statement, (If, For, While)):
        return statement.body, statement.orelse
    if isinstance(statement, Try):
        return statement.body, *(h.body for h in statement.handlers), statement.orelse, statement.final
    return tuple(case.body for case in statement.cases) if isinstance(statement, Match) else ()
