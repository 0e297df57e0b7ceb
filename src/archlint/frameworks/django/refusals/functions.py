"""Functions of the database that are given too much, too little, or what they do not take.

Taken from what their constructors raise in Django 5.2, and shown true against it in the tests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Call, Expression, last_name
from archlint.frameworks.django.query.expressions.expression import Expr, Maker
from archlint.project.flow.trace import Called
from archlint.project.flow.values import Arguments, Constant, Items, Value

if TYPE_CHECKING:
    from archlint.frameworks.django.refusals.refused import Wrong

_ONE = frozenset(
    [
        "ACos",
        "ASin",
        "ATan",
        "Abs",
        "Ceil",
        "Chr",
        "Cos",
        "Cot",
        "Degrees",
        "Exp",
        "Floor",
        "LTrim",
        "Length",
        "Ln",
        "Lower",
        "MD5",
        "Ord",
        "RTrim",
        "Radians",
        "Reverse",
        "SHA1",
        "SHA224",
        "SHA256",
        "SHA384",
        "SHA512",
        "Sign",
        "Sin",
        "Sqrt",
        "Tan",
        "Trim",
        "Upper",
    ]
)
_TWO = frozenset({"ATan2", "Log", "Mod", "NullIf", "Power", "StrIndex"})
ARITY = {**dict.fromkeys(_ONE, 1), **dict.fromkeys(_TWO, 2)}
"""How many expressions a function takes that takes nothing else."""

NEEDS = {
    "Cast": "output_field",
    "Collate": "collation",
    "ExpressionWrapper": "output_field",
    "LPad": "length",
    "Left": "length",
    "RPad": "length",
    "Repeat": "number",
    "Replace": "text",
    "Right": "length",
    "Substr": "pos",
}
"""What a function needs beside its expression, second."""

LEAST = {
    "Lag": ("offset", 1),
    "Lead": ("offset", 1),
    "Left": ("length", 1),
    "NthValue": ("nth", 1),
    "Ntile": ("num_buckets", 0),
    "Right": ("length", 1),
    "Substr": ("pos", 1),
}
"""The argument of a function that has to be above zero, and its position."""

NO_WINDOW = frozenset({*ARITY, *NEEDS, "Case", "Coalesce", "Concat", "F", "Greatest", "Least", "Value"})
"""Expressions that cannot run over a window."""


def refused(event: Called) -> Wrong | None:
    """What is wrong with a function of the database; None for nothing, and for anything else."""
    if not isinstance(event.callee, Maker) or event.arguments.is_open:
        return None
    name, given = event.callee.name, event.arguments
    if len(event.form.arguments) != len(given.positional):
        return None
    return _counted(name, given) or _too_small(name, given) or _of_kind(name, event)


def _counted(name: str, given: Arguments) -> Wrong | None:
    count = len(given.positional)
    takes = ARITY.get(name)
    if takes is not None and count != takes:
        what = "one expression" if takes == 1 else f"{takes} expressions"
        return f"`{name}()` takes {what}, not {count or 'none'}", "apply it to each by itself"
    needed = NEEDS.get(name)
    if needed is not None and count == 1 and given.get(needed) is None:
        return f"`{name}()` needs `{needed}`", f"pass `{needed}=…`"
    return None


def _too_small(name: str, given: Arguments) -> Wrong | None:
    if name not in LEAST:
        return None
    argument, position = LEAST[name]
    value = given.get(argument, position)
    number = value.value if isinstance(value, Constant) else 1
    if isinstance(number, (str, bool)) or number is None or number > 0:
        return None
    return f"`{argument}` of `{name}()` has to be above zero", "the first one is 1"


def _of_kind(name: str, event: Called) -> Wrong | None:
    if name == "Window":
        return _window(event)
    if name in ("RowRange", "ValueRange"):
        return _frame(name, event.arguments)
    first = event.arguments.positional[0] if event.arguments.positional else None
    if name == "ExpressionWrapper" and isinstance(first, Constant):
        return "`ExpressionWrapper()` takes an expression, not a name", "wrap the name in `F(…)`"
    if name == "When" and _asks_nothing(event):
        return "`When()` needs a condition", "name one: `When(status=…, then=…)`"
    if name == "Case" and any(_made_by(one) in _NO_CASES for one in event.form.arguments):
        return "`Case()` takes `When(…)`, and the rest as `default`", "wrap it in `When(…, then=…)`"
    return None


_NO_CASES = frozenset({"F", "Q", "Value", *ARITY})


def _asks_nothing(event: Called) -> bool:
    """Whether there is no condition, or one that is empty."""
    given, forms = event.arguments, event.form.arguments
    if not forms:
        return all(name == "then" for name, _ in given.named)
    first = forms[0]
    return isinstance(first, Call) and _made_by(first) == "Q" and not (first.arguments or first.keywords)


def _window(event: Called) -> Wrong | None:
    order = event.arguments.get("order_by", 2)
    if isinstance(order, Items) and order.kind == "set":
        return "`order_by` of a window takes a list, not a set", "write `[…]`"
    form = next((one.value for one in event.form.keywords if one.name == "expression"), None)
    form = event.form.arguments[0] if event.form.arguments else form
    value = event.arguments.get("expression", 0)
    if form is not None and _made_by(form) in NO_WINDOW and _is_plain(value):
        message = f"`{_made_by(form)}` cannot run over a window"
        return message, "take an aggregate, or a function for windows: `Rank()`, `Lag(…)`"
    return None


def _frame(name: str, given: Arguments) -> Wrong | None:
    bounds = [given.get("start", 0), given.get("end", 1)]
    numbers = [one.value if isinstance(one, Constant) else None for one in bounds]
    for end, number in zip(("start", "end"), numbers, strict=True):
        if isinstance(number, (str, float)):
            return f"`{end}` of `{name}()` takes a number, not `{number!r}`", "leave it out for no bound"
    start, end_ = (number if isinstance(number, int) else None for number in numbers)
    if start is not None and end_ is not None and start > end_:
        return f"`start` of `{name}()` is behind its `end`", "swap the two"
    if name == "ValueRange" and ((start or 0) > 0 or (end_ or 0) < 0):
        return "`ValueRange()` runs from what is before to what is behind", "write `start` below zero"
    return None


def _made_by(form: Expression) -> str:
    return last_name(form.function) if isinstance(form, Call) else ""


def _is_plain(value: Value | None) -> bool:
    return isinstance(value, Expr) and not value.is_aggregate
