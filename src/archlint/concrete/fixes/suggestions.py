"""Names that the code itself speaks of beside the one that is not there."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from archlint.concrete.fixes.change import Change, Unfit
from archlint.concrete.fixes.imports import Imports
from archlint.concrete.fixes.manuscript import Manuscript
from archlint.concrete.fixes.names import respell
from archlint.finding import Act, Step

_UPDATES = frozenset({"update", "aupdate"})


def suggest(script: Manuscript, step: Step, imports: Imports) -> list[Change]:
    """The name in `text` that is given or set there: `filter(town=city)`, `update(stock=F("left") - 1)`."""
    names = set(step.text.split())
    spoken = {name for name in _spoken(script, step) if name in names}
    if len(spoken) != 1:
        raise Unfit(f"nothing says what is meant by `{step.old}`")
    return respell(script, Step(Act.RESPELL, step.at, spoken.pop(), step.old), imports)


def _spoken(script: Manuscript, step: Step) -> Iterator[str]:
    at = script.start(step.at)
    given = script.keyword_around(step.at)
    if given is None or given.keyword is None:
        assign = script.assignment(at)
        target = assign.targets[0].target if isinstance(assign, cst.Assign) else None
        if isinstance(target, cst.Attribute):
            yield target.attr.value  # `item.stock = F("left") - 1`
        return
    call = script.parent(given)
    start, end = script.span(given.keyword)
    if start <= at <= end:
        others = call.args if isinstance(call, cst.Call) else ()
        name = _last(given.value)
        if not any(each.keyword is not None and each.keyword.value == name for each in others):
            yield name
    elif isinstance(call, cst.Call) and _last(call.func) in _UPDATES:
        yield given.keyword.value


def _last(value: cst.BaseExpression) -> str:
    """What a value is called: of `form.city`, `city`."""
    if isinstance(value, cst.Attribute):
        return value.attr.value
    return value.value if isinstance(value, cst.Name) else ""
