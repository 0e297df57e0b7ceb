"""Lowering of statements, by type of node."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any, Protocol

from archlint.facts.bindings import Kind
from archlint.facts.statements import (
    Annotate,
    Assert,
    Assign,
    Case,
    Declare,
    Delete,
    Evaluate,
    For,
    Handler,
    Hidden,
    If,
    Jump,
    Match,
    Raise,
    Return,
    Statement,
    Try,
    While,
    With,
    WithItem,
)
from archlint.facts.walk.conditions import (
    asks_for_file,
    catches_import_errors,
    catches_name_errors,
    expects_import_errors,
    expects_name_errors,
    is_platform,
    is_running,
    is_typing,
)
from archlint.facts.walk.definitions import lower_class, lower_function
from archlint.facts.walk.expressions import EXPRESSIONS, annotation, expressions, operator, optional
from archlint.facts.walk.imports import lower_import, lower_import_from
from archlint.facts.walk.reading import NOWHERE, unsettle
from archlint.facts.walk.state import Walk
from archlint.facts.walk.targets import bind_target, pattern_names


def _assign(walk: Walk, node: ast.Assign) -> Statement:
    value = EXPRESSIONS[node.value.__class__](walk, node.value)
    targets = expressions(walk, node.targets)
    for target in node.targets:
        bind_target(walk, target)
    return Assign(targets, value, node.lineno)


def _augment(walk: Walk, node: ast.AugAssign) -> Statement:
    value = EXPRESSIONS[node.value.__class__](walk, node.value)
    target = EXPRESSIONS[node.target.__class__](walk, node.target)
    if isinstance(node.target, ast.Name):
        walk.reads.setdefault(node.target.id, node.target)
    bind_target(walk, node.target)
    return Assign((target,), value, node.lineno, operator(node.op))


def _annotate(walk: Walk, node: ast.AnnAssign) -> Statement:
    promised = annotation(walk, node.annotation, is_evaluated=not walk.scope.is_function)
    value = optional(walk, node.value)
    target = EXPRESSIONS[node.target.__class__](walk, node.target)
    if value is None and isinstance(node.target, ast.Name):
        walk.bind(node.target.id, Kind.DECLARED, node.lineno, node.col_offset)
    else:
        bind_target(walk, node.target)
    return Annotate(target, promised, value, node.lineno)


def _evaluate(walk: Walk, node: ast.Expr) -> Statement:
    value = EXPRESSIONS[node.value.__class__](walk, node.value)
    if walk.conditions.typing:
        return Jump("pass", node.lineno)  # it has no effect: only type checkers read it
    return Evaluate(value, node.lineno)


def _return(walk: Walk, node: ast.Return) -> Statement:
    return Return(optional(walk, node.value), node.lineno)


def _if(walk: Walk, node: ast.If) -> Statement:
    typing = walk.conditions.typing
    platform = walk.conditions.platform or is_platform(node.test)
    reads = walk.reads
    if platform:
        walk.reads = NOWHERE  # `PY2 and isinstance(text, unicode)`
    asked = walk.namespaces_read
    test = EXPRESSIONS[node.test.__class__](walk, node.test)
    nameless = walk.conditions.nameless or walk.namespaces_read > asked  # `if "order" in locals():`
    walk.reads = reads
    in_body = typing or is_typing(node.test)
    in_else = typing or is_running(node.test)
    guarded = walk.conditions.guarded or asks_for_file(node.test)
    body = walk.under(
        node.body, typing=in_body, conditional=True, platform=platform, guarded=guarded, nameless=nameless
    )
    orelse = (
        walk.under(node.orelse, typing=in_else, conditional=True, platform=platform, nameless=nameless)
        if node.orelse
        else ()
    )
    return If(test, body, orelse, node.lineno)


def _for(walk: Walk, node: ast.For | ast.AsyncFor) -> Statement:
    iterable = EXPRESSIONS[node.iter.__class__](walk, node.iter)
    target = EXPRESSIONS[node.target.__class__](walk, node.target)
    bind_target(walk, node.target)
    body = walk.under(node.body, conditional=True)
    orelse = walk.under(node.orelse, conditional=True) if node.orelse else ()
    return For(target, iterable, body, orelse, isinstance(node, ast.AsyncFor), node.lineno)


def _while(walk: Walk, node: ast.While) -> Statement:
    test = EXPRESSIONS[node.test.__class__](walk, node.test)
    body = walk.under(node.body, conditional=True)
    orelse = walk.under(node.orelse, conditional=True) if node.orelse else ()
    return While(test, body, orelse, node.lineno)


def _with(walk: Walk, node: ast.With | ast.AsyncWith) -> Statement:
    items = []
    for item in node.items:
        context = EXPRESSIONS[item.context_expr.__class__](walk, item.context_expr)
        target = optional(walk, item.optional_vars)
        if item.optional_vars is not None:
            bind_target(walk, item.optional_vars)
        items.append(WithItem(context, target))
    guarded = walk.conditions.guarded or expects_import_errors(node.items)
    nameless = walk.conditions.nameless or expects_name_errors(node.items)
    body = walk.under(node.body, guarded=guarded, nameless=nameless)
    return With(tuple(items), body, isinstance(node, ast.AsyncWith), node.lineno)


def _try(walk: Walk, node: ast.Try) -> Statement:
    guarded = walk.conditions.guarded or catches_import_errors(node.handlers)
    nameless = walk.conditions.nameless or catches_name_errors(node.handlers)
    body = walk.under(node.body, guarded=guarded, nameless=nameless, conditional=True)
    handlers = []
    for handler in node.handlers:
        caught = optional(walk, handler.type)
        is_own = handler.name not in walk.scope.settled
        if handler.name:
            walk.bind(handler.name, Kind.CAUGHT, handler.lineno, handler.col_offset)
        # What stands in the handler is the fallback: it is tried where the first way failed.
        inside = walk.under(handler.body, guarded=guarded, conditional=True)
        if handler.name and is_own:
            unsettle(walk, handler.name)
        handlers.append(Handler(caught, handler.name or "", inside, handler.lineno))
    orelse = walk.under(node.orelse, conditional=True) if node.orelse else ()
    return Try(body, tuple(handlers), orelse, walk.body(node.finalbody), node.lineno)


def _match(walk: Walk, node: ast.Match) -> Statement:
    subject = EXPRESSIONS[node.subject.__class__](walk, node.subject)
    cases = []
    for case in node.cases:
        names = pattern_names(case.pattern)
        for name in names:
            walk.bind(name, Kind.VALUE, case.pattern.lineno, case.pattern.col_offset)
        guard = optional(walk, case.guard)
        cases.append(Case(names, guard, walk.under(case.body, conditional=True)))
    return Match(subject, tuple(cases), node.lineno)


def _raise(walk: Walk, node: ast.Raise) -> Statement:
    return Raise(optional(walk, node.exc), optional(walk, node.cause), node.lineno)


def _delete(walk: Walk, node: ast.Delete) -> Statement:
    for target in node.targets:
        # What may not happen leaves the name as it was.
        if isinstance(target, ast.Name) and not walk.scope.is_function and not walk.conditions.conditional:
            walk.bind(target.id, Kind.DELETED, node.lineno, node.col_offset)
    return Delete(expressions(walk, node.targets), node.lineno)


def _assert(walk: Walk, node: ast.Assert) -> Statement:
    return Assert(EXPRESSIONS[node.test.__class__](walk, node.test), node.lineno)


def _global(walk: Walk, node: ast.Global) -> Statement:
    if walk.scope.path:  # in the body of a module it says what is so anyway
        walk.scope.shared.update(dict.fromkeys(node.names, True))
    return Declare("global", tuple(node.names), node.lineno)


def _nonlocal(walk: Walk, node: ast.Nonlocal) -> Statement:
    walk.scope.shared.update(dict.fromkeys(node.names, False))
    return Declare("nonlocal", tuple(node.names), node.lineno)


def _jump(walk: Walk, node: ast.stmt) -> Statement:
    return Jump(node.__class__.__name__.lower(), node.lineno)


def _type_alias(walk: Walk, node: _TypeAlias) -> Statement:
    value = annotation(walk, node.value, is_evaluated=False)  # only when somebody asks for it
    bind_target(walk, node.name)
    return Assign((EXPRESSIONS[ast.Name](walk, node.name),), value, node.lineno)


class _TypeAlias(Protocol):
    """`ast.TypeAlias`, which the oldest supported Python does not have."""

    name: ast.Name
    value: ast.expr
    lineno: int


class _Lowerings(dict[type[ast.AST], Callable[[Walk, Any], Statement]]):
    """Syntax of a Python newer than this table is hidden until somebody adds it."""

    def __missing__(self, kind: type[ast.AST]) -> Callable[[Walk, Any], Statement]:
        return _hidden


def _hidden(walk: Walk, node: ast.stmt) -> Statement:
    walk.is_whole = False
    return Hidden(node.lineno)


STATEMENTS = _Lowerings(
    {
        ast.Assign: _assign,
        ast.AugAssign: _augment,
        ast.AnnAssign: _annotate,
        ast.Expr: _evaluate,
        ast.Return: _return,
        ast.If: _if,
        ast.For: _for,
        ast.AsyncFor: _for,
        ast.While: _while,
        ast.With: _with,
        ast.AsyncWith: _with,
        ast.Try: _try,
        ast.Match: _match,
        ast.Raise: _raise,
        ast.Delete: _delete,
        ast.Assert: _assert,
        ast.Global: _global,
        ast.Nonlocal: _nonlocal,
        ast.Pass: _jump,
        ast.Break: _jump,
        ast.Continue: _jump,
        ast.Import: lower_import,
        ast.ImportFrom: lower_import_from,
        ast.FunctionDef: lower_function,
        ast.AsyncFunctionDef: lower_function,
        ast.ClassDef: lower_class,
    }
)

# Nodes that the oldest supported Python does not have yet.
for _name, _lower in (("TryStar", _try), ("TypeAlias", _type_alias)):
    if hasattr(ast, _name):
        STATEMENTS[getattr(ast, _name)] = _lower
