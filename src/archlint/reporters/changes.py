"""What a change does to the structure, in the words of each format."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final, NamedTuple

from archlint.delta import Delta, RouteChange, Spot
from archlint.reporters.markup import code, linked, words
from archlint.reporters.surroundings import Surroundings
from archlint.reporters.text import plain

_MOST: Final = 50
"""Lines of one kind that are told to people; programs get all."""


class Item(NamedTuple):
    """One thing to tell."""

    title: str
    text: str
    spot: Spot


def paragraphs(delta: Delta | None, around: Surroundings) -> str:
    """A heading for each kind of change, with what belongs to it indented below; for full reports."""
    if delta is None or delta.is_empty:
        return ""
    style = around.style
    blocks = []
    for title, group in groupby(items(delta), key=lambda item: item.title):
        lines = [f"  {plain(item.text)}{style.faint(_at(item.spot, around))}" for item in group]
        more = [f"  … and {len(lines) - _MOST} more"] if len(lines) > _MOST else []
        blocks.append("\n".join([style.strong(f"{title}:"), *lines[:_MOST], *more]))
    return "\n\n".join(blocks) + "\n\n"


def lines(delta: Delta | None, around: Surroundings) -> str:
    """`path:line: change [kind] text`, a line each."""
    style = around.style
    return "".join(
        f"{_front(item.spot, around)}change {style.faint(f'[{item.title.lower()}]')} {plain(item.text)}\n"
        for item in items(delta)
    )


def section(delta: Delta | None, around: Surroundings) -> Iterator[str]:
    """What Markdown tells below the findings, each kind in a list."""
    if delta is None or delta.is_empty:
        return
    yield f"#### Structure, against {code(delta.base)}"
    for title, group in groupby(items(delta), key=lambda item: item.title):
        rows = [f"- {words(item.text)}{_place(item.spot, around)}" for item in group]
        more = [f"- … and {len(rows) - _MOST} more"] if len(rows) > _MOST else []
        yield "\n".join([f"**{title}**\n", *rows[:_MOST], *more])


def record(delta: Delta) -> dict[str, Any]:
    """The change as programs see it."""
    return {
        "base": delta.base,
        "older": len(delta.older),
        "gone": delta.gone,
        "baseline_growth": delta.grown,
        "layer_edges": [
            {"importer": each.importer, "imported": each.imported, **_spot(each.spot)} for each in delta.edges
        ],
        "cycles": [{"modules": list(each.modules), **_spot(each.spot)} for each in delta.cycles],
        "routes_added": [_route(each) for each in delta.routes_added],
        "routes_removed": [_route(each) for each in delta.routes_removed],
        "models_without_migration": [
            {"model": each.model, "changes": list(each.changes), "wanted": each.wanted, **_spot(each.spot)}
            for each in delta.models
        ],
    }


def items(delta: Delta | None) -> Iterator[Item]:
    """Everything there is to tell, kind by kind; nothing where nothing is compared."""
    if delta is None:
        return
    for edge in delta.edges:
        yield Item("New between layers", f"`{edge.importer}` imports `{edge.imported}`", edge.spot)
    for cycle in delta.cycles:
        names = " → ".join(f"`{name}`" for name in (*cycle.modules, cycle.modules[0]))
        yield Item("New import cycles", names, cycle.spot)
    for route in delta.routes_added:
        yield Item("Routes added", _told(route), route.spot)
    for route in delta.routes_removed:
        yield Item("Routes removed", _told(route), Spot())  # it is not there any more
    for model in delta.models:
        text = f"`{model.model}` {', '.join(model.changes)}; nothing is new in `{model.wanted}`"
        yield Item("Models changed without a migration", text, model.spot)


def _told(route: RouteChange) -> str:
    methods = ", ".join(route.methods) or "any method"
    handler = f" (`{route.handler}`)" if route.handler else ""
    return f"{methods} `{route.path}`{handler}"


def _route(route: RouteChange) -> dict[str, Any]:
    return {
        "path": route.path,
        "methods": list(route.methods),
        "handler": route.handler,
        "declared_in": route.spot.path,
        "line": route.spot.line,
    }


def _spot(spot: Spot) -> dict[str, Any]:
    return {"declared_in": spot.path, "line": spot.line}


def _at(spot: Spot, around: Surroundings) -> str:
    return f"  {_shown(spot, around)}" if spot.path else ""


def _front(spot: Spot, around: Surroundings) -> str:
    return f"{around.style.strong(_shown(spot, around))}: " if spot.path else ""


def _shown(spot: Spot, around: Surroundings) -> str:
    return plain(str(Spot(around.shown_path(spot.path), spot.line)))


def _place(spot: Spot, around: Surroundings) -> str:
    if not spot.path:
        return ""
    return f" ({linked(code(str(spot)), around.line_link(f'{around.prefix}{spot.path}', spot.line))})"
