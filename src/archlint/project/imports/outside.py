"""What options of a rule call a package from outside the project."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from archlint.errors import ConfigError
from archlint.nearness import nearest
from archlint.project.imports.import_graph import ExternalEdge, ImportGraph
from archlint.project.imports.selection import matching, unmatched
from archlint.project.module import Module
from archlint.project.option_places import option_problem
from archlint.project.patterns import is_path, matches_external

if TYPE_CHECKING:
    from archlint.project.project import Project


def outside(project: Project, rule: str, option: str, patterns: Iterable[str]) -> tuple[str, ...]:
    """Those patterns that name packages from outside: dotted names that no module of the project has.

    A package that nobody imports may well be forbidden for ever. Raises ConfigError for a path or a
    first-party name that matches nothing, and for a name that is one letter from one that is imported.
    """
    named = tuple(pattern for pattern in patterns if not matching(project, pattern))
    own = {module.name.partition(".")[0] for module in project.modules}
    graph = project.view(ImportGraph)
    imported = {edge.name for module in project.modules for edge in graph.external_of(module)}
    tops = {name.partition(".")[0] for name in imported}
    problems = []
    for pattern in named:
        top = pattern.partition(".")[0]
        near = nearest(top, tops | own, similar=0.8)
        if is_path(pattern) or top in own:
            problems.append(unmatched(project, rule, option, pattern))
        elif "*" not in top and top not in tops and near:
            message = f"nothing in the project imports `{pattern}`"
            hint = f"did you mean `{near}`?"
            problem = option_problem(project.config, rule, option, pattern, message, hint)
            if problem.line:  # a preset names packages for all projects
                problems.append(problem)
    if problems:
        raise ConfigError(tuple(problems))
    return named


def leaving(
    project: Project, patterns: tuple[str, ...], counts: Callable[[ExternalEdge], bool]
) -> dict[Module, tuple[ExternalEdge, ...]]:
    """The imports of each module that match one of some patterns, the first of each module outside."""
    graph = project.view(ImportGraph)
    table: dict[Module, tuple[ExternalEdge, ...]] = {}
    for module in project.modules if patterns else ():
        found: dict[str, ExternalEdge] = {}
        for edge in graph.external_of(module):
            if any(matches_external(edge.name, pattern) for pattern in patterns) and counts(edge):
                found.setdefault(edge.fact.module, edge)
        if found and not module.is_stub:
            table[module] = tuple(found.values())
    return table
