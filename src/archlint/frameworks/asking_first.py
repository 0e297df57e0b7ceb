"""Code that asks whether something has a name before it uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Call, Literal, last_name

if TYPE_CHECKING:
    from archlint.project.flow.trace import Trace
    from archlint.project.functions import Functions


def looks_first(functions: Functions, trace: Trace, name: str) -> bool:
    """Whether a function asks whether somebody has a name: `hasattr(self.model, "group")`."""
    function = trace.function
    if function is None or not function.module.mentions(function.fact, "hasattr"):
        return False
    return any(_asks(site.call, name) for site in functions.summary(function).calls)


def _asks(call: Call, name: str) -> bool:
    return last_name(call.function) == "hasattr" and any(
        isinstance(one, Literal) and one.value == name for one in call.arguments[1:]
    )
