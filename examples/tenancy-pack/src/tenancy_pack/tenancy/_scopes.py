"""What `@tenant_scoped("…")` stands on: a fact for each, and a view over all of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import msgspec
from archlint.project import Module, Project


class Scope(msgspec.Struct, frozen=True):
    """One function that is scoped to a tenant. The column counts bytes of UTF-8 from 0, as in the tree."""

    name: str
    function: str
    line: int
    column: int
    end_column: int


def scopes(tree: ast.Module) -> Iterator[Scope]:
    """The scopes of one file: run once for each content of it, in any process, and kept in the cache."""
    for node in ast.walk(tree):
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        for decorator in node.decorator_list:
            match decorator:
                case ast.Call(func=ast.Name(id="tenant_scoped"), args=[ast.Constant(value=str(name))]):
                    end = decorator.end_col_offset or 0
                    yield Scope(name, node.name, decorator.lineno, decorator.col_offset, end)


class Scopes:
    """All scopes of the project by their names."""

    def __init__(self, by_name: dict[str, list[tuple[Module, Scope]]]) -> None:
        self.by_name = by_name

    @classmethod
    def build(cls, project: Project) -> Scopes:
        """Made once a run, when somebody asks."""
        found: dict[str, list[tuple[Module, Scope]]] = {}
        for module in project.modules:
            for scope in module.collected(scopes):
                found.setdefault(scope.name, []).append((module, scope))
        return cls(found)
