"""A drawing of the import graph as text, for Mermaid, Graphviz and programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from archlint.project.imports.overview import Arrow, Node, Overview
from archlint.reporters.json import VERSION, dump
from archlint.reporters.text import plain

_RED = "#c62828"


def mermaid(overview: Overview) -> str:
    """A flowchart, as GitHub and many wikis show it; broken arrows are thick, red and say how many."""
    return "".join(f"{line}\n" for line in _mermaid(overview))


def _mermaid(overview: Overview) -> Iterator[str]:
    yield "flowchart TD"
    ids = {node.name: f"n{at}" for at, node in enumerate(overview.nodes)}
    for layer, nodes in _grouped(overview).items():
        indent = "    "
        if layer:
            yield f'    subgraph layer_{list(_grouped(overview)).index(layer)}["{_escaped(layer)}"]'
            indent = "        "
        yield from (f'{indent}{ids[node.name]}["{_escaped(node.name)}"]' for node in nodes)
        if layer:
            yield "    end"
    for arrow in overview.arrows:
        line = "==>" if arrow.broken else "-->"
        yield f'    {ids[arrow.importer]} {line}|"{_label(arrow)}"| {ids[arrow.imported]}'
    broken = [str(at) for at, arrow in enumerate(overview.arrows) if arrow.broken]
    if broken:
        yield f"    linkStyle {','.join(broken)} stroke:{_RED},color:{_RED}"


def dot(overview: Overview) -> str:
    """A directed graph for Graphviz."""
    return "".join(f"{line}\n" for line in _dot(overview))


def _dot(overview: Overview) -> Iterator[str]:
    yield "digraph archlint {"
    yield '    node [shape=box, fontname="sans-serif"];'
    for at, (layer, nodes) in enumerate(_grouped(overview).items()):
        if layer:
            yield f"    subgraph cluster_{at} {{ label={_quoted(layer)};"
        yield from (f"    {_quoted(node.name)};" for node in nodes)
        if layer:
            yield "    }"
    for arrow in overview.arrows:
        marks = f', color="{_RED}", fontcolor="{_RED}", penwidth=2' if arrow.broken else ""
        ends = f"{_quoted(arrow.importer)} -> {_quoted(arrow.imported)}"
        yield f"    {ends} [label={_quoted(_label(arrow))}{marks}];"
    yield "}"


def as_json(overview: Overview) -> str:
    """One JSON object, versioned as the report is."""
    return dump(
        {
            "version": VERSION,
            "level": overview.level,
            "nodes": [
                {"name": n.name, "layer": n.layer or None, "modules": n.modules} for n in overview.nodes
            ],
            "edges": [_edge(arrow) for arrow in overview.arrows],
        }
    )


FORMATS: Mapping[str, Callable[[Overview], str]] = MappingProxyType(
    {"mermaid": mermaid, "dot": dot, "json": as_json}
)
"""The formats by their names."""


def _edge(arrow: Arrow) -> dict[str, Any]:
    return {
        "importer": arrow.importer,
        "imported": arrow.imported,
        "imports": arrow.imports,
        "broken": arrow.broken,
        "path": arrow.path,
        "line": arrow.line,
    }


def _grouped(overview: Overview) -> dict[str, list[Node]]:
    """The nodes by the layer around them; layers themselves have none."""
    groups: dict[str, list[Node]] = {}
    for node in overview.nodes:
        groups.setdefault("" if overview.level == "layer" else node.layer, []).append(node)
    return groups


def _label(arrow: Arrow) -> str:
    return f"{arrow.imports}, {arrow.broken} broken" if arrow.broken else str(arrow.imports)


def _escaped(name: str) -> str:
    return plain(name).replace("#", "#35;").replace('"', "#quot;")


def _quoted(text: str) -> str:
    return json.dumps(plain(text), ensure_ascii=False)
