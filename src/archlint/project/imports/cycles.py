"""Cycles in a directed graph: the strongly connected components, and the shortest cycle of one.

The graph is a mapping from every node to the nodes it leads to. Answers depend only on the order of the
mapping and of the successors, so they are the same in every run.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping
from typing import Generic, TypeAlias, TypeVar

N = TypeVar("N", bound=Hashable)

Graph: TypeAlias = Mapping[N, Collection[N]]


def components(graph: Graph[N]) -> list[tuple[N, ...]]:
    """The strongly connected components, each in the order of the graph, behind all that it leads to."""
    search = _Search(graph)
    for node in graph:
        if node not in search.index:
            search.from_node(node)
    order = {node: place for place, node in enumerate(graph)}
    return [tuple(sorted(found, key=order.__getitem__)) for found in search.found]


def shortest_cycle(graph: Graph[N], component: Collection[N]) -> tuple[N, ...]:
    """A shortest cycle of a strongly connected component; its last node leads to the first.

    Raises ValueError where there is none: a single node that does not lead to itself.
    """
    inside = set(component)
    best: tuple[N, ...] = ()
    for start in component:
        longest = len(best) - 1 if best else len(inside)
        found = _cycle(graph, start, inside, longest)
        best = found or best
        if 0 < len(best) <= 2:
            break  # nothing imports itself: two is the least
    if not best:
        raise ValueError("the component holds no cycle")
    return best


def _cycle(graph: Graph[N], start: N, inside: set[N], longest: int) -> tuple[N, ...]:
    """A shortest cycle through a node, of at most `longest` nodes; empty where there is none."""
    came_from: dict[N, N] = {}
    ring = [start]
    for _ in range(longest):
        further: list[N] = []
        for node in ring:
            for successor in graph[node]:
                if successor == start:
                    return _way(came_from, start, node)
                if successor in inside and successor not in came_from:
                    came_from[successor] = node
                    further.append(successor)
        ring = further
    return ()


def _way(came_from: Mapping[N, N], start: N, end: N) -> tuple[N, ...]:
    way = [end]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return tuple(reversed(way))


class _Search(Generic[N]):
    """Tarjan's algorithm, without recursion: a chain of imports may be longer than Python's stack."""

    def __init__(self, graph: Graph[N]) -> None:
        self.graph = graph
        self.index: dict[N, int] = {}
        self.found: list[list[N]] = []
        self._low: dict[N, int] = {}
        self._open: dict[N, None] = {}
        """The nodes whose component is not known yet, in the order they were met."""

        self._work: list[tuple[N, Iterator[N]]] = []

    def from_node(self, node: N) -> None:
        """Find the components of all that a node leads to."""
        self._enter(node)
        while self._work:
            node, successors = self._work[-1]
            fresh = self._fresh(node, successors)
            if fresh is not None:
                self._enter(fresh)
                continue
            self._work.pop()
            if self._work:
                parent = self._work[-1][0]
                self._low[parent] = min(self._low[parent], self._low[node])
            if self._low[node] == self.index[node]:
                self._close(node)

    def _fresh(self, node: N, successors: Iterator[N]) -> N | None:
        """The next successor that nobody has entered."""
        index, low = self.index, self._low[node]
        fresh: N | None = None
        for successor in successors:
            if successor not in index:
                fresh = successor
                break
            if index[successor] < low and successor in self._open:
                low = index[successor]
        self._low[node] = low
        return fresh

    def _enter(self, node: N) -> None:
        self.index[node] = self._low[node] = len(self.index)
        self._open[node] = None
        self._work.append((node, iter(self.graph[node])))

    def _close(self, node: N) -> None:
        members: list[N] = []
        while not members or members[-1] != node:
            members.append(self._open.popitem()[0])
        self.found.append(members)
