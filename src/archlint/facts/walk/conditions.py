"""What a test, a handler or a context manager says about the statements under it."""

from __future__ import annotations

import ast

_IMPORT_ERRORS = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})
_PLATFORM = frozenset(
    {"version_info", "platform", "hexversion", "implementation", "os_name", "PY2", "PY3", "system", "machine"}
)


def is_typing(test: ast.expr) -> bool:
    """`TYPE_CHECKING`, `typing.TYPE_CHECKING`, `TYPE_CHECKING and …`, `False`: for type checkers only."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return any(is_typing(value) for value in test.values)
    if isinstance(test, ast.Constant):
        return test.value is False or test.value == 0
    return _last_name(test) in ("TYPE_CHECKING", "MYPY")


def is_platform(test: ast.expr) -> bool:
    """Whether the test asks which Python or system this is."""
    for node in ast.walk(test):
        if isinstance(node, ast.Attribute) and node.attr == "name":
            if isinstance(node.value, ast.Name) and node.value.id == "os":
                return True
        elif isinstance(node, (ast.Name, ast.Attribute)) and _last_name(node) in _PLATFORM:
            return True
    return False


def catches_import_errors(handlers: list[ast.ExceptHandler]) -> bool:
    """Whether a failing import ends in one of these handlers."""
    return any(handler.type is None or _names_import_error(handler.type) for handler in handlers)


def expects_import_errors(items: list[ast.withitem]) -> bool:
    """`with suppress(ImportError)`, `with pytest.raises(ModuleNotFoundError)`."""
    return any(
        isinstance(item.context_expr, ast.Call)
        and any(_names_import_error(argument) for argument in item.context_expr.args)
        for item in items
    )


def _names_import_error(node: ast.expr) -> bool:
    return any(
        isinstance(part, (ast.Name, ast.Attribute)) and _last_name(part) in _IMPORT_ERRORS
        for part in ast.walk(node)
    )


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""
