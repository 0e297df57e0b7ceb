"""Code that asks whether something has a name before it uses it, or sets a name apart from others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Call, Comparison, Literal, Name, last_name
from archlint.facts.forms import walked

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
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
