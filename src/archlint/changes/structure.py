"""What became of the structure: edges between layers, import cycles, routes, models."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from archlint.changes.state import State
from archlint.delta import Cycle, LayerEdge, ModelChange, RouteChange, Spot
from archlint.frameworks.inventory.words import DeclaredRoute, Table
from archlint.project.imports.cycles import components

_OPTION: Final = "option "

_MOST: Final = 200
"""New imports of one knot that are followed."""


def new_edges(before: State, after: State) -> tuple[LayerEdge, ...]:
    """The pairs of layers of which one imports the other, and did not."""
    known = {(edge.importer, edge.imported) for edge in before.edges}
    return tuple(edge for edge in after.edges if (edge.importer, edge.imported) not in known)


def new_cycles(before: State, after: State, moved: Mapping[str, str]) -> tuple[Cycle, ...]:
    """A shortest cycle through every new import that closes one; of each knot the shortest of them."""
    known = {
        (moved.get(start, start), moved.get(end, end))
        for start, ends in before.imports.items()
        for end in ends
    }
    graph = {path: tuple(sorted(after.imports.get(path, ()))) for path in sorted(after.modules)}
    found = []
    for knot in components(graph):
        inside = set(knot)
        new = [(a, b) for a in knot for b in graph[a] if b in inside and (a, b) not in known]
        cycles = [_cycle(graph, inside, start, end) for start, end in new[:_MOST]]
        if cycles:
            start, end, *_ = shortest = min(cycles, key=lambda cycle: (len(cycle), cycle))
            spot = Spot(start, after.imports[start][end])
            found.append(Cycle(tuple(after.modules[path].name for path in shortest), spot))
    return tuple(sorted(found))


def _cycle(graph: Mapping[str, tuple[str, ...]], inside: set[str], start: str, end: str) -> tuple[str, ...]:
    """The shortest cycle that begins with an import; within a knot there is always one."""
    came_from = {end: start}
    ring = [end]
    while ring and start not in ring:
        further = []
        for node in ring:
            for successor in graph[node]:
                if successor in inside and successor not in came_from:
                    came_from[successor] = node
                    further.append(successor)
        ring = further
    way = [start]
    while came_from[way[-1]] != start or len(way) == 1:
        way.append(came_from[way[-1]])
    return (start, *reversed(way[1:]))


def changed_routes(before: State, after: State) -> tuple[tuple[RouteChange, ...], tuple[RouteChange, ...]]:
    """The routes that are new and those that are gone. What answers may change, and where it is."""
    return _only(after.routes, before.routes), _only(before.routes, after.routes)


def _only(routes: Iterable[DeclaredRoute], others: Iterable[DeclaredRoute]) -> tuple[RouteChange, ...]:
    left = Counter((route.path, route.methods) for route in others)
    found = []
    for route in routes:
        if left[route.path, route.methods]:
            left[route.path, route.methods] -= 1
        else:
            spot = Spot(route.source, route.line)
            found.append(RouteChange(route.path, route.methods, route.handler, spot))
    return tuple(sorted(found))


def unmigrated(before: State, after: State) -> tuple[ModelChange, ...]:
    """The models whose tables changed while no migration is new where theirs would be.

    Where there are no migrations at all, nothing is missing.
    """
    homes = {each.folder for each in (*before.migrations, *after.migrations)}
    grown = {(each.orm, each.folder) for each in set(after.migrations) - set(before.migrations)}
    old, new = _by_home(before.tables, homes, before), _by_home(after.tables, homes, after)
    found = []
    for key in sorted(old.keys() | new.keys()):
        orm, home, _ = key
        if (orm, home) in grown or (orm == "sqlalchemy" and any(each == orm for each, _ in grown)):
            continue
        changes = tuple(_changes(old.get(key), new.get(key)))
        table = new.get(key) or old.get(key)
        if changes and table is not None:
            found.append(ModelChange(table.model, changes, home, Spot(table.source, table.line)))
    return tuple(sorted(found))


def _by_home(tables: Iterable[Table], homes: set[str], state: State) -> dict[tuple[str, str, str], Table]:
    """The tables by ORM, by where their migrations are, and by name: a model may move to another file."""
    revisions = sorted({each.folder for each in state.migrations if each.orm == "sqlalchemy"})
    found = {}
    for table in tables:
        home = _nearest(table.source, homes) if table.orm == "django" else _revisions(revisions)
        if home:
            found[table.orm, home, table.name.lower()] = table
    return found


def _nearest(source: str, homes: set[str]) -> str:
    """The folder of migrations of the app that a file belongs to; empty where it has none."""
    folder = source
    while folder:
        folder = folder.rpartition("/")[0]
        home = f"{folder}/migrations" if folder else "migrations"
        if home in homes:
            return home
    return ""


def _revisions(folders: list[str]) -> str:
    return folders[0] if folders else ""


def _changes(old: Table | None, new: Table | None) -> Iterator[str]:
    if old is None or new is None:
        yield "is new" if old is None else "is gone"
        return
    for name in sorted(old.columns.keys() | new.columns.keys()):
        before, after = old.columns.get(name), new.columns.get(name)
        if before == after:
            continue
        verb = "adds" if before is None else "drops" if after is None else "changes"
        what = f"Meta.{name.removeprefix(_OPTION)}" if name.startswith(_OPTION) else name
        yield f"{verb} {what}"
