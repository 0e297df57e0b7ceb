"""What handlers answer with: `response_model=…`, or what the function says that it returns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Call, Literal
from archlint.frameworks.handlers import is_handler

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.project.functions import ProjectFunction


def response_annotation(function: ProjectFunction) -> Expression | None:
    """What an answer is made into; None for no handler, and for nothing."""
    if not is_handler(function):
        return None
    for decorator in function.fact.decorators:
        for keyword in decorator.keywords if isinstance(decorator, Call) else ():
            if keyword.name == "response_model":
                return None if isinstance(keyword.value, Literal) else keyword.value
    return function.fact.returns


def writes_aliases(function: ProjectFunction) -> bool:
    """Whether an answer has the aliases of its model for keys, as it has unless somebody says otherwise."""
    calls = [each for each in function.fact.decorators if isinstance(each, Call)]
    return not any(each.name == "response_model_by_alias" for call in calls for each in call.keywords)
