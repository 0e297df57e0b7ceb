"""Strongly connected components, and the shortest cycle of one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archlint.project.imports.cycles import components, shortest_cycle

GRAPHS = st.integers(1, 8).flatmap(
    lambda size: st.lists(st.sets(st.integers(0, size - 1), max_size=size), min_size=size, max_size=size).map(
        lambda rows: {node: sorted(found - {node}) for node, found in enumerate(rows)}
    )
)


def reached(graph, start):
    seen, todo = set(), [start]
    while todo:
        for successor in graph[todo.pop()]:
            if successor not in seen:
                seen.add(successor)
                todo.append(successor)
    return seen


def test_a_component_stands_behind_what_it_leads_to():
    graph = {"a": ["b"], "b": ["c", "d"], "c": ["a"], "d": ["e"], "e": ["d"], "f": []}
    assert components(graph) == [("d", "e"), ("a", "b", "c"), ("f",)]


@given(GRAPHS)
def test_two_nodes_share_a_component_if_each_leads_to_the_other(graph):
    far = {node: reached(graph, node) for node in graph}
    found = components(graph)
    assert sorted(node for component in found for node in component) == sorted(graph)
    home = {node: component for component in found for node in component}
    for one in graph:
        for other in graph:
            if one != other:
                assert (home[one] is home[other]) == (one in far[other] and other in far[one])


@given(GRAPHS)
def test_a_shortest_cycle_is_one_and_none_is_shorter(graph):
    for component in components(graph):
        if len(component) == 1:
            continue
        cycle = shortest_cycle(graph, component)
        assert len(set(cycle)) == len(cycle)
        assert all(b in graph[a] for a, b in zip(cycle, (*cycle[1:], cycle[0]), strict=True))
        assert len(cycle) == min(way_back(graph, node) for node in component)


def way_back(graph, start):
    """The length of the shortest cycle through a node, by sets of what is reached in so many steps."""
    ring, steps = set(graph[start]), 1
    while start not in ring:
        ring, steps = {far for node in ring for far in graph[node]}, steps + 1
    return steps


def test_a_chain_longer_than_the_stack():
    size = 5000
    graph = {node: [(node + 1) % size] for node in range(size)}
    assert components(graph) == [tuple(range(size))]


def test_no_cycle_is_an_error():
    with pytest.raises(ValueError, match="no cycle"):
        shortest_cycle({"a": []}, ("a",))
