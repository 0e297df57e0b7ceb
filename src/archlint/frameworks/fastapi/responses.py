"""What handlers answer with: `response_model=…`, or what the function says that it returns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Call, Literal
from archlint.frameworks.handlers import is_handler
from archlint.project.answer import UNKNOWN

if TYPE_CHECKING:
    from archlint.project.flow.flow import Flow
    from archlint.project.flow.values import Value
    from archlint.project.functions import ProjectFunction


def response_type(flow: Flow, function: ProjectFunction) -> Value:
    """An object of the class that an answer is made into; UNKNOWN for no handler, and for none."""
    if not is_handler(function):
        return UNKNOWN
    site = flow.site(function.module)
    for decorator in function.fact.decorators:
        for keyword in decorator.keywords if isinstance(decorator, Call) else ():
            if keyword.name == "response_model":
                if isinstance(keyword.value, Literal):
                    return UNKNOWN
                return flow.promises.of(site, keyword.value)
    return flow.promises.of(site, function.fact.returns)
