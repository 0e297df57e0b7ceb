"""Lowering of classes and functions."""

from __future__ import annotations

import ast

import msgspec

from archlint.facts.bindings import Kind
from archlint.facts.definitions import ClassFact, FunctionFact, Parameter
from archlint.facts.statements import DefineClass, DefineFunction, Statement
from archlint.facts.walk.expressions import annotation, expressions, keywords, optional
from archlint.facts.walk.reading import settle
from archlint.facts.walk.state import Conditions, Scope, Walk


def lower_function(walk: Walk, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Statement:
    """A function: its signature in the scope around, its body in its own."""
    around = walk.scope
    index = len(walk.functions)
    walk.functions.append(None)
    walk.bind(node.name, Kind.FUNCTION, node.lineno, node.col_offset, index)
    decorators = expressions(walk, node.decorator_list)
    parameters = _parameters(walk, node.args)
    returns = annotation(walk, node.returns) if node.returns else None
    settle(walk, node.name)
    qualname = _join(around.path, node.name)
    receiver = _receiver(around, parameters, node)
    walk.enter(Scope(f"{qualname}()", is_function=True, receiver=receiver))
    walk.scope.names.update(dict.fromkeys(p.name for p in parameters))
    walk.scope.settled.update(walk.scope.names)
    conditions, walk.conditions = walk.conditions, Conditions(typing=walk.conditions.typing)
    body = walk.body(node.body)
    walk.conditions = conditions
    scope = walk.leave()
    walk.functions[index] = FunctionFact(
        node.name,
        qualname,
        around.owner,
        isinstance(node, ast.AsyncFunctionDef),
        scope.is_generator,
        decorators,
        parameters,
        returns,
        tuple(scope.names),
        node.lineno,
        node.col_offset,
        node.end_lineno or node.lineno,
        msgspec.Raw(walk.encode(body)),
    )
    return DefineFunction(index, node.lineno)


def lower_class(walk: Walk, node: ast.ClassDef) -> Statement:
    """A class: its bases in the scope around, its body in its own."""
    around = walk.scope
    index = len(walk.classes)
    walk.classes.append(None)
    walk.bind(node.name, Kind.CLASS, node.lineno, node.col_offset, index)
    decorators = expressions(walk, node.decorator_list)
    bases = expressions(walk, node.bases)
    named = keywords(walk, node.keywords)
    qualname = _join(around.path, node.name)
    walk.enter(Scope(qualname, owner=index))
    body = walk.body(node.body)
    scope = walk.leave()
    settle(walk, node.name)
    walk.classes[index] = ClassFact(
        node.name,
        qualname,
        bases,
        named,
        decorators,
        tuple(scope.bindings),
        tuple(scope.attributes),
        node.lineno,
        node.col_offset,
        node.end_lineno or node.lineno,
        msgspec.Raw(walk.encode(body)),
    )
    return DefineClass(index, node.lineno)


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _parameters(walk: Walk, arguments: ast.arguments) -> tuple[Parameter, ...]:
    ordered = [*arguments.posonlyargs, *arguments.args]
    missing: list[ast.expr | None] = [None] * (len(ordered) - len(arguments.defaults))
    rows: list[tuple[ast.arg, str, ast.expr | None]] = [
        (argument, "positional" if place < len(arguments.posonlyargs) else "normal", default)
        for place, (argument, default) in enumerate(
            zip(ordered, [*missing, *arguments.defaults], strict=True)
        )
    ]
    if arguments.vararg:
        rows.append((arguments.vararg, "star", None))
    rows += [(a, "keyword", d) for a, d in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)]
    if arguments.kwarg:
        rows.append((arguments.kwarg, "double-star", None))
    return tuple([_parameter(walk, *row) for row in rows])


def _parameter(walk: Walk, argument: ast.arg, kind: str, default: ast.expr | None) -> Parameter:
    promised = annotation(walk, argument.annotation) if argument.annotation else None
    return Parameter(argument.arg, kind, promised, optional(walk, default))


def _receiver(
    around: Scope, parameters: tuple[Parameter, ...], node: ast.FunctionDef | ast.AsyncFunctionDef
) -> str:
    if around.owner < 0:
        return around.receiver  # a function inside a method sees the method's `self`
    static = any(isinstance(d, ast.Name) and d.id == "staticmethod" for d in node.decorator_list)
    return parameters[0].name if parameters and not static else ""
