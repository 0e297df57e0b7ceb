"""What the default of a parameter names as its provider: `session=Depends(get_session)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Call, Expression, Name, Subscript, last_name
from archlint.project.answer import UNKNOWN, Answer, External

if TYPE_CHECKING:
    from archlint.project.functions import ProjectFunction
    from archlint.project.scopes import Scopes

_BRACKETS = "Provide"


def provider(scopes: Scopes, function: ProjectFunction, default: Expression | None) -> Answer:
    """The function or class of the project that provides a parameter; UNKNOWN where nothing says so.

    By convention: somebody else's class around it, and nothing more, or in its brackets.
    `Depends(Provide[Container.orders])` is both.
    """
    if isinstance(default, Call) and len(default.arguments) == 1:
        marker, provided = default.function, default.arguments[0]
        if isinstance(provided, Subscript):
            return provider(scopes, function, provided)
    elif isinstance(default, Subscript) and last_name(default.value) == _BRACKETS:
        marker, provided = default.value, default.index
    else:
        return UNKNOWN
    by = scopes.resolve(function.module, function.outer, marker)
    if not isinstance(by, External) or not by.name.rpartition(".")[2][:1].isupper():
        return UNKNOWN
    return scopes.resolve(function.module, function.outer, provided)


def made_of(scopes: Scopes, function: ProjectFunction, default: Expression | None) -> list[Answer]:
    """The names that a maker of providers is told: `images=Depends(get_repository(ImagesRepository))`."""
    if not isinstance(default, Call) or len(default.arguments) != 1:
        return []
    maker = default.arguments[0]
    given = maker.arguments if isinstance(maker, Call) else ()
    return [scopes.resolve(function.module, function.outer, each) for each in given if isinstance(each, Name)]
