"""What `with` makes of a value, and what happens at its end."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from archlint.facts.expressions import Call, Name
from archlint.project.answer import UNKNOWN
from archlint.project.classes import ProjectClass
from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.calls.signatures import is_kept
from archlint.project.flow.trace import Called
from archlint.project.flow.values import (
    NONE,
    Arguments,
    Closure,
    Entered,
    Managed,
    Object,
    Value,
    alternatives,
    any_of,
)

if TYPE_CHECKING:
    from archlint.facts.expressions import Expression
    from archlint.project.flow.flow import Flow
    from archlint.project.flow.place import Place
    from archlint.project.flow.trace import Trace


def entered(flow: Flow, value: Value, site: Place, form: Expression) -> Entered:
    """What `with value as …` binds; `form` is what stands there."""
    options = [option for option in alternatives(value) if option != NONE]
    known = [option for option in options if isinstance(option, Behaviour)]
    if known:
        others = [UNKNOWN] if len(known) < len(options) else []
        bound = any_of([*[each.entered(site) for each in known], *others])
        return Entered(bound, partial(_left, known, site))
    value = next(iter(options), value)
    if isinstance(value, Managed):
        found = flow.calls.managed(site, value)
        _happened(site, form, value, found.value)
        return found
    if isinstance(value, Object) and isinstance(value.of, ProjectClass):
        return _entered_object(flow, value, site, form)
    return Entered(UNKNOWN, _nothing)


def _left(managers: list[Behaviour], site: Place) -> None:
    """The one that was entered is left, whichever it was."""
    for each in managers:
        each.left(site)


def _happened(run: Place, form: Expression, value: Managed, result: Value) -> None:
    """What a generator function does as context manager happens at the `with`, not where it is called."""
    inside = run.inside
    if isinstance(form, Call) and inside is not None and inside.events:
        called, given, state = value.function, value.arguments, run.path.state
        event = Called(form, None, "", called, given, result, run.context, state, False, inside)
        run.trace.events.append(event)


def _entered_object(flow: Flow, value: Object, site: Place, form: Expression) -> Entered:
    """`__enter__` and `__exit__` of a class of the project, or their `async` kin."""
    for enter, leave in (("__enter__", "__exit__"), ("__aenter__", "__aexit__")):
        method = flow.attribute(site, value, enter)
        if isinstance(method, Closure):
            result, inside = flow.called(site, method, Arguments())
            entered, opened = flow.awaited_if_pending(result), _opened(value, inside)
            if entered == value:
                entered = opened
            if isinstance(form, Name) and site.path.names.get(form.id) == value:
                site.path.names[form.id] = opened
            end = flow.attribute(site, opened, leave)
            nothing = Arguments((NONE, NONE, NONE))
            return Entered(entered, partial(_end, flow, site, end, nothing))
    return Entered(UNKNOWN, _nothing)


def _opened(value: Object, inside: Trace | None) -> Object:
    """The object with what its `__enter__` has set on it, where that depends on how or when it was made."""
    if inside is None or inside.arguments is None:
        return value
    fields = {**dict(value.fields), **inside.fields}
    return Object(value.of, tuple((name, held) for name, held in fields.items() if is_kept(held)))


def _end(flow: Flow, site: Place, end: Value, arguments: Arguments) -> None:
    """`__exit__` is told that nothing failed."""
    if isinstance(end, Closure):
        flow.calls.invoke(site, end, arguments, is_told=True)
    else:
        flow.called(site, end, arguments)


def _nothing() -> None:
    """Nothing happens."""
