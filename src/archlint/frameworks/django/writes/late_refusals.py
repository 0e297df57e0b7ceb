"""Code that refuses, after its first write, what it could have refused before."""

from __future__ import annotations

from collections.abc import Sequence

from archlint.facts.expressions import Call, Expression, dotted
from archlint.facts.forms import walked_here
from archlint.facts.statements import Assign, If, Raise, Statement
from archlint.frameworks.django.writes.halves import Half, mentioned
from archlint.frameworks.django.writes.progress import Torn
from archlint.frameworks.places.expressions import place

_OF_IT = frozenset({"create", "bulk_create", "update"})


def is_refused_late(body: tuple[Statement, ...], torn: Torn, writes: Sequence[Half]) -> bool:
    """Whether a new row stays behind for which code refuses to do the rest.

    What is refused for what came of a call since, as a payment that fails, may be meant to stay.
    """
    kinds = {place(one.mark.form): one.how for one in writes}
    first, second = torn.first.form, torn.second.form
    if kinds.get(place(first)) != "create" or kinds.get(place(second)) not in _OF_IT:
        return False
    assigned = [
        one for one in walked_here(body) if isinstance(one, Assign) and place(one.value) >= place(first)
    ]
    made = {dotted(target) for one in assigned if place(one.value) == place(first) for target in one.targets}
    since = {dotted(target) for one in assigned for target in one.targets}
    test = _test(body, torn)
    if test is None or made.isdisjoint(mentioned(second)):
        return False
    has_calls = any(isinstance(one, Call) for one in walked_here((test,)))
    return not has_calls and since.isdisjoint(mentioned(test))


def _test(body: tuple[Statement, ...], torn: Torn) -> Expression | None:
    """What is asked before it is refused."""
    if not isinstance(torn.failure, Raise):
        return None
    for form in walked_here(body):
        if isinstance(form, If) and form.body and _is_same(form.body[-1], torn.failure):
            return form.test
    return None


def _is_same(statement: Statement, failure: Raise) -> bool:
    return isinstance(statement, Raise) and place(statement) == place(failure)
