"""What a value is that comes out of a run on its own: what it remembers is only that of the run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.values import Either, Items, Many, Object, Pending, Value

if TYPE_CHECKING:
    from archlint.project.flow.behaviour import Site


def moved(value: Value, after: Mapping[object, object], site: Site) -> Value:
    """The value as its new surroundings see it; `after` is what the run remembered at its end."""
    if isinstance(value, Behaviour):
        return value.moved(after, site)
    if isinstance(value, Either):
        return Either(tuple(dict.fromkeys(moved(option, after, site) for option in value.options)))
    if isinstance(value, Items):
        return Items(value.kind, tuple([moved(item, after, site) for item in value.items]))
    if isinstance(value, Many):
        return Many(moved(value.of, after, site), value.source, value.is_lazy)
    if isinstance(value, Pending):
        return Pending(moved(value.value, after, site))
    if isinstance(value, Object):
        fields = tuple((name, moved(held, after, site)) for name, held in value.fields)
        return Object(value.of, fields)
    return value
