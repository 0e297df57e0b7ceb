"""Lists inside dicts, that grow under a key: `orders[number].append(order)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call, Expression, Literal, Name, Subscript
from archlint.project.answer import UNKNOWN
from archlint.project.flow.builtins.containers import grown, with_entry
from archlint.project.flow.telling import are_telling
from archlint.project.flow.values import Arguments, Closure, Entries, Items, Many
from archlint.project.summaries import summarize

if TYPE_CHECKING:
    from archlint.project.flow.place import Place
    from archlint.project.functions import ProjectFunction

_GROWING = frozenset({"add", "append", "appendleft", "insert"})


def grow_inside(run: Place, function: Expression, arguments: Arguments) -> None:
    """The dict holds a longer list from here on, where that tells something."""
    if not isinstance(function, Attribute) or function.attr not in _GROWING or not _lead_on(arguments):
        return
    found = _of_key(function.value)
    held = run.of(found[0]) if found is not None else UNKNOWN
    if found is None or not isinstance(held, Entries):
        return
    container, written = found
    key = run.of(written) if isinstance(written, (Name, Literal)) else UNKNOWN
    before = held.at(key)
    longer = grown(
        before if isinstance(before, (Items, Many)) else Items("list", ()), function.attr, arguments
    )
    run.filled(container, with_entry(held, key, longer or UNKNOWN))


def _lead_on(arguments: Arguments) -> bool:
    """Whether what is added tells something, itself or when it is called."""
    return are_telling(arguments) or any(isinstance(value, Closure) for value in arguments.positional)


def _of_key(form: Expression) -> tuple[Expression, Expression] | None:
    """The dict and the key of `orders[number]` or `orders.setdefault(number, [])`."""
    if isinstance(form, Subscript):
        return (form.value, form.index) if _is_plain(form.value) else None
    if not isinstance(form, Call) or not isinstance(form.function, Attribute) or not form.arguments:
        return None
    is_default = form.function.attr == "setdefault" and _is_plain(form.function.value)
    return (form.function.value, form.arguments[0]) if is_default else None


def _is_plain(form: Expression) -> bool:
    """Whether it can be evaluated once more without doing anything."""
    return isinstance(form, Name) or (isinstance(form, Attribute) and isinstance(form.value, Name))


def filled_by(method: ProjectFunction) -> frozenset[str]:
    """The attributes of its own object into which a method puts something: by a key, or into a list."""
    summary = summarize(method.module.statements(method.fact))
    containers = [target.value for target, _ in summary.keyed]
    for site in summary.calls:
        function = site.call.function
        if isinstance(function, Attribute) and function.attr in _GROWING:
            found = _of_key(function.value)
            containers += [found[0] if found is not None else function.value]
    return frozenset(
        each.attr
        for each in containers
        if isinstance(each, Attribute) and isinstance(each.value, Name) and each.value.id == method.receiver
    )
