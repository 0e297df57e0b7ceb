"""What type of field an expression gives, as far as it is written: of which paths and values, and how.

https://docs.djangoproject.com/en/5.2/ref/models/expressions/#output-field
"""

from __future__ import annotations

import msgspec


class Output(msgspec.Struct, frozen=True):
    """The type of what an expression gives."""

    how: str
    """`field` of a known class, `path` to a field, `null`, `combined` by an operator, the `same` as all of
    its parts, the `average` or the `total` of its part; empty where nobody can tell."""

    name: str = ""
    """The class, the path or the operator."""

    parts: tuple[Output, ...] = ()
    size: int = 1
    """Of how many outputs it is made."""


UNTOLD = Output("")
NULL = Output("null")
INTEGER = Output("field", "IntegerField")

_LARGEST = 1_000

_SAME = frozenset({"Coalesce", "Greatest", "Least", "Concat", "Case"})
"""Functions that want all their arguments to be of one type."""

_TOTALS = frozenset({"Sum", "Max", "Min"})
_AVERAGES = frozenset({"Avg", "StdDev", "Variance"})
_HANDS_ON = frozenset({"F", "Value"})
_OPERATORS = frozenset({"+", "-", "*", "/", "%", "**"})
_LITERALS: dict[type, str] = {
    bool: "BooleanField",
    int: "IntegerField",
    float: "FloatField",
    str: "CharField",
}


def of_literal(value: str | float | bool | None, *, is_path: bool) -> Output:
    """The type of a value that is written out; a text may be a path."""
    if value is None:
        return NULL
    if isinstance(value, str) and is_path:
        return Output("path", value)
    return Output("field", _LITERALS[type(value)])


def _made_of(how: str, name: str, parts: tuple[Output, ...]) -> Output:
    """The type of what is put together; untold where that is more than anybody writes down."""
    size = 1 + sum(part.size for part in parts)
    return UNTOLD if size > _LARGEST else Output(how, name, parts, size)


def combination(operator: str, operands: tuple[Output, ...]) -> Output:
    """The type of `a + b + c`."""
    if operator not in _OPERATORS or len(operands) < 2:
        return UNTOLD
    found = operands[0]
    for operand in operands[1:]:
        found = _made_of("combined", operator, (found, operand))
    return found


def made_by(function: str, given: tuple[Output, ...]) -> Output:
    """The type of what a function of Django's gives, of what it is given."""
    if function == "Count":
        return INTEGER
    if function in _HANDS_ON:
        return given[0] if len(given) == 1 else UNTOLD
    if function in _SAME:
        return _made_of("same", function, given)
    if function in _TOTALS | _AVERAGES and len(given) == 1:
        return _made_of("total" if function in _TOTALS else "average", function, given)
    return UNTOLD
