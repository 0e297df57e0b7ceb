"""Whether a view takes what a route passes to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from archlint.frameworks.web import Parameter

if TYPE_CHECKING:
    from archlint.facts.definitions import Parameter as Declared
    from archlint.project.functions import ProjectFunction


class Mismatch(msgspec.Struct, frozen=True):
    """Something that a view is passed and does not take, or wants and is not passed."""

    name: str
    """Empty for one that is passed by position."""

    is_passed: bool


def mismatch(
    function: ProjectFunction, passed: Iterable[Parameter], given: frozenset[str], *, is_whole: bool
) -> Mismatch | None:
    """The first thing that does not fit; None where the call is right, or nobody can tell.

    The function is called with a request, named parameters by name, and others by position where there
    is no named one. `is_whole` says that nothing else is passed.
    """
    declared = _behind_request(function)
    if declared is None:
        return None
    everything = tuple(passed)
    named = {p.name: p for p in everything if p.name}
    taken = {p.name for p in declared if p.kind in ("normal", "keyword")}
    if not any(p.kind == "double-star" for p in declared):
        extra = sorted(({n for n, p in named.items() if not p.is_optional} | given) - taken)
        if extra:
            return Mismatch(extra[0], is_passed=True)
    if not is_whole:
        return None
    by_position = 0 if named or given else len(everything)
    slots = [p for p in declared if p.kind in ("positional", "normal")]
    if by_position > len(slots) and not any(p.kind == "star" for p in declared):
        return Mismatch("", is_passed=True)
    wanted = [*slots[by_position:], *(p for p in declared if p.kind == "keyword")]
    for parameter in wanted:
        if parameter.default is None and parameter.name not in named and parameter.name not in given:
            return Mismatch(parameter.name, is_passed=False)
    return None


def _behind_request(function: ProjectFunction) -> list[Declared] | None:
    """The parameters after the request, and after the receiver of a method; None where there is no such."""
    declared = list(function.fact.parameters)
    for _ in range(2 if function.receiver else 1):
        if not declared:
            return None
        if declared[0].kind == "star":
            break
        if declared[0].kind not in ("positional", "normal"):
            return None
        declared.pop(0)
    return declared
