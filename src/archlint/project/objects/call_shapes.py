"""Whether what a call passes fits what a function takes."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

import msgspec

from archlint.facts.definitions import Parameter
from archlint.facts.expressions import Call, Starred


class Misfit(Enum):
    """In which way a call does not fit."""

    UNKNOWN = "unknown"
    """A keyword that is no parameter."""

    MISSING = "missing"
    """A parameter without a default that gets nothing."""

    TWICE = "twice"
    """A parameter that gets a value by its place and by its name."""

    TOO_MANY = "too many"
    """More values by place than there are parameters for them."""


class Mismatch(msgspec.Struct, frozen=True):
    """The first thing in a call for which Python raises `TypeError`."""

    misfit: Misfit
    name: str
    """Of the parameter or the keyword; of too many values, how many are taken and how many given."""


def mismatch(parameters: Sequence[Parameter], call: Call) -> Mismatch | None:
    """What does not fit; None where all does, or nobody can tell for what is spread.

    The parameters are those that are left for the caller: without `self`, where the call is bound.
    """
    by_place = [each for each in parameters if each.kind in ("positional", "normal")]
    spread = next((at for at, each in enumerate(call.arguments) if isinstance(each, Starred)), None)
    given = len(call.arguments) if spread is None else spread
    kinds = {each.kind for each in parameters}
    if given > len(by_place) and "star" not in kinds:
        return Mismatch(Misfit.TOO_MANY, f"{len(by_place)}, not {given}")
    named = {each.name for each in parameters if each.kind in ("normal", "keyword")}
    keywords = [each.name for each in call.keywords if each.name]
    for keyword in keywords:
        if keyword not in named and "double-star" not in kinds:
            return Mismatch(Misfit.UNKNOWN, keyword)
    taken = {each.name for each in by_place[:given] if each.kind == "normal"}
    for keyword in keywords:
        if keyword in taken:
            return Mismatch(Misfit.TWICE, keyword)
    if spread is not None or len(keywords) < len(call.keywords):
        return None
    passed = {each.name for each in by_place[:given]} | (named & set(keywords))
    for each in parameters:
        is_needed = each.default is None and each.kind in ("positional", "normal", "keyword")
        if is_needed and each.name not in passed:
            return Mismatch(Misfit.MISSING, each.name)
    return None
