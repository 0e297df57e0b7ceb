"""What comprehensions make: turn by turn where the turns are few and known, else one for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from archlint.facts.expressions import Comprehension
from archlint.project.answer import UNKNOWN
from archlint.project.flow.blocks.turns import turns
from archlint.project.flow.builtins.displays import written_down
from archlint.project.flow.conditions.narrowing import narrowed
from archlint.project.flow.telling import is_telling
from archlint.project.flow.trace import Loop
from archlint.project.flow.values import Entries, Items, Many, Value

if TYPE_CHECKING:
    from archlint.project.flow.evaluation import Evaluation


def comprehension(run: Evaluation, form: Comprehension) -> Value:
    """A comprehension or generator expression."""
    first = form.generators[0]
    over = run.flow.gone_through(run.of(first.iterable))
    item = run.iterated(first.iterable, over, first.is_async)
    given = turns(over) if len(form.generators) == 1 and len(run.context.loops) <= 1 else ()
    if given:
        return written_down(form, tuple([_element(run, form, over, each)[0] for each in given]))
    element, last = _element(run, form, over, item)
    return _by_key(element) if form.kind == "dict" else Many(element, last, form.kind == "generator")


def _by_key(element: Value) -> Value:
    """A dict that may have any keys, with values that are alike."""
    pair = element.items if isinstance(element, Items) else ()
    return Entries((), True, pair[1]) if len(pair) == 2 and is_telling(pair[1]) else UNKNOWN


def _element(run: Evaluation, form: Comprehension, over: Value, item: Value) -> tuple[Value, Value]:
    """What is made of one item of the first part, and what the last part goes through."""
    with run.inside_scope():
        for index, generator in enumerate(form.generators):
            if index:
                over = run.of(generator.iterable)
                item = run.iterated(generator.iterable, over, generator.is_async)
            run.bind(generator.target, item)
            loops = (*run.context.loops, Loop(over, form))
            run.context = replace(run.context, loops=loops)
            for condition in generator.conditions:
                run.tested(condition)
                narrowed(run, condition, holds=True)
        return run.of(form.element), over
