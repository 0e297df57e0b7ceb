"""What a target binds: names of the scope, names of the module, attributes of the receiver."""

from __future__ import annotations

import ast

from archlint.facts.bindings import Kind
from archlint.facts.walk.state import Walk


def bind_target(walk: Walk, node: ast.expr) -> None:
    """Note everything that an assignment to this target binds."""
    if isinstance(node, ast.Name):
        walk.bind(node.id, Kind.VALUE, node.lineno, node.col_offset)
    elif isinstance(node, (ast.Tuple, ast.List)):
        for item in node.elts:
            bind_target(walk, item)
    elif isinstance(node, ast.Starred):
        bind_target(walk, node.value)
    elif isinstance(node, ast.Attribute):
        _bind_attribute(walk, node)


def _bind_attribute(walk: Walk, node: ast.Attribute) -> None:
    scope = walk.scope
    value = node.value
    if not (scope.receiver and isinstance(value, ast.Name) and value.id == scope.receiver):
        return
    for outer in reversed(walk.stack):
        if outer.owner >= 0:
            outer.attributes[node.attr] = None
            return


def pattern_names(pattern: ast.pattern) -> tuple[str, ...]:
    """The names that a `case` pattern captures."""
    names: list[str] = []
    for node in ast.walk(pattern):
        if isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name:
            names.append(node.name)
        elif isinstance(node, ast.MatchMapping) and node.rest:
            names.append(node.rest)
    return tuple(names)
