"""What a test, a handler or a context manager says about the statements under it."""

from __future__ import annotations

import ast

_IMPORT_ERRORS = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})
_NAME_ERRORS = frozenset({"NameError", "UnboundLocalError"})
_TYPING = frozenset({"TYPE_CHECKING", "MYPY"})
"""Names that are true for type checkers, and false whenever the code runs."""

_PLATFORM = frozenset(
    {"version_info", "platform", "hexversion", "implementation", "os_name", "PY2", "PY3", "system", "machine"}
)


_ASKS = frozenset({"access", "exists", "find_spec", "is_file", "isfile", "lexists"})
"""What asks whether there is a file or a module."""


def is_typing(test: ast.expr) -> bool:
    """Whether a test holds for type checkers only: `TYPE_CHECKING`, `TYPE_CHECKING is True`, `False`."""
    return _is_settled(test, False)


def is_running(test: ast.expr) -> bool:
    """Whether a test fails for type checkers only: `not TYPE_CHECKING`, `TYPE_CHECKING is False`, `True`."""
    return _is_settled(test, True)


def _is_settled(test: ast.expr, outcome: bool) -> bool:
    """Whether a test comes out like this whenever the code runs."""
    match test:
        case ast.Constant(value=value):
            return bool(value) is outcome
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _is_settled(operand, not outcome)
        case ast.BoolOp(op=operator, values=values):
            decides = any if isinstance(operator, ast.And) is not outcome else all
            return decides(_is_settled(value, outcome) for value in values)
        case ast.Compare(left=left, ops=[operator], comparators=[ast.Constant(value=bool(value))]):
            is_same = isinstance(operator, (ast.Is, ast.Eq))
            is_told = is_same or isinstance(operator, (ast.IsNot, ast.NotEq))
            return is_told and _is_settled(left, outcome is (is_same is value))
    return not outcome and _last_name(test) in _TYPING


def is_platform(test: ast.expr) -> bool:
    """Whether the test asks which Python or system this is."""
    for node in ast.walk(test):
        if isinstance(node, ast.Attribute) and node.attr == "name":
            if isinstance(node.value, ast.Name) and node.value.id == "os":
                return True
        elif isinstance(node, (ast.Name, ast.Attribute)) and _last_name(node) in _PLATFORM:
            return True
    return False


def asks_for_file(test: ast.expr) -> bool:
    """Whether a test asks first if there is a file or a module: `os.path.isfile("local_settings.py")`."""
    return any(isinstance(node, ast.Call) and _last_name(node.func) in _ASKS for node in ast.walk(test))


def catches_import_errors(handlers: list[ast.ExceptHandler]) -> bool:
    """Whether a failing import ends in one of these handlers."""
    return any(handler.type is None or _names(handler.type, _IMPORT_ERRORS) for handler in handlers)


def catches_name_errors(handlers: list[ast.ExceptHandler]) -> bool:
    """Whether somebody expects that a name is missing: `except NameError`, or a handler of everything."""
    return any(handler.type is None or _names(handler.type, _NAME_ERRORS) for handler in handlers)


def expects_import_errors(items: list[ast.withitem]) -> bool:
    """`with suppress(ImportError)`, `with pytest.raises(ModuleNotFoundError)`."""
    return any(_is_given(item, _IMPORT_ERRORS) for item in items)


def expects_name_errors(items: list[ast.withitem]) -> bool:
    """`with suppress(NameError)`, `with pytest.raises(UnboundLocalError)`."""
    return any(_is_given(item, _NAME_ERRORS) for item in items)


def _is_given(item: ast.withitem, errors: frozenset[str]) -> bool:
    call = item.context_expr
    return isinstance(call, ast.Call) and any(_names(argument, errors) for argument in call.args)


def _names(node: ast.expr, errors: frozenset[str]) -> bool:
    return any(
        isinstance(part, (ast.Name, ast.Attribute)) and _last_name(part) in errors for part in ast.walk(node)
    )


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""
