"""Code that asks whether something has a name before it uses it, or sets a name apart from others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import (
    Attribute,
    Call,
    Comparison,
    Conditional,
    Form,
    Literal,
    Name,
    last_name,
    written_text,
)
from archlint.facts.forms import names_in, walked
from archlint.facts.statements import Assign, If

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.facts.statements import Statement
    from archlint.project.flow.trace import Trace
    from archlint.project.functions import Functions
    from archlint.project.module import Module


def looks_first(functions: Functions, trace: Trace, name: str) -> bool:
    """Whether a function asks whether somebody has a name: `hasattr(self.model, "group")`."""
    function = trace.function
    if function is None or not function.module.mentions(function.fact, "hasattr"):
        return False
    return any(_asks(site.call, name) for site in functions.summary(function).calls)


def doubts(functions: Functions, trace: Trace, of: Expression) -> bool:
    """Whether a function asks what something has by name, whatever it is: `hasattr(row, "column")`."""
    function = trace.function
    if function is None or not isinstance(of, Name) or not function.module.mentions(function.fact, "hasattr"):
        return False
    calls = (site.call for site in functions.summary(function).calls)
    asked = (call.arguments[0] for call in calls if last_name(call.function) == "hasattr" and call.arguments)
    return any(isinstance(each, Name) and each.id == of.id for each in asked)


def _asks(call: Call, name: str) -> bool:
    return last_name(call.function) == "hasattr" and any(
        isinstance(one, Literal) and one.value == name for one in call.arguments[1:]
    )


def is_set_apart(module: Module, line: int, name: str) -> bool:
    """Whether a function compares a name with others: `if name != "tags"`."""
    around = [one for one in module.functions_around(line) if module.mentions(one, name)]
    return any(
        isinstance(form, Comparison)
        and any(isinstance(one, Literal) and one.value == name for one in walked((form,)))
        for function in around
        for form in walked(module.statements(function))
    )


def is_chosen_by_name(module: Module, line: int) -> bool:
    """Whether a line runs for some classes only, told by their names: `if str(kind) == "Order":`."""
    around = module.functions_around(line)
    asking = (one for one in around if module.mentions(one, "str", "__name__", *_NAMES_OF_MODELS))
    return any(_chooses_by_name(module.statements(function), line) for function in asking)


def _chooses_by_name(body: tuple[Statement, ...], line: int) -> bool:
    answers = [each for each in walked(body) if isinstance(each, Assign) and _names_a_class(each.value)]
    told = names_in(target for each in answers for target in each.targets)
    branches = [each for each in walked(body) if isinstance(each, (If, Conditional)) and _spans(each, line)]
    tests = [each.test for each in branches]
    return any(_names_a_class(test) or not told.isdisjoint(names_in((test,))) for test in tests)


_NAMES_OF_MODELS = ("label", "label_lower", "model_name", "object_name")


def _names_a_class(test: Form) -> bool:
    """Whether a class is compared by its name, among other things."""
    return any(isinstance(each, Comparison) and _is_of_class_name(each) for each in walked((test,)))


def _is_of_class_name(test: Comparison) -> bool:
    left, other = test.left, test.others[0]
    if isinstance(left, Attribute):
        return left.attr == "__name__" or (left.attr in _NAMES_OF_MODELS and last_name(left.value) == "_meta")
    if not isinstance(left, Call) or last_name(left.function) != "str":
        return False
    name = written_text(other) or (last_name(other) if "in" in test.operators[0] else "")
    return name[:1].isupper()  # `str(kind) == "Order"`, `str(kind) in KINDS`


def _spans(form: If | Conditional, line: int) -> bool:
    lines = [found for each in walked((form,)) if (found := getattr(each, "line", 0))]
    return min(lines) <= line <= max(lines)
