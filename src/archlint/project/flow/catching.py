"""What the handlers of a `try` catch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Call, Collection, Expression, last_name
from archlint.facts.statements import Handler

if TYPE_CHECKING:
    from archlint.project.flow.place import Place


def caught_by(run: Place, handler: Handler) -> tuple[str, ...]:
    """The names of what a handler catches, resolved where they can be; an empty one for everything."""
    if handler.type is None:
        return ("",)
    types = handler.type.items if isinstance(handler.type, Collection) else (handler.type,)
    return tuple(run.flow.name_of(run.of(one)) or _written(one) for one in types)


def _written(form: Expression) -> str:
    return last_name(form.function if isinstance(form, Call) else form)
