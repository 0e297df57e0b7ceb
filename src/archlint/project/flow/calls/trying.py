"""Asking each of several possible values for something that has effects."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from archlint.project.answer import UNKNOWN
from archlint.project.flow.path import Path, meeting

if TYPE_CHECKING:
    from archlint.project.flow.place import Place
    from archlint.project.flow.trace import Trace
    from archlint.project.flow.values import Either, Value


def tried(
    joined: Callable[[Either, Callable[[Value], Value]], Value],
    of: Either,
    site: Place,
    ask: Callable[[Value], tuple[Value, Trace | None]],
) -> tuple[Value, Trace | None]:
    """What `joined` makes of the answers; each possibility is a way of its own. Of the runs, the first."""
    before = site.path.state
    ways: list[Path] = []
    inside: list[Trace] = []

    def one(option: Value) -> Value:
        site.path.state = before
        value, trace = ask(option)
        inside.extend(() if trace is None else (trace,))
        ways.append(Path({}, site.path.state))
        return value

    result = joined(of, one)
    if not ways or UNKNOWN in of.options:
        ways.append(Path({}, before))
    met = meeting(*ways)
    site.path.state = before if met is None else met.state
    site.besides = tuple(inside[1:])
    return result, inside[0] if inside else None
