"""Dicts that a function of the project is given and fills: whoever made them finds them changed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from archlint.facts.expressions import Attribute, Call, Expression, Name, written_text
from archlint.project.answer import UNKNOWN
from archlint.project.flow.builtins.containers import with_entry
from archlint.project.flow.values import Closure, Constant, Entries, Value
from archlint.project.functions import ProjectFunction
from archlint.project.summaries import summarize

if TYPE_CHECKING:
    from archlint.project.flow.place import Place

_CHANGING = frozenset({"clear", "pop", "popitem", "setdefault", "update"})


def filled(run: Place, form: Call, callee: Value) -> None:
    """Forget of the dicts that a call passes by name what the called function puts into them."""
    if not isinstance(callee, Closure):
        return
    for name, argument in _passed(form, callee):
        held = run.path.names.get(argument.id) if isinstance(argument, Name) else None
        if not isinstance(argument, Name) or not isinstance(held, Entries):
            continue
        for key in _put_into(callee.function).get(name, ()):
            held = with_entry(held, UNKNOWN if key is None else Constant(key), UNKNOWN)
        run.path.names[argument.id] = held


def _passed(form: Call, callee: Closure) -> Iterator[tuple[str, Expression]]:
    """The arguments of a call, with the names of their parameters."""
    names = [one.name for one in callee.function.fact.parameters if one.kind in ("positional", "normal")]
    is_bound = callee.receiver is not None and isinstance(form.function, Attribute)
    yield from zip(names[1:] if is_bound else names, form.arguments, strict=False)
    yield from ((keyword.name, keyword.value) for keyword in form.keywords)


@lru_cache(maxsize=256)
def _put_into(function: ProjectFunction) -> dict[str, tuple[str | None, ...]]:
    """The keys that a function puts into its parameters; None for any."""
    summary = summarize(function.module.statements(function.fact))
    found: dict[str, tuple[str | None, ...]] = {}
    for target, _ in summary.keyed:
        _note(found, target.value, target.index)
    for site in summary.calls:
        asked = site.call.function
        if isinstance(asked, Attribute) and asked.attr in _CHANGING:
            _note(found, asked.value, None)
    names = {parameter.name for parameter in function.fact.parameters}
    return {name: keys for name, keys in found.items() if name in names}


def _note(found: dict[str, tuple[str | None, ...]], owner: Expression, index: Expression | None) -> None:
    if not isinstance(owner, Name):
        return
    key = written_text(index)
    found[owner.id] = (*found.get(owner.id, ()), key)
