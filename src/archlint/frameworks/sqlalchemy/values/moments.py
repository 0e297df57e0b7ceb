"""Points in time: with a time zone, or without one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from archlint.project.answer import UNKNOWN, External
from archlint.project.flow.behaviour import Behaviour, Site
from archlint.project.flow.values import NONE, Arguments, Value


class Moment(Behaviour, frozen=True):
    """A `datetime`, of which it is known whether it has a time zone."""

    is_aware: bool

    @property
    def classes(self) -> tuple[str, ...]:
        """A plain `datetime`."""
        return ("datetime.datetime",)

    def method(self, name: str, arguments: Arguments, site: Site) -> Value:
        """Another moment, where it stays one."""
        if name == "astimezone":
            return Moment(True)
        if name != "replace" or arguments.is_open:
            return UNKNOWN
        zone = arguments.get("tzinfo")
        return self if zone is None else _in_zone(zone)

    def operated(self, operator: str, operands: tuple[Value, ...], site: Site) -> Value:
        """A moment before or after, unless another one is taken from it; with a column, a clause."""
        others = [each for each in operands if isinstance(each, Behaviour) and not isinstance(each, Moment)]
        if others:
            return others[0].operated(operator, operands, site)
        is_moved = operands[0] is self and operator in ("+", "-")
        return self if is_moved and not isinstance(operands[-1], Moment) else UNKNOWN


class MomentMaker(Behaviour, frozen=True):
    """`datetime.now` and its like: with a time zone where one is given."""

    is_noted = False

    zone_at: int = 0
    """At which place the zone may be given; nowhere where this is negative."""

    def call(self, arguments: Arguments, site: Site) -> Value:
        """What it says of now, or of a number."""
        if self.zone_at < 0:
            return Moment(False)
        zone = arguments.get("tz", self.zone_at)
        return _in_zone(NONE if zone is None else zone) if not arguments.is_open else UNKNOWN


def _in_zone(zone: Value) -> Value:
    """A moment that is given a zone: one that a library names, or None."""
    return Moment(zone != NONE) if zone == NONE or isinstance(zone, External) else UNKNOWN


MAKERS: Final[Mapping[str, MomentMaker]] = {
    "datetime.datetime.fromtimestamp": MomentMaker(1),
    "datetime.datetime.now": MomentMaker(),
    "datetime.datetime.today": MomentMaker(-1),
    "datetime.datetime.utcfromtimestamp": MomentMaker(-1),
    "datetime.datetime.utcnow": MomentMaker(-1),
}
"""By their dotted names."""
