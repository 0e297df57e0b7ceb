"""Where a class or a function is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archlint.facts.definitions import ClassFact, FunctionFact
from archlint.finding import Location
from archlint.project.module import Module

if TYPE_CHECKING:
    from archlint.project.project import Project


def name_place(project: Project, module: Module, fact: ClassFact | FunctionFact) -> Location:
    """The name behind `class` or `def`; the rest of the line where it stands on another."""
    line = project.text(module.path).line(fact.line).encode()
    name = fact.name.encode()
    start = line.find(b" " + name, fact.column) + 1
    if not start:
        return project.location(module, fact.line, fact.column)
    return project.location(module, fact.line, start, fact.line, start + len(name))
