"""The order of units that the imports between them keep best."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final, TypeAlias

_CUSTOM: Final = 1
"""How many imports the custom of the field counts as, for each two names."""

Weights: TypeAlias = Mapping[tuple[str, str], int]
"""How many imports lead from one unit into another."""


def upward(order: Sequence[str], weights: Weights) -> int:
    """How many imports lead from a unit into one above it."""
    return sum(weights.get((lower, upper), 0) for upper, lower in combinations(order, 2))


def downward(order: Sequence[str], weights: Weights) -> int:
    """How many imports lead from a unit into one below it."""
    return sum(weights.get((upper, lower), 0) for upper, lower in combinations(order, 2))


def settled(order: Sequence[str], weights: Weights, ranks: Mapping[str, int]) -> tuple[str, ...]:
    """The order after moving single units as long as that is better by the imports.

    What the field says of two names, by their ranks, counts as well: routes do not go below
    models because of a few that point the wrong way. Where both weigh the same, the imports are believed.
    """

    def cost(each: tuple[str, ...]) -> tuple[int, int]:
        turned = sum(ranks[lower] < ranks[upper] for upper, lower in combinations(each, 2))
        broken = upward(each, weights)
        return broken + _CUSTOM * turned, broken

    best = tuple(order)
    while True:
        better = min(_moved(best), key=cost, default=best)
        if cost(better) >= cost(best):
            return best
        best = better


def simplified(order: Sequence[str], weights: Weights, price: int) -> tuple[str, ...]:
    """The order without the one unit that disturbs it most.

    `price` is how many imports in order one out of order outweighs.
    """

    def worth(each: tuple[str, ...]) -> int:
        return downward(each, weights) - price * upward(each, weights)

    return max(((*order[:at], *order[at + 1 :]) for at in range(len(order))), key=worth)


def _moved(order: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for at, unit in enumerate(order):
        rest = (*order[:at], *order[at + 1 :])
        yield from ((*rest[:to], unit, *rest[to:]) for to in range(len(order)) if to != at)
