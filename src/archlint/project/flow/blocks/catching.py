"""What the handlers of a `try` catch, and context managers that stand for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.facts.expressions import Call, Collection, Expression, last_name
from archlint.facts.statements import Handler
from archlint.project.answer import UNKNOWN, External
from archlint.project.flow.telling import is_telling
from archlint.project.flow.trace import Opened
from archlint.project.flow.values import Object
from archlint.project.tries import raises_again

if TYPE_CHECKING:
    from archlint.project.flow.place import Place
    from archlint.project.flow.trace import Context
    from archlint.project.flow.values import Value


def caught_by(run: Place, handler: Handler) -> tuple[str, ...]:
    """The names of what a handler catches and keeps, resolved where possible; an empty one for everything."""
    if raises_again(handler):
        return ()
    if handler.type is None:
        return ("",)
    return _names(run, (handler.type,))


def within(run: Place, manager: Value, form: Expression, *, is_async: bool) -> Context:
    """The context inside a `with`, and what it expects to be raised there: `with pytest.raises(KeyError)`."""
    outside = run.context
    if is_telling(manager):
        run.trace.events.append(Opened(form, manager, is_async, outside))
    caught: tuple[str, ...] = ()
    name = last_name(form.function) if isinstance(form, Call) else ""
    if isinstance(form, Call) and (name == "suppress" or "raises" in name.lower()):
        caught = _names(run, form.arguments if name == "suppress" else form.arguments[:1]) or ("",)
    managers = (*outside.managers, _made(run, form) if manager is UNKNOWN else manager)
    return replace(outside, managers=managers, caught=(*outside.caught, *caught))


def _made(run: Place, form: Expression) -> Value:
    """What a call of something outside makes: an object of that, and no more is known."""
    callee = run.of(form.function) if isinstance(form, Call) else UNKNOWN
    return Object(callee) if isinstance(callee, External) else UNKNOWN


def _names(run: Place, forms: tuple[Expression, ...]) -> tuple[str, ...]:
    each = [one for form in forms for one in (form.items if isinstance(form, Collection) else (form,))]
    return tuple(run.flow.name_of(run.of(one)) or _written(one) for one in each)


def _written(form: Expression) -> str:
    return last_name(form.function if isinstance(form, Call) else form)
