"""What a file does behind the reader's back: imports by text, names bound by hand, paths changed."""

from __future__ import annotations

import ast

from archlint.facts.imports import Import, absolute
from archlint.facts.walk.state import Walk

_IMPORTERS = frozenset({"import_module", "__import__"})
_NAMESPACES = frozenset({"dir", "globals", "vars", "locals"})
_OWN_NAMES = frozenset({"__name__", "__spec__"})


def note_call(walk: Walk, node: ast.Call) -> None:
    """Note imports by literal text, and calls that bind names of the module."""
    function = node.func
    name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
    if name in _IMPORTERS:
        _note_import(walk, node)
    elif name in _NAMESPACES and _is_builtin(function):
        walk.namespaces_read += 1
        # `vars(x)` looks at something else; `locals()` in a function is a copy, and `dir()` only has names.
        in_module = name == "globals" or (name != "dir" and not walk.scope.is_function)
        walk.dynamic_names = walk.dynamic_names or (in_module and not node.args)
    elif name == "setattr" and len(node.args) == 3:
        # `setattr(module, name, value)` with a name that nobody can read, on the module itself perhaps.
        target = node.args[0]
        is_module = isinstance(target, ast.Name) and any(fact.alias == target.id for fact in walk.imports)
        walk.dynamic_names = walk.dynamic_names or (is_module and not isinstance(node.args[1], ast.Constant))
    elif isinstance(function, ast.Attribute) and _is_path(function.value):
        walk.dynamic_path = True
    elif name == "exec" and _is_builtin(function):
        # Given a namespace of its own, it binds nothing here; `globals()` as one is noted for itself.
        walk.dynamic_names = walk.dynamic_names or (len(node.args) < 2 and not node.keywords)
    elif name in ("declare_namespace", "extend_path"):
        walk.dynamic_path = True


def _is_builtin(function: ast.expr) -> bool:
    """Whether Python's own function is called, and no method of that name: `session.exec(statement)`."""
    if isinstance(function, ast.Name):
        return True
    owner = function.value if isinstance(function, ast.Attribute) else None
    return isinstance(owner, ast.Name) and owner.id in ("builtins", "__builtins__")


def _is_path(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "__path__"


def note_subscript(walk: Walk, node: ast.Subscript) -> None:
    """`sys.modules[__name__]`: the module is not what its text says."""
    value = node.value
    if not (isinstance(value, ast.Attribute) and value.attr == "modules"):
        return
    walk.dynamic_names = walk.dynamic_names or _may_be_itself(walk, node.slice, node.ctx)


def _may_be_itself(walk: Walk, key: ast.expr, context: ast.expr_context) -> bool:
    """Whether a key of `sys.modules` is this module's: `__name__`, `__spec__.name`, its name as text."""
    if isinstance(key, ast.Constant):
        return key.value == walk.module
    if isinstance(key, ast.Name) and key.id not in _OWN_NAMES:
        # `name = __name__` may stand above; only who replaces something matters then.
        return isinstance(context, ast.Store) and not walk.scope.is_function
    return any(isinstance(part, ast.Name) and part.id in _OWN_NAMES for part in ast.walk(key))


def _note_import(walk: Walk, node: ast.Call) -> None:
    if not node.args:
        return
    first = node.args[0]
    if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
        return
    text = first.value
    level = len(text) - len(text.lstrip("."))
    if level and not _relative_to_package(walk, node):
        return
    module = absolute(text[level:], walk.package, level) or ""
    if not module.isascii() or not module.replace(".", "a").isidentifier():
        return
    conditions = walk.conditions
    walk.imports.append(
        Import(
            module,
            "",
            "",
            level,
            text[level:] if level else "",
            walk.scope.path,
            conditions.typing,
            conditions.guarded,
            conditions.conditional,
            conditions.platform,
            True,
            False,
            first.lineno,
            first.col_offset,
            first.end_lineno or 0,
            first.end_col_offset or 0,
        )
    )


def _relative_to_package(walk: Walk, node: ast.Call) -> bool:
    package = node.args[1] if len(node.args) > 1 else next(iter(k.value for k in node.keywords), None)
    if not isinstance(package, ast.Name):
        return False
    return package.id == "__package__" or (package.id == "__name__" and walk.package == walk.module)
