"""What the active rules ask for, rule by rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from archlint.demand import Demand
from archlint.finding import Severity
from archlint.pages import page
from archlint.project import Project
from archlint.registry import ActiveRule
from archlint.rule import Rule

_SENTENCE: Final = re.compile(r".+?[.;](?=\s|$)", re.DOTALL)
_TO_DO: Final = "What to do"
_SHORT: Final = 70
"""So many characters of advice still fit into a line."""


class Asked(msgspec.Struct, frozen=True):
    """One thing that is asked for."""

    rule: str
    severity: Severity
    because: str
    demand: Demand


class Habit(msgspec.Struct, frozen=True):
    """What a rule without options of its own keeps from any code."""

    rule: str
    severity: Severity
    text: str
    """What is bad, and what to do instead where that is told in few words."""

    @property
    def pack(self) -> str:
        """The first half of the rule's id."""
        return self.rule.partition("/")[0]


def asked(project: Project, active: Iterable[ActiveRule]) -> Iterator[Asked | Habit]:
    """What each use of a rule asks for, in the order of the rules. Raises ConfigError as rules do."""
    told: set[str] = set()
    for each in active:
        severity = each.severity or each.card.severity
        demands = tuple(each.rule.demands(project))
        for demand in demands:
            yield Asked(each.card.id, severity, each.instance.because, demand)
        if not demands and each.card.id not in told:
            yield Habit(each.card.id, severity, _habit(type(each.rule)))
        told.add(each.card.id)


def _habit(rule: type[Rule]) -> str:
    said = page(rule)
    advice = next((section.text for section in said.sections if section.title == _TO_DO), "")
    first = _SENTENCE.match(" ".join(advice.partition("\n\n")[0].split()))
    if first is None or len(first[0]) > _SHORT:
        return said.summary
    return f"{said.summary} {first[0].rstrip(';').rstrip('.')}."
