"""What a method sets on its own object: known on each way through it, and found on the object afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Expression, Name
from archlint.project.flow.calls.signatures import is_kept
from archlint.project.flow.kept.growth import bounded
from archlint.project.flow.values import Object, Value, joined

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archlint.project.flow.place import Place
    from archlint.project.flow.trace import Trace


def begin_with(run: Place, receiver: Value | None, names: Iterable[str]) -> None:
    """A method begins with what its object keeps; `names` are what it sets itself."""
    held = dict(receiver.fields) if isinstance(receiver, Object) and receiver.fields else {}
    for name in names if held else ():
        if name in held:
            run.path.names[_key(name)] = held[name]


def set_own(run: Place, name: str, value: Value) -> None:
    """A method sets an attribute of its own object."""
    run.trace.fields[name] = value
    run.path.names[_key(name)] = value


def own(run: Place, name: str) -> Value | None:
    """What a method has set an attribute of its object to, on the way to here; None for nothing."""
    return run.path.names.get(_key(name))


def kept_on(run: Place, of: Object, name: str) -> Value | None:
    """What an object keeps under a name, or what its own method has just set there; None for nothing."""
    if name in run.trace.fields and run.trace.receiver == of:
        found = own(run, name)
        if found is not None:
            return found
    for field, value in of.fields:
        if field == name:
            return value
    return None


def take_over(run: Place, inside: Trace) -> None:
    """What a method sets that another one of its object calls, is set for that, too."""
    if not inside.fields or inside.arguments is None or inside.receiver != run.trace.receiver:
        return
    run.trace.fields.update(inside.fields)  # `super().__init__(Order, session)`
    for name, value in inside.left.items():
        run.path.names[_key(name)] = value


def leave(run: Place, value: Value) -> Value:
    """What a body hands back when it is left: for its own object, that with all that is set on it by then."""
    trace = run.trace
    set_here = {name: held for name in trace.fields if (held := own(run, name)) is not None}
    for name, held in set_here.items():
        trace.left[name] = joined(trace.left[name], held) if name in trace.left else held
    if not isinstance(value, Object) or value != trace.receiver or trace.arguments is None:
        return value
    return _with(value, set_here)


def changed(value: Object, inside: Trace) -> Object:
    """An object after one of its methods has run, if that had more to go by than its class."""
    return value if inside.arguments is None else _with(value, inside.left)


def stands_for(run: Place, form: Expression, before: Value, inside: Trace | None) -> None:
    """`query.in_state("open")`: the name stands for an object on which a method has set something."""
    name = form.value if isinstance(form, Attribute) else None
    if inside is None or not inside.left or not isinstance(before, Object) or not isinstance(name, Name):
        return
    if before != run.trace.receiver and run.path.names.get(name.id) == before:
        run.path.names[name.id] = changed(before, inside)


def _with(value: Object, held: dict[str, Value]) -> Object:
    if not value.fields:
        return value
    fields = {**dict(value.fields), **held}
    after = bounded(Object(value.of, tuple((name, each) for name, each in fields.items() if is_kept(each))))
    return after if isinstance(after, Object) else value


def _key(name: str) -> str:
    """What no name is called."""
    return f".{name}"
