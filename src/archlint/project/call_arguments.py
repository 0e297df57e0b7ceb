"""Which argument of a call is for which parameter of a function, as the two are written."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from archlint.facts.definitions import Parameter
from archlint.facts.expressions import Call, Expression, Keyword, Starred


class CallArguments(msgspec.Struct, frozen=True):
    """The arguments of one call, by what they are for."""

    by_parameter: dict[str, Expression]
    """Those that are passed, and no defaults."""

    further: tuple[Expression, ...]
    """By position, for `*arguments`; what is spread among them is a `Starred`."""

    keywords: tuple[Keyword, ...]
    """By names that no parameter has, for `**options`; and mappings that are spread."""


def call_arguments(parameters: Sequence[Parameter], call: Call) -> CallArguments:
    """The arguments of a call, as far as one can count: where a sequence is spread, those before it.

    The parameters are those that are left for the caller: without `self`, where the call is bound.
    """
    places = [each.name for each in parameters if each.kind in ("positional", "normal")]
    names = {each.name for each in parameters if each.kind in ("normal", "keyword")}
    certain = next((at for at, each in enumerate(call.arguments) if isinstance(each, Starred)), len(places))
    given = dict(zip(places[:certain], call.arguments, strict=False))
    given.update((each.name, each.value) for each in call.keywords if each.name in names)
    further = call.arguments[len(places) :] if certain >= len(places) else ()
    return CallArguments(given, further, tuple(each for each in call.keywords if each.name not in names))


def spreads_sequence(call: Call) -> bool:
    """Whether a call passes `*arguments`, which nobody can count."""
    return any(isinstance(each, Starred) for each in call.arguments)


def spreads_mapping(call: Call) -> bool:
    """Whether a call passes `**options`, whose names nobody can tell."""
    return any(not each.name for each in call.keywords)
