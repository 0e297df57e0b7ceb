"""What a function sets on the class that it is handed first: a decorator of classes, `__init_subclass__`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archlint.facts.expressions import Attribute, Call, Expression, Name, written_text
from archlint.facts.forms import passed_values, walked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archlint.project.functions import Functions, ProjectFunction
    from archlint.project.summaries import CallSite

_LOOKING: Final = frozenset({"getattr", "hasattr", "hash", "id", "isinstance", "issubclass", "repr", "str"})
_KEEPING: Final = frozenset({"add", "append"})
_INSIDES: Final = frozenset({"__dict__", "__bases__", "__class__"})


def written_on_class(functions: Functions, function: ProjectFunction) -> Mapping[str, Expression] | None:
    """The attributes that a function sets on its first parameter, with their values.

    None where nobody can tell: the class is handed on to others, asked to change itself, or is another one.
    """
    parameters = function.fact.parameters
    summary = functions.summary(function)
    if not parameters or not summary.is_whole or parameters[0].name in summary.bound:
        return None
    cls = parameters[0].name
    if any(read.attribute.attr in _INSIDES and _is(read.attribute.value, cls) for read in summary.reads):
        return None
    found = {target.attr: bound.value for target, bound in summary.stored if _is(target.value, cls)}
    given = _given_by_calls(summary.calls, cls)
    return None if given is None else {**found, **given}


def _given_by_calls(sites: Iterable[CallSite], cls: str) -> Mapping[str, Expression] | None:
    found: dict[str, Expression] = {}
    for call in (site.call for site in sites):
        if not _speaks_of(call, cls) or _only_looks(call):
            continue
        named = _set_by(call, cls)
        if named is None:
            return None
        found[named] = call.arguments[2]
    return found


def _set_by(call: Call, cls: str) -> str | None:
    """The attribute that `setattr(cls, "name", value)` sets; None for any other call."""
    is_setting = _is(call.function, "setattr") and len(call.arguments) == 3 and _is(call.arguments[0], cls)
    name = call.arguments[1] if is_setting else None
    return written_text(name)


def _speaks_of(call: Call, cls: str) -> bool:
    """Whether the class itself goes into a call, as an argument or as what is asked for a method."""
    if isinstance(call.function, Attribute) and _is(call.function.value, cls):
        return True
    given = passed_values(call)
    return any(
        _is(form, cls) for value in given if not isinstance(value, Attribute) for form in walked([value])
    )


def _only_looks(call: Call) -> bool:
    """Whether a call does nothing to what it is given: it looks at it, or keeps it."""
    if isinstance(call.function, Attribute):
        return call.function.attr in _KEEPING
    return isinstance(call.function, Name) and call.function.id in _LOOKING


def _is(form: object, name: str) -> bool:
    return isinstance(form, Name) and form.id == name
