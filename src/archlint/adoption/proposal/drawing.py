"""The layers that the import graph of a project really has."""

from __future__ import annotations

from typing import Final

import msgspec
from msgspec.structs import replace

from archlint.adoption.proposal.flow import Flow
from archlint.adoption.proposal.order import downward, settled, simplified, upward
from archlint.adoption.proposal.units import units
from archlint.adoption.proposal.vocabulary import RANKS
from archlint.adoption.trial import Trial
from archlint.config.model import Layer
from archlint.finding import Finding
from archlint.project.project import Project
from archlint.registry import Registry

_RULE: Final = "layers/upward-import"
_SHORT: Final = 10
"""Findings that are still a short list."""

_FEW: Final = 0.03
"""The share of imports that may point upwards in an order worth the name."""


_PRICES: Final = (2, 5, 10, 20)
"""What one import out of order may cost, in imports that are in order."""


class Proposed(msgspec.Struct, frozen=True):
    """Layers, and how well the code keeps to them."""

    layers: tuple[Layer, ...]
    downward: int
    upward: int


def layered(project: Project, registry: Registry) -> Proposed | None:
    """The layers of known names whose imports keep an order; None where there are not two.

    Of the ways to see the project, and of the orders that leave out one unit or another, the one that
    puts the most imports in order; of equals the one that says most of where its layers lie.
    """
    orders: dict[tuple[Layer, ...], int] = {}
    for seen in units(project):
        flow = Flow(project, seen)
        patterns = {unit.name: unit.patterns for unit in seen}
        for order in {_ordered(tuple(patterns), flow, price) for price in _PRICES}:
            layers = tuple(Layer(name, patterns[name]) for name in order)
            orders[layers] = downward(order, flow.weights(order))
    for layers in sorted(orders, key=lambda each: (-orders[each], -len(str(each)), str(each))):
        broken = _findings(project, layers, registry)
        if len(layers) > 1 and broken <= _SHORT:
            return Proposed(layers, orders[layers], broken)
    return None


def _ordered(names: tuple[str, ...], flow: Flow, price: int) -> tuple[str, ...]:
    """The units that keep an order, after leaving out one by one what disturbs it."""
    order, weights = names, flow.weights(names)
    while True:
        order = settled([name for name in order if any(name in pair for pair in weights)], weights, RANKS)
        if upward(order, weights) <= min(_SHORT, _FEW * downward(order, weights)):
            return order
        order = simplified(order, weights, price)
        weights = flow.weights(order)


def _findings(project: Project, layers: tuple[Layer, ...], registry: Registry) -> int:
    """How long the list of the first run will be."""
    trial = Trial(project, replace(project.config, layers=layers))
    return sum(
        isinstance(verdict, Finding)
        for active in registry.select(trial.config, trial)
        if active.rule.id == _RULE
        for verdict in active.rule.check(trial)
    )
