"""Groups of modules beside each other: what matches a pattern, each with all that lies inside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from archlint.errors import ConfigError
from archlint.project.imports.selection import unmatched
from archlint.project.module import Module
from archlint.project.option_places import option_problem
from archlint.project.patterns import is_path, matches_name, matches_path

if TYPE_CHECKING:
    from archlint.project.project import Project


def siblings(project: Project, rule: str, option: str, patterns: Iterable[str]) -> dict[Module, str]:
    """The group of every module that is in one: `app.features.*` makes a group of each feature.

    Raises ConfigError for every pattern that matches nothing.
    """
    table: dict[Module, str] = {}
    for found in _groups(project, rule, option, patterns):
        table = {**found, **table}
    return table


def innermost(project: Project, rule: str, option: str, patterns: Iterable[str]) -> dict[Module, str]:
    """The same, where a group may lie in another one: a module is in the innermost around it."""
    table: dict[Module, str] = {}
    for found in _groups(project, rule, option, patterns):
        table.update({module: max(group, table.get(module, ""), key=len) for module, group in found.items()})
    return table


def apart(project: Project, rule: str, option: str, patterns: tuple[str, ...]) -> dict[Module, str]:
    """The same, where a contract between groups is asked for: ConfigError if there are fewer than two."""
    table = siblings(project, rule, option, patterns)
    groups = sorted(set(table.values()))
    if len(groups) > 1:
        return table
    message = f"all that `{option}` matches is one group" + "".join(f", `{group}`" for group in groups)
    hint = "a contract needs two: write `package.*` for all that lies in a package"
    problem = (
        option_problem(project.config, rule, option, patterns[0], message, hint)
        if patterns
        else project.config.problem(f"rules.{rule}", f"`{option}` is empty")
    )
    raise ConfigError((problem,))


def _groups(project: Project, rule: str, option: str, patterns: Iterable[str]) -> list[dict[Module, str]]:
    """The modules that lie in a group, pattern by pattern."""
    tables = []
    problems = []
    for pattern in patterns:
        tables.append({module: group for module in project.modules if (group := group_of(module, pattern))})
        if not tables[-1]:
            problems.append(unmatched(project, rule, option, pattern))
    if problems:
        raise ConfigError(tuple(problems))
    return tables


def group_of(module: Module, pattern: str) -> str:
    """The outermost thing around a module that matches a pattern; empty where nothing does."""
    whole, separator = module.name, "."
    if is_path(pattern):
        whole, separator = module.path.removesuffix("/__init__.py").removesuffix(".py"), "/"
        pattern = pattern.rstrip("/").removesuffix(".py").removeprefix("./")
    match = matches_path if separator == "/" else matches_name
    segments = whole.split(separator)
    outer = (separator.join(segments[:end]) for end in range(1, len(segments) + 1))
    return next((each for each in outer if match(each, pattern)), "")
