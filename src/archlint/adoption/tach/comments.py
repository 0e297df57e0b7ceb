"""The imports that comments in the code excuse from tach, as entries of `ignore`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from archlint.project.imports.import_graph import Edge, ImportGraph
from archlint.project.module import Module
from archlint.project.project import Project

_COMMENT: Final = re.compile(r"# *tach-ignore(?:\([^)]*\))?((?:\s+[\w.]+)*)\s*$")


def excused(project: Project) -> tuple[str, ...]:
    """The imports that stand on a line with such a comment, or below one."""
    found: dict[str, None] = {}
    for module in project.modules:
        lines = project.text(module.path).lines
        if any("tach-ignore" in line for line in lines):
            found.update(dict.fromkeys(_of_module(project, module, _excuses(lines))))
    return tuple(found)


def _of_module(project: Project, module: Module, excuses: Mapping[int, frozenset[str]]) -> Iterator[str]:
    for edge in project.view(ImportGraph).imports_of(module):
        names = excuses.get(edge.fact.line)
        if names is not None and (not names or names & _names(edge)):
            yield f"{module.name} -> {edge.imported.name}"


def _names(edge: Edge) -> frozenset[str]:
    """What a comment may call an import."""
    fact = edge.fact
    return frozenset({fact.alias, fact.name, fact.target, fact.module} - {""})


def _excuses(lines: Sequence[str]) -> dict[int, frozenset[str]]:
    """The lines that comments speak of, counted from 1, and the names they give; no names mean all."""
    found: dict[int, frozenset[str]] = {}
    for number, line in enumerate(lines, 1):
        comment = _COMMENT.search(line)
        if comment is None:
            continue
        names = frozenset(comment[1].split())
        is_alone = not _code(line).strip()
        for covered in _statement(lines, number + 1 if is_alone else number):
            found.setdefault(covered, names)
    return found


def _statement(lines: Sequence[str], start: int) -> Iterator[int]:
    """The lines of an import that begins on a line: several where a parenthesis opens."""
    yield start
    is_open = start <= len(lines) and "(" in _code(lines[start - 1]) and ")" not in _code(lines[start - 1])
    number = start
    while is_open and number < len(lines):
        number += 1
        yield number
        is_open = ")" not in _code(lines[number - 1])


def _code(line: str) -> str:
    return line.partition("#")[0]
