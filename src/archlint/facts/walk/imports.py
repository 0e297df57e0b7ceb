"""Lowering of import statements."""

from __future__ import annotations

import ast

from archlint.facts.bindings import Kind
from archlint.facts.imports import Import, absolute
from archlint.facts.statements import ImportNames, Statement
from archlint.facts.walk.state import Walk


def lower_import(walk: Walk, node: ast.Import) -> Statement:
    """`import a.b as c, d`."""
    first = len(walk.imports)
    for alias in node.names:
        bound = alias.asname or alias.name.partition(".")[0]
        _add(walk, alias, alias.name, "", bound)
    return ImportNames(first, len(node.names), node.lineno)


def lower_import_from(walk: Walk, node: ast.ImportFrom) -> Statement:
    """`from ..a import b as c, d`, `from a import *`."""
    first = len(walk.imports)
    level = node.level or 0
    written = node.module or ""
    if written == "__future__" and any(alias.name == "annotations" for alias in node.names):
        walk.defers_annotations = True
    module = absolute(written, walk.package, level) or ""
    for alias in node.names:
        bound = "" if alias.name == "*" else alias.asname or alias.name
        _add(walk, alias, module, alias.name, bound, level, written if level else "")
    return ImportNames(first, len(node.names), node.lineno)


def _add(
    walk: Walk, alias: ast.alias, module: str, name: str, bound: str, level: int = 0, written: str = ""
) -> None:
    conditions = walk.conditions
    if bound:
        walk.bind(bound, Kind.IMPORT, alias.lineno, alias.col_offset, len(walk.imports))
    walk.imports.append(
        Import(
            module,
            name,
            bound,
            level,
            written,
            walk.scope.path,
            conditions.typing,
            conditions.guarded,
            conditions.conditional,
            conditions.platform,
            False,
            not name and alias.asname is not None,
            alias.lineno,
            alias.col_offset,
            alias.end_lineno or 0,
            alias.end_col_offset or 0,
        )
    )
