"""What is taken from a value that holds others: by iteration, by an index, by several targets at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.project.answer import UNKNOWN, Definition
from archlint.project.classes import ProjectClass
from archlint.project.flow.behaviour import Behaviour
from archlint.project.flow.blocks.turns import in_columns
from archlint.project.flow.builtins.records import items_of
from archlint.project.flow.values import (
    NONE,
    SLICE,
    Arguments,
    Closure,
    Constant,
    Either,
    Entries,
    Items,
    Many,
    Object,
    Value,
    any_of,
    something,
)

if TYPE_CHECKING:
    from archlint.project.flow.flow import Flow
    from archlint.project.flow.place import Place
    from archlint.project.project import Project


def each(flow: Flow, value: Value, site: Place) -> Value:
    """One of what an iteration gives."""
    if isinstance(value, Behaviour):
        return value.each(site)
    if isinstance(value, Many):
        return value.of
    if isinstance(value, Items):
        return in_columns(value.items)
    if isinstance(value, Either):
        filled = [one for one in value.options if one != NONE and not _is_empty(one)]
        return any_of([each(flow, one, site) for one in filled])
    return _of_object(flow, value, site) if isinstance(value, Object) else UNKNOWN


def _of_object(flow: Flow, value: Object, site: Place) -> Value:
    """What an object of the project gives, whose class says in `__iter__` what a loop goes through."""
    iterate = flow.attribute(site, value, "__iter__") if isinstance(value.of, ProjectClass) else UNKNOWN
    if not isinstance(iterate, Closure):
        return UNKNOWN
    given, _ = flow.called(site, iterate, Arguments())
    return UNKNOWN if isinstance(given, Object) else each(flow, given, site)


def _is_empty(value: Value) -> bool:
    """Whether an iteration gives nothing, as over a list that a loop is to fill, before its first turn."""
    return isinstance(value, Items) and not value.items


def item(flow: Flow, value: Value, index: Value, site: Place) -> Value:
    """What `value[index]` gives; of types see `builtin.subscribed`."""
    if isinstance(value, Behaviour):
        return value.item(index, site)
    if isinstance(value, Either):
        return flow.joined(value, lambda option: flow.item(option, index, site))
    if isinstance(value, Entries):
        return value.at(index)
    if isinstance(value, Many):
        return value if index == SLICE else value.of
    known = value if isinstance(value, Items) else items_of(value, flow.project)
    if known is not None and isinstance(index, Constant) and isinstance(index.value, int):
        items = known.items
        return items[index.value] if -len(items) <= index.value < len(items) else UNKNOWN
    return value if isinstance(value, Definition) else UNKNOWN


def parts(value: Value, project: Project) -> tuple[Value, ...] | None:
    """What several targets get one by one; None where that is not known."""
    first, *others = [_parts_of(option, project) for option in something(value)] or [None]
    if first is None or any(each is None or len(each) != len(first) for each in others):
        return None
    return tuple(map(any_of, zip(first, *filter(None, others), strict=True)))


def _parts_of(value: Value, project: Project) -> tuple[Value, ...] | None:
    if isinstance(value, Behaviour):
        return value.parts
    known = value if isinstance(value, Items) else items_of(value, project)
    return None if known is None else known.items
