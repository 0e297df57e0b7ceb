"""What operators make of objects of the project's classes: `Overdue() & ~Paid()`, by their own methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.project.answer import UNKNOWN
from archlint.project.classes import ProjectClass
from archlint.project.flow.values import Arguments, Object, Value, alternatives

if TYPE_CHECKING:
    from archlint.project.flow.place import Place

_OF_TWO = {
    "+": "__add__",
    "-": "__sub__",
    "*": "__mul__",
    "/": "__truediv__",
    "//": "__floordiv__",
    "%": "__mod__",
    "@": "__matmul__",
    "&": "__and__",
    "|": "__or__",
    "^": "__xor__",
    ">>": "__rshift__",
    "<<": "__lshift__",
}
_OF_ONE = {"~": "__invert__", "-": "__neg__", "+": "__pos__"}


def made_by_own(run: Place, operator: str, operands: tuple[Value, ...]) -> Value:
    """What the method of the first operand's class gives; UNKNOWN where it has none."""
    first, *others = operands
    if not others:
        return _asked(run, _OF_ONE.get(operator), first, Arguments())
    for other in others:
        first = _asked(run, _OF_TWO.get(operator), first, Arguments((other,)))
    return first


def _asked(run: Place, name: str | None, value: Value, arguments: Arguments) -> Value:
    is_asked = name is not None and all(map(_is_own, alternatives(value)))
    return run.flow.method(run, value, name, arguments)[0] if name is not None and is_asked else UNKNOWN


def _is_own(value: Value) -> bool:
    return isinstance(value, Object) and isinstance(value.of, ProjectClass)
